import { randomUUID } from 'node:crypto';
import type { Judgement, Participant, Step } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { advanceLocked } from './advance.js';
import { append } from './journal.js';
import { opens } from './held.js';
import { digestOfLaw, lawOf } from './law-of.js';
import { databaseClock, lockContract, timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import { newestAct, receiptId, writeReceipt, type ActRow } from './receipt.js';
import type { Rec } from './record.js';
import { isRefusal } from './refusals.js';
import { inTenant, type Tx } from './transact.js';
import type { ContractRow, WorkItem } from './types.js';

/** An act that one hand holds until its lease runs out: all that a port needs. */
export interface Claimed {
  /** Names the lease; settling needs it. */
  readonly lease: string;
  /** Goes to the port: `contract/key/generation/operation`, the same for every repetition of the same operation. */
  readonly idempotencyKey: string;
  readonly step: Step;
  /** An earlier try may have gone out: a hand held this act and did not say that nothing did. */
  readonly repeated: boolean;
  /** When it was first claimed and what time it is, on the contract's own clock. */
  readonly claimedAt: Instant;
  readonly now: Instant;
  readonly contract: {
    readonly offer: string;
    readonly operator: string;
    readonly participant: Participant;
    readonly test: boolean;
    readonly performance: ContractRow['performance'][string] | null;
  };
}

/**
 * Takes an act for `leaseMs`. Whether it is still wanted is decided here and now, by judging whatever was not judged yet. Null: it is
 * wanted no more, is in another hand, has its answer, or the contract is held and it opens nothing. The first claim is a receipt in the journal.
 */
export async function claimAct(rec: Rec, tenant: string, item: WorkItem, leaseMs: number): Promise<Claimed | null> {
  const lease = randomUUID();
  return inTenant(rec, tenant, 'claim', async (tx) => {
    const locked = await lockContract(tx, tenant, item.contract);
    if (locked === null || locked.erasedAt !== null) return null;
    const now = await databaseClock(tx);
    const before = await newestAct(tx, tenant, item);
    if (before === null || !free(before, lease, now)) return null;
    const brought = await broughtUp(rec, tx, locked, now, before.state === 'claimed');
    if (brought === null) return null;
    const { contract, law, judgement } = brought;
    const act = await newestAct(tx, tenant, item);
    if (act === null || !free(act, lease, now) || (contract.held && !opens(act))) return null;
    const clock = Math.max(contract.testClock ?? now, contract.recordedTo);
    const repeated = act.may_have_gone || (act.state === 'claimed' && act.lease !== null && act.lease !== lease);
    if (act.state === 'claimed' && !repeated && unwanted(judgement, item, act)) {
      await withdraw(tx, contract, item, act, clock);
      return null;
    }

    const claimedAt = act.claimed_at ?? clock;
    await tx.query(
      `UPDATE act SET state = 'claimed', lease = $7, lease_until = $8, takes = takes + 1, claimed_at = $9, may_have_gone = $10,
         old_leases = CASE WHEN lease IS NULL OR lease = $7 THEN old_leases ELSE old_leases || lease END
       WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5 AND attempt = $6`,
      [
        tenant,
        item.contract,
        item.key,
        item.generation,
        item.operation,
        act.attempt,
        lease,
        timestamp(now + leaseMs),
        timestamp(claimedAt),
        repeated,
      ],
    );
    if (act.state === 'wanted') await writeReceipt(tx, contract, law, item, act, 'effect.claimed', clock);
    const name = `${item.contract}/${item.key}/${item.generation}/${item.operation}`;
    return {
      lease,
      idempotencyKey: act.ordinal === 1 ? name : `${name}.${act.ordinal}`,
      step: stepOf(item, act),
      repeated,
      claimedAt,
      now: clock,
      contract: {
        offer: contract.offer,
        operator: contract.tenant,
        participant: contract.participant,
        test: contract.testClock !== null,
        performance: contract.performance[item.key] ?? null,
      },
    };
  });
}

/**
 * Gives a lease back without a receipt: the act may be claimed again at once.
 * @param gone `no` when nothing can have gone out: the next hand need not ask, and an act that is wanted no more is then withdrawn
 */
export async function releaseAct(
  rec: Rec,
  tenant: string,
  item: WorkItem,
  lease: string,
  gone: 'no' | 'maybe' = 'maybe',
): Promise<void> {
  await inTenant(rec, tenant, 'release', async (tx) => {
    await lockContract(tx, tenant, item.contract);
    await tx.query(
      `UPDATE act SET lease = NULL, lease_until = NULL, old_leases = old_leases || lease, may_have_gone = may_have_gone OR $7
       WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5 AND lease = $6 AND state = 'claimed'`,
      [tenant, item.contract, item.key, item.generation, item.operation, lease, gone === 'maybe'],
    );
  });
}

/** Wanted, or claimed under a lease that has run out (or is ours, when a commit was tried again). */
function free(act: ActRow, lease: string, now: Instant): boolean {
  return (
    act.state === 'wanted' ||
    (act.state === 'claimed' && (act.lease === null || act.lease === lease || act.lease_until! < now))
  );
}

/** An effect that is wanted no more, or with other content, need not go out as it is; one that is wanted again need not be undone. */
function unwanted(judgement: Judgement | null, { key, operation }: WorkItem, { fingerprint }: ActRow): boolean {
  if (judgement === null) return false;
  const wanted = judgement.wanted.get(key);
  return operation === 'undo' ? wanted !== undefined : wanted?.fingerprint !== fingerprint;
}

/** Ends an act that was claimed and never went out: its claim is voided, as if it had never been, so that it may be wanted again. */
async function withdraw(tx: Tx, contract: Stored, item: WorkItem, act: ActRow, clock: Instant): Promise<void> {
  const data = { fact: receiptId('effect.claimed', item, act), reason: 'it did not go out and is not wanted any more' };
  const id = receiptId('effect.withdrawn', item, act);
  const at = Math.max(clock, contract.recordedTo);
  await append(tx, contract, [{ id, type: 'fact.voided', at, by: 'merzim', subject: act.subject, data }], clock);
  await tx.query(
    `UPDATE act SET state = 'settled', answer = 'withdrawn', settled_at = $7
     WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5 AND attempt = $6`,
    [contract.tenant, item.contract, item.key, item.generation, item.operation, act.attempt, timestamp(clock)],
  );
  await poke(tx, contract.tenant, contract.id);
}

/** Judges what was not judged yet: facts behind the head, a waking that has come, a law that is newer. */
async function broughtUp(rec: Rec, tx: Tx, contract: Stored, now: Instant, always: boolean) {
  const law = await lawOf(rec, tx, contract);
  if (isRefusal(law)) return null;
  const woken = contract.testClock === null && contract.wakeAt !== null && contract.wakeAt <= now;
  const fresh =
    !contract.held &&
    contract.advanced === contract.head &&
    !woken &&
    contract.engine === rec.engine.version &&
    contract.law === digestOfLaw(rec.laws.nameOf(law));
  if (fresh && !always) return { contract, law, judgement: null };
  const brought = await advanceLocked(rec, tx, contract, now);
  return isRefusal(brought) ? null : brought;
}

function stepOf({ key, generation, operation }: WorkItem, act: ActRow): Step {
  const { kind, sends, clause, subject, at, fingerprint } = act;
  const content = JSON.parse(act.content) as Step['content'];
  return { key, generation, operation, kind, sends, clause, subject, at, content, fingerprint };
}
