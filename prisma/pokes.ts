import type { Rec } from './record.js';
import type { Tx } from './transact.js';

/** "Look at this contract." `version` tells a newer poke from the one that was taken. */
export interface Poke {
  readonly tenant: string;
  readonly contract: string;
  readonly version: number;
}

/** Writes the poke of a contract in the transaction that gives it reason; one that waits already is renewed. */
export async function poke(tx: Tx, tenant: string, contract: string): Promise<void> {
  await tx.query({
    name: 'poke',
    text: `INSERT INTO poke (tenant, contract) VALUES ($1, $2)
           ON CONFLICT (tenant, contract) DO UPDATE SET version = nextval('poke_version'), taken_until = NULL`,
    values: [tenant, contract],
  });
}

/**
 * Takes pokes of all tenants, oldest first, one for each contract however many facts came. What is taken and not done comes again
 * after the lease, so a relay that dies loses nothing.
 */
export async function takePokes(rec: Rec, limit: number, leaseMs = 30_000): Promise<readonly Poke[]> {
  const { rows } = await rec.pool.query<Poke>('SELECT tenant, contract, version FROM merzim_take_pokes($1, $2)', [
    limit,
    leaseMs,
  ]);
  return rows.toSorted((a, b) => a.version - b.version);
}

/** Deletes pokes that were delivered, unless a newer one has come meanwhile. Answers how many went. */
export async function pokesDone(rec: Rec, pokes: readonly Poke[]): Promise<number> {
  if (pokes.length === 0) return 0;
  const { rows } = await rec.pool.query<{ gone: number }>('SELECT merzim_pokes_done($1, $2, $3) AS gone', [
    pokes.map((p) => p.tenant),
    pokes.map((p) => p.contract),
    pokes.map((p) => p.version),
  ]);
  return rows[0]!.gone;
}
