import { setTimeout as pause } from 'node:timers/promises';
import { type Failure, sortFailure } from './failures.js';
import type { Answer, Order, Port } from './ports.js';
import type { Claim, Settlement } from './record.js';

/** How one try ended: with a settlement, or with a failure after which it is tried again. */
export type CarriedOut =
  { readonly settled: true; readonly settlement: Settlement } | { readonly settled: false; readonly failure: Failure };

/** On a test clock nobody waits: what has no answer after this long is unknown at that virtual instant. */
export const TEST_CALL_MS = 10_000;
/** Pauses between tries inside one attempt while the other side is plainly away: a blip costs no round through the server. */
const BLIP_MS = [250, 1_000];

/**
 * Puts one order through its port. The order of things: ask a queryable port first when an earlier try may have gone
 * out, then send, then sort what came back. What is final, or has been tried for longer than the port's patience, is
 * settled as `failed` or `unknown`, so that a person learns of it; everything else is tried again later.
 */
export async function carryOut(port: Port, order: Order, claim: Claim, stop: AbortSignal): Promise<CarriedOut> {
  const callMs = order.test ? TEST_CALL_MS : port.timeoutMs;
  const attempt = await tries(port, order, claim, callMs, stop);
  if (attempt.ok) return { settled: true, settlement: settlementOf(order, attempt.answer) };
  const { failure } = attempt;
  const { meaning, code, message } = failure;
  if (meaning === 'final') return given('failed', code, message);
  if (order.test || claim.now - claim.claimedAt > port.patienceMs)
    return given(meaning === 'away' && !claim.repeated ? 'failed' : 'unknown', code, message);
  return { settled: false, failure };
}

type Tried = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: Failure };

async function tries(port: Port, order: Order, claim: Claim, callMs: number, stop: AbortSignal): Promise<Tried> {
  for (let n = 0; ; n++) {
    try {
      if (port.class === 'queryable' && claim.repeated) {
        const known = await within(callMs, stop, (signal) => port.ask(order, signal));
        if (known) return { ok: true, answer: known };
      }
      return { ok: true, answer: await within(callMs, stop, (signal) => port.send(order, signal)) };
    } catch (error) {
      const failure = sortFailure(error);
      const wait = BLIP_MS[n];
      if (failure.meaning !== 'away' || wait === undefined || stop.aborted) return { ok: false, failure };
      await pause(wait);
    }
  }
}

/** Ends after `ms` whether the port listens to its signal or not. */
async function within<T>(ms: number, stop: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(ms)]);
  const aborted = new Promise<never>((_, reject) => {
    const end = (): void => reject(new DOMException(`no answer in ${ms} ms`, 'TimeoutError'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  return Promise.race([call(signal), aborted]);
}

// On a test clock nobody is waited for: a request that has been made counts as made, as in a simulation.
function settlementOf(order: Order, { outcome, receipt }: Answer): Settlement {
  return { outcome: order.test && outcome === 'sent' ? 'performed' : outcome, receipt };
}

const given = (outcome: 'failed' | 'unknown', code: string, message: string): CarriedOut => ({
  settled: true,
  settlement: { outcome, receipt: { code, message } },
});

/** The order that a claim stands for. */
export function orderOf(tenant: string, contract: string, claim: Claim): Order {
  const { step, idempotencyKey, now } = claim;
  const { offer, operator, participant, test } = claim.contract;
  const { key: effect, generation, operation, kind, sends, clause, subject, at: legalAt, content } = step;
  const what = { effect, generation, operation, kind, sends, clause, subject, legalAt, content };
  return { idempotencyKey, tenant, contract, offer, operator, participant, test, now, ...what };
}
