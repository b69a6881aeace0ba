import { ApplicationFailure, Context } from '@temporalio/activity';
import { crashPoint } from '../launch/crash-point.js';
import type { WorkItem } from '../prisma/types.js';
import type { Instant } from '../rules/law/types.js';
import { carryOut, orderOf, type CarriedOut } from './carry-out.js';
import type { Hands } from './index.js';
import type { Claim } from './record.js';
import { scripted } from './scripted.js';

/** Longer than a call and the question before it may take, shorter than an attempt of the activity: no two hands hold one act. */
export const LEASE_MS = 90_000;
/** Between two tries of an act whose port is away: from a second, doubling, up to an hour. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 3_600_000;
/** The lease that is kept between two tries ends this much before the next one. */
const MARGIN_MS = 200;

/**
 * Does one act: claims it, does it through its port, settles it. One activity, so that a lane is one thing after another.
 *
 *     wanted ── claim ──▶ claimed ── send ──▶ performed, confirmed, refused, failed, unknown: settled, a receipt is written
 *                          ▲ │ │
 *                          │ │ └── the port is away: the lease is kept until the next try, the server tries again
 *                          └─┴──── crash: the lease runs out, the record lists the act again
 *
 * Answers the instant at which a scripted performance is due when that lies ahead, else null. An act that is no longer
 * wanted, or that another hand holds, is left alone.
 */
export const performAct =
  ({ record, ports }: Hands) =>
  async (item: WorkItem): Promise<{ readonly later: Instant | null }> => {
    crashPoint('activity.unclaimed');
    const claim = await record.claim(item, LEASE_MS);
    if (!claim) return { later: null };
    crashPoint('activity.claimed');
    const script = scripted(claim);
    if (script.later !== null) {
      await record.keep(item, claim.lease, -1);
      return script;
    }
    const done: CarriedOut = script.settlement
      ? { settled: true, settlement: script.settlement }
      : await carryOut(ports[item.port], orderOf(claim), claim, Context.current().cancellationSignal);
    crashPoint('activity.sent');
    if (!done.settled) {
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (Context.current().info.attempt - 1), LAST_RETRY_MS);
      await record.keep(item, claim.lease, delayMs - MARGIN_MS);
      throw notYet(done, claim, delayMs);
    }
    // A refusal means that another hand has this act: what became of it is, or will be, in the journal.
    await record.settle(item, claim.lease, done.settlement);
    crashPoint('activity.settled');
    return { later: null };
  };

/** What makes the server try again after the delay. */
function notYet(
  { failure }: CarriedOut & { readonly settled: false },
  { idempotencyKey }: Claim,
  nextRetryDelay: number,
): ApplicationFailure {
  const message = `${idempotencyKey}: ${failure.message}`;
  return ApplicationFailure.create({ type: failure.code, message, nonRetryable: false, nextRetryDelay });
}
