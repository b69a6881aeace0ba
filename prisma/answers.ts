import { canonical, derivedId } from './chain.js';
import { ensureTenant } from './contracts.js';
import { databaseClock, timestamp } from './locked.js';
import type { Rec } from './record.js';
import { answer, refuse } from './refusals.js';
import { secretOf } from './secret.js';
import { inTenant, snapshot } from './transact.js';
import type { Result } from './types.js';

/** What was answered to a request with an Idempotency-Key. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The answer that a key was given before; null for a new key; refused when the key came with another request. */
export function answerOf(rec: Rec, tenant: string, key: string, request: unknown): Promise<Result<Answer | null>> {
  return snapshot<Result<Answer | null>>(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Answer & { request: string }>(
      'SELECT request, status, body FROM answer WHERE tenant = $1 AND key = $2',
      [tenant, key],
    );
    const there = rows[0];
    if (there === undefined) return answer(null);
    // The request is kept as a keyed hash: a plain one would let what is erased later be guessed.
    const same = there.request === derivedId((await secretOf(tx, tenant))!, canonical(request));
    return same ? answer({ status: there.status, body: there.body }) : refuse('answer.conflict');
  });
}

/** Keeps the answer of a key; the first one stays. */
export async function keepAnswer(
  rec: Rec,
  tenant: string,
  key: string,
  request: unknown,
  given: Answer,
): Promise<void> {
  await inTenant(rec, tenant, 'answer', async (tx) => {
    const now = await databaseClock(tx);
    await ensureTenant(tx, tenant, now);
    const name = derivedId((await secretOf(tx, tenant))!, canonical(request));
    await tx.query(
      `INSERT INTO answer (tenant, key, request, status, body, given_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [tenant, key, name, given.status, given.body, timestamp(now)],
    );
  });
}
