import type { Instant } from '../rules/law/types.js';
import { canonical } from './chain.js';
import { timestamp } from './locked.js';
import type { Rec } from './record.js';
import { inTenant, type Tx } from './transact.js';

/**
 * The next number of a series, from 1, without gaps: the counter stays locked until what carries the number is committed with it,
 * and a transaction that fails gives its number back.
 */
export async function nextNumber(tx: Tx, tenant: string, series: string): Promise<number> {
  const { rows } = await tx.query<{ value: number }>(
    `INSERT INTO counter AS c (tenant, series, value) VALUES ($1, $2, 1)
     ON CONFLICT (tenant, series) DO UPDATE SET value = c.value + 1 RETURNING value`,
    [tenant, series],
  );
  return rows[0]!.value;
}

/** A document that is to get the next number of its series. */
export interface Draft {
  /** Idempotency key of the act that it is issued for. */
  readonly id: string;
  readonly series: string;
  readonly kind: string;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Issues a document: number and text in one transaction, `INV-000001`. The same id again gives the number that it has. */
export function issueDocument(
  rec: Rec,
  tenant: string,
  contract: string,
  draft: Draft,
): Promise<{ readonly number: string }> {
  return inTenant(rec, tenant, 'issue', async (tx) => {
    await tx.query('SELECT 1 FROM contract WHERE tenant = $1 AND id = $2 FOR NO KEY UPDATE', [tenant, contract]);
    const there = await tx.query<{ series: string; number: number }>(
      'SELECT series, number FROM issued WHERE tenant = $1 AND contract = $2 AND id = $3',
      [tenant, contract, draft.id],
    );
    if (there.rows[0] !== undefined) return { number: named(there.rows[0].series, there.rows[0].number) };
    const number = await nextNumber(tx, tenant, draft.series);
    await tx.query(
      'INSERT INTO issued (tenant, series, number, contract, id, kind, issued_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [tenant, draft.series, number, contract, draft.id, draft.kind, timestamp(draft.at), canonical(draft.body)],
    );
    return { number: named(draft.series, number) };
  });
}

function named(series: string, number: number): string {
  return `${series}-${String(number).padStart(6, '0')}`;
}
