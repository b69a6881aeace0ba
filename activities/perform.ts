import { ApplicationFailure, Context } from '@temporalio/activity';
import { crashPoint } from '../launch/crash-point.js';
import type { WorkItem } from '../prisma/types.js';
import type { Instant } from '../rules/law/types.js';
import { carryOut, orderOf, type CarriedOut } from './carry-out.js';
import type { Hands } from './index.js';
import type { Claim } from './record.js';
import { scripted } from './scripted.js';

/** Which act shall be done. */
export interface PerformRequest {
  readonly tenant: string;
  readonly contract: string;
  readonly item: WorkItem;
}

/** Longer than a question and a call may take, shorter than an attempt of the activity: no two hands hold one act. */
export const LEASE_MS = 45_000;
/** Well below the timeout after which the server takes this attempt for dead (workflows/contract.ts). */
const HEARTBEAT_MS = 3_000;
const MARGIN_MS = 1_000;

/**
 * Does one act: claims it, does it through its port, settles it. One activity, so that a lane is one thing after another.
 *
 *     wanted ── claim ──▶ claimed ── send ──▶ sent, performed, confirmed, refused, failed, unknown: settled, with a receipt
 *                          ▲ │ │
 *                          │ │ └── the port is away, or we fail: given back, the attempt fails, the server tries again
 *                          └─┴──── crash: the next attempt waits for the lease; with the run gone too, the record lists it again
 *
 * Answers the instant at which a scripted performance is due when that lies ahead, else null. An act that is no longer
 * wanted, or that another hand holds, is left alone.
 */
export const performAct =
  (hands: Hands) =>
  async ({ tenant, contract, item }: PerformRequest): Promise<{ readonly later: Instant | null }> => {
    const { record } = hands;
    const context = Context.current();
    crashPoint('activity.unclaimed');
    const claim = await record.claim(tenant, item, LEASE_MS);
    if (!claim) {
      waitForOwnLease(context.info.heartbeatDetails);
      return { later: null };
    }
    const held: Held = { leaseUntil: Date.now() + LEASE_MS };
    context.heartbeat(held);
    const beats = setInterval(() => context.heartbeat(held), HEARTBEAT_MS);
    crashPoint('activity.claimed');
    try {
      return await perform(hands, tenant, contract, item, claim, context.cancellationSignal);
    } catch (error) {
      // What failed here need not wait for the lease; where even this fails, the next attempt waits for it.
      if (!(error instanceof ApplicationFailure)) await record.release(tenant, item, claim.lease, 'maybe');
      throw error;
    } finally {
      clearInterval(beats);
    }
  };

async function perform(
  { record, ports }: Hands,
  tenant: string,
  contract: string,
  item: WorkItem,
  claim: Claim,
  stop: AbortSignal,
): Promise<{ readonly later: Instant | null }> {
  const script = scripted(claim);
  if (script.later !== null) {
    // It counts as gone out: as in a simulation, what was begun is done though it is wanted no more, and undone then.
    await record.release(tenant, item, claim.lease, 'maybe');
    return { later: script.later };
  }
  const done: CarriedOut = script.settlement
    ? { settled: true, settlement: script.settlement }
    : await carryOut(ports[item.port], orderOf(tenant, contract, claim), claim, stop);
  crashPoint('activity.sent');
  if (!done.settled) {
    const { code, meaning, message } = done.failure;
    await record.release(tenant, item, claim.lease, meaning === 'away' ? 'no' : 'maybe');
    throw ApplicationFailure.create({
      type: code,
      message: `${claim.idempotencyKey}: ${message}`,
      nonRetryable: false,
    });
  }
  await record.settle(tenant, item, claim.lease, done.settlement);
  crashPoint('activity.settled');
  return { later: null };
}

/** What an attempt leaves to the next one, in case it dies. */
interface Held {
  readonly leaseUntil: number;
}

/** A former attempt of this very activity may have died with the lease: then the act is free again when that has run out. */
function waitForOwnLease(details: unknown): void {
  const leaseUntil = (details as Held | undefined)?.leaseUntil ?? 0;
  const leftMs = leaseUntil + MARGIN_MS - Date.now();
  if (leftMs <= 0) return;
  const message = 'a former attempt died with the lease on this act';
  throw ApplicationFailure.create({ type: 'act.leased', message, nonRetryable: false, nextRetryDelay: leftMs });
}
