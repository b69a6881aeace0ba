import type { AccessView } from '../rules/engine/outcome.js';
import type { Instant } from '../rules/law/types.js';
import { canonical } from './chain.js';
import type { Statement } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import type { Rec } from './record.js';
import { snapshot, type Tx } from './transact.js';

/** What is open to a participant, as a version: a receiver that has seen a newer one ignores an older one. */
export interface AccessState {
  readonly version: number;
  readonly seq: number;
  readonly asOf: Instant;
  readonly functions: Readonly<Record<string, AccessView>>;
}

/** Writes a new version when something opened or closed. */
export function accessChange(
  contract: Stored,
  seq: number,
  asOf: Instant,
  access: Readonly<Record<string, AccessView>>,
): Statement {
  const state = canonical(access);
  return {
    name: 'access',
    text: `INSERT INTO access_state (tenant, contract, version, seq, as_of, state)
      SELECT $1, $2, $3 + 1, $4, $5, $6
      WHERE NOT EXISTS (SELECT 1 FROM access_state WHERE tenant = $1 AND contract = $2 AND version = $3 AND state = $6)`,
    values: [contract.tenant, contract.id, contract.accessVersion, seq, timestamp(asOf), state],
  };
}

/** The newest version, inside a transaction; null before the first advance. */
export async function readAccess(tx: Tx, tenant: string, contract: string): Promise<AccessState | null> {
  const { rows } = await tx.query<{ version: number; seq: number; as_of: Instant; state: string }>(
    'SELECT version, seq, as_of, state FROM access_state WHERE tenant = $1 AND contract = $2 ORDER BY version DESC LIMIT 1',
    [tenant, contract],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    version: row.version,
    seq: row.seq,
    asOf: row.as_of,
    functions: JSON.parse(row.state) as AccessState['functions'],
  };
}

/** The newest version of what is open; null before the first advance. */
export function accessState(rec: Rec, tenant: string, contract: string): Promise<AccessState | null> {
  return snapshot(rec, tenant, (tx) => readAccess(tx, tenant, contract));
}
