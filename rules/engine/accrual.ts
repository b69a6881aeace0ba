import type { Instant } from '../law/types.js';
import type { Claim, Invoice, Machine } from './state.js';

/** What a penalty comes to: days of delay and the amount in tiyn, rounded half up once. */
export interface Accrued {
  readonly days: number;
  readonly amount: number;
}

/** A stretch of days with one base, for the table behind a claim. Days are integers, `base` in tiyn. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly base: number;
}

const halfUp = (numerator: bigint, denominator: bigint): number =>
  Number((2n * numerator + denominator) / (2n * denominator));

/**
 * The days of delay up to and with the day of `asOf`, each with the base that the clause names: the invoice's amount, or the highest
 * principal that was unpaid on it (readings 6 and 7):
 * the day after the last day is the first, the day on which money is credited counts at the amount before it,
 * days between a payment and its reversal do not count.
 */
export function daysOfDelay(machine: Machine, claim: Claim, invoice: Invoice, asOf: Instant): readonly Stretch[] {
  if (invoice.lapsedDay === null) return [];
  const { zone } = machine.law.offer;
  const first = invoice.lapsedDay + 1;
  const end = zone.dayOf(asOf);
  const stretches: Stretch[] = [];
  for (const [position, change] of invoice.changes.entries()) {
    if (change.unpaid === 0 || change.at > asOf) continue;
    const following = invoice.changes[position + 1];
    const to = following && following.at <= asOf ? zone.dayOf(following.at) : end;
    let from = Math.max(first, zone.dayOf(change.at));
    if (to < from) continue;
    const base = claim.of === 'invoice' ? change.amount : change.unpaid;
    const last = stretches[stretches.length - 1];
    if (last && last.to >= from) {
      // Both amounts were held on this day: the higher one counts.
      if (base > last.base) {
        if (last.from === last.to) stretches.pop();
        else stretches[stretches.length - 1] = { ...last, to: last.to - 1 };
      } else from = last.to + 1;
      if (to < from) continue;
    }
    stretches.push({ from, to, base });
  }
  return stretches;
}

/** The formula of a penalty at an instant. It moves with time by itself and is nothing that happens. */
export function accrue(machine: Machine, claim: Claim, invoice: Invoice, asOf: Instant): Accrued {
  const stretches = daysOfDelay(machine, claim, invoice, asOf);
  let days = 0;
  let sum = 0n;
  let whole = 0;
  for (const one of stretches) {
    const length = one.to - one.from + 1;
    days += length;
    sum += BigInt(one.base) * BigInt(length);
    if (one.base > whole) whole = one.base;
  }
  const amount = halfUp(sum * BigInt(claim.perMyriad), 10_000n);
  if (claim.capPerMyriad === null) return { days, amount };
  const cap = halfUp(
    BigInt(claim.of === 'invoice' ? whole : (invoice.amount ?? 0)) * BigInt(claim.capPerMyriad),
    10_000n,
  );
  return { days, amount: Math.min(amount, cap) };
}
