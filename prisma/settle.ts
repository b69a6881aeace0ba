import type { ReceiptType } from '../rules/facts/fact.js';
import { lawOf } from './law-of.js';
import { databaseClock, lockContract, timestamp } from './locked.js';
import { poke } from './pokes.js';
import { newestAct, writeReceipt, type ActRow } from './receipt.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { inTenant } from './transact.js';
import type { Result, WorkItem } from './types.js';

/** What became of an act, and what the port said. */
export interface Settlement {
  readonly outcome: 'sent' | 'performed' | 'confirmed' | 'refused' | 'failed' | 'unknown';
  readonly receipt: Readonly<Record<string, unknown>>;
}

/**
 * Writes down what became of an act: a receipt in the journal, and a poke. The same twice is once. A hand whose lease ran out may still
 * say that it did perform, as long as no other hand has settled; anything else from it is refused.
 */
export function settleAct(
  rec: Rec,
  tenant: string,
  item: WorkItem,
  lease: string,
  result: Settlement,
): Promise<Result<{ readonly repeated: boolean }>> {
  return settle(rec, tenant, item, result, (act) => verdict(act, lease, result.outcome));
}

/** The same without a lease, for an act that waits for an answer (`sent`, `unknown`): a person, or the other side, says what became of it. */
export function resolveAct(
  rec: Rec,
  tenant: string,
  item: WorkItem,
  result: Settlement,
): Promise<Result<{ readonly repeated: boolean }>> {
  return settle(rec, tenant, item, result, (act) => {
    if (act.answer === result.outcome) return 'repeated';
    return act.answer !== null && follows(act.answer, result.outcome) ? 'new' : 'act.settled';
  });
}

type Verdict = 'new' | 'repeated' | 'act.settled' | 'act.lease_lost';

function settle(rec: Rec, tenant: string, item: WorkItem, result: Settlement, judge: (act: ActRow) => Verdict) {
  return inTenant<Result<{ readonly repeated: boolean }>>(rec, tenant, 'settle', async (tx) => {
    const contract = await lockContract(tx, tenant, item.contract);
    if (contract === null) return refuse('contract.unknown');
    if (contract.erasedAt !== null) return refuse('contract.erased');
    const act = await newestAct(tx, tenant, item);
    if (act === null) return refuse('act.unknown');
    const said = judge(act);
    if (said === 'repeated') return answer({ repeated: true });
    if (said !== 'new') return refuse(said);
    const law = await lawOf(rec, tx, contract);
    if (isRefusal(law)) return { ok: false, refusal: law };

    const now = await databaseClock(tx);
    await writeReceipt(tx, contract, law, item, act, TYPES[result.outcome], contract.testClock ?? now, result.receipt);
    const state = result.outcome === 'unknown' || result.outcome === 'sent' ? 'waiting' : 'settled';
    await tx.query(
      `UPDATE act SET state = $7, answer = $8, settled_at = $9
       WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5 AND attempt = $6`,
      [
        tenant,
        item.contract,
        item.key,
        item.generation,
        item.operation,
        act.attempt,
        state,
        result.outcome,
        timestamp(now),
      ],
    );
    await poke(tx, tenant, item.contract);
    return answer({ repeated: false });
  });
}

const TYPES: Readonly<Record<Settlement['outcome'], ReceiptType>> = {
  sent: 'effect.sent',
  performed: 'effect.performed',
  confirmed: 'effect.confirmed',
  refused: 'effect.refused',
  failed: 'effect.failed',
  unknown: 'effect.unknown',
};

/** What may follow an answer: what was sent or is unknown gets its answer; what was performed may be confirmed, refused by the other side, or come back. */
const FOLLOWS: Readonly<Record<Settlement['outcome'] | 'withdrawn', readonly Settlement['outcome'][]>> = {
  sent: ['performed', 'confirmed', 'refused', 'failed', 'unknown'],
  unknown: ['performed', 'confirmed', 'refused', 'failed'],
  performed: ['confirmed', 'refused', 'failed'],
  confirmed: [],
  refused: [],
  failed: [],
  withdrawn: [],
};

function follows(before: string, outcome: Settlement['outcome']): boolean {
  return FOLLOWS[before as keyof typeof FOLLOWS].includes(outcome);
}

function verdict(act: ActRow, lease: string, outcome: Settlement['outcome']): Verdict {
  const mine = act.lease === lease;
  const wasMine = act.old_leases.includes(lease);
  if (!mine && !wasMine) return 'act.lease_lost';
  if (act.answer !== null) {
    if (!mine) return 'act.settled';
    if (act.answer === outcome) return 'repeated';
    return follows(act.answer, outcome) ? 'new' : 'act.settled';
  }
  return mine || outcome === 'performed' || outcome === 'confirmed' ? 'new' : 'act.lease_lost';
}
