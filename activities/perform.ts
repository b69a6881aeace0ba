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

/** Longer than a call and the question before it may take, shorter than an attempt of the activity: no two hands hold one act. */
export const LEASE_MS = 90_000;

/**
 * Does one act: claims it, does it through its port, settles it. One activity, so that a lane is one thing after another.
 *
 *     wanted ── claim ──▶ claimed ── send ──▶ performed, confirmed, sent, refused, failed: settled, a receipt is written
 *                            │                away or unknown: lease given back, the attempt fails, the server tries again
 *                            └── crash ─────▶ lease runs out, the record lists the act again
 *
 * Answers the instant at which a scripted performance is due when that lies ahead, else null. An act that is no longer
 * wanted, or that another hand holds, is left alone.
 */
export const performAct =
  (hands: Hands) =>
  async ({ tenant, contract, item }: PerformRequest): Promise<{ readonly later: Instant | null }> => {
    const { record, ports } = hands;
    crashPoint('activity.unclaimed');
    const claim = await record.claim(tenant, item, LEASE_MS);
    if (!claim) return { later: null };
    crashPoint('activity.claimed');
    const script = scripted(claim);
    if (script.later !== null) {
      await record.release(tenant, item, claim.lease, 'maybe');
      return script;
    }
    const done: CarriedOut = script.settlement
      ? { settled: true, settlement: script.settlement }
      : await carryOut(ports[item.port], orderOf(tenant, contract, claim), claim, Context.current().cancellationSignal);
    crashPoint('activity.sent');
    if (!done.settled) {
      await record.release(tenant, item, claim.lease, done.failure.meaning === 'away' ? 'no' : 'maybe');
      throw notYet(done, claim);
    }
    await record.settle(tenant, item, claim.lease, done.settlement);
    crashPoint('activity.settled');
    return { later: null };
  };

/** What makes the server try again by its retry policy. */
function notYet(done: CarriedOut & { readonly settled: false }, { idempotencyKey }: Claim): ApplicationFailure {
  return ApplicationFailure.create({
    type: done.failure.code,
    message: `${idempotencyKey}: ${done.failure.message}`,
    nonRetryable: false,
  });
}
