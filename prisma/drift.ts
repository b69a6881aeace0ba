import type { Fact } from '../rules/facts/fact.js';
import type { Law } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { formOf, hashOfJudgement, judgeAt } from './judging.js';
import { databaseClock, lockContract, timestamp, type Stored } from './locked.js';
import { compared } from './comparison.js';
import { canonical } from './chain.js';
import { flight } from './flight.js';
import { closeOwnCase, openOwnCase } from './own-case.js';
import { readModelsOf } from './read-models.js';
import { releaseWaveLocked } from './waves.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, refuse } from './refusals.js';
import { inTenant, type Tx } from './transact.js';
import type { Result } from './types.js';

/**
 * When the engine has changed since the last advance, judges what that one read once more: same record, same law, same instant.
 * Another hash is written down and the contract is held until a person releases it. True when it is held.
 */
export async function findDrift(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  law: Law,
  digest: string,
  facts: readonly Fact[],
  now: Instant,
): Promise<boolean> {
  if (contract.engine === null || contract.engine === rec.engine.version || contract.law !== digest) return false;
  const { rows } = await tx.query<{ seq: number; asOf: Instant; hash: string }>(
    `SELECT seq, as_of AS "asOf", hash FROM advance WHERE tenant = $1 AND contract = $2 AND law = $3 AND engine = $4
     ORDER BY seq DESC, as_of DESC LIMIT 1`,
    [contract.tenant, contract.id, digest, contract.engine],
  );
  const last = rows[0];
  if (last === undefined) return false;
  const judgement = judgeAt(rec.engine, law, facts.slice(0, last.seq), last.asOf);
  const hash = hashOfJudgement(judgement, contract.salt, formOf(last.hash));
  if (hash === last.hash) return false;
  const comparison = await compared(tx, contract, readModelsOf(judgement.outcome));
  await tx.query(
    `INSERT INTO drift (tenant, contract, seq, as_of, engine_is, engine_was, law, hash_was, hash_is, found_at, comparison)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      contract.tenant,
      contract.id,
      last.seq,
      timestamp(last.asOf),
      rec.engine.version,
      contract.engine,
      digest,
      last.hash,
      hash,
      timestamp(now),
      canonical(comparison),
    ],
  );
  const lines = Object.values(comparison).reduce((sum, one) => sum + one.length, 0);
  const question = `A new engine judges the past of this contract otherwise (${lines} lines differ, as of ${timestamp(last.asOf)}). Does the new view hold? Nothing goes out before it is released.`;
  await flight(tx, [
    openOwnCase(contract, 'drift', question, now),
    { text: 'UPDATE contract SET held = true WHERE tenant = $1 AND id = $2', values: [contract.tenant, contract.id] },
  ]);
  return true;
}

/**
 * A person has looked at what holds a contract. At a drift: from here on the new engine's view holds. At a wave of undoings, when there is no
 * drift: it may go out. Answers how many drifts, or how many undoings, that released.
 */
export function releaseDrift(
  rec: Rec,
  tenant: string,
  id: string,
  by: string,
): Promise<Result<{ readonly released: number }>> {
  return inTenant(rec, tenant, 'release', async (tx) => {
    const contract = await lockContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    const now = timestamp(await databaseClock(tx));
    if (!contract.held) return answer({ released: await releaseWaveLocked(tx, contract, by, Date.parse(now)) });
    const { rowCount } = await tx.query(
      'UPDATE drift SET released_at = $3, released_by = $4 WHERE tenant = $1 AND contract = $2 AND released_at IS NULL',
      [tenant, id, now, by],
    );
    await flight(tx, [
      closeOwnCase(contract, 'drift'),
      {
        text: 'UPDATE contract SET held = false, engine = $3 WHERE tenant = $1 AND id = $2',
        values: [tenant, id, rec.engine.version],
      },
    ]);
    await poke(tx, tenant, id);
    return answer({ released: rowCount ?? 0 });
  });
}
