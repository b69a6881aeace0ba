import { accrued, perMyriad } from '../../law/money.js';
import type { Instant } from '../../law/types.js';
import type { Change, Claim, Invoice, Machine } from '../walk/state.js';

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
  for (let position = 0; position < invoice.changes.length; position++) {
    const change = invoice.changes[position] as Change;
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
  return accrueOver(claim, invoice, daysOfDelay(machine, claim, invoice, asOf));
}

/** The same over days of delay that are counted already. */
export function accrueOver(claim: Claim, invoice: Invoice, delay: readonly Stretch[]): Accrued {
  let days = 0;
  let highest = 0;
  const stretches: { readonly base: number; readonly days: number }[] = [];
  for (const { from, to, base } of delay) {
    stretches.push({ base, days: to - from + 1 });
    days += to - from + 1;
    if (base > highest) highest = base;
  }
  const rate = perMyriad(claim.perMyriad);
  if (claim.capPerMyriad === null) return { days, amount: accrued(stretches, rate) };
  // The cap is a part of the invoice's amount: of the highest that it had on a day of delay.
  const whole = claim.of === 'invoice' ? highest : (invoice.amount ?? 0);
  return { days, amount: accrued(stretches, rate, { of: whole, rate: perMyriad(claim.capPerMyriad) }) };
}
