import { daysOfDelay } from './accrual.js';
import type { Invoice, Machine, Claim } from '../walk/state.js';

/**
 * Sets the instant at which a penalty reaches its cap if nothing is paid before: 00:00 of the last day of delay that the cap leaves room for. Asked when
 * the penalty is claimed, and again when a reversal brings the debt back: the days between a payment and its reversal are none.
 */
export function scheduleCap(machine: Machine, claim: Claim, invoice: Invoice): void {
  claim.capAt = null;
  if (claim.what !== 'penalty' || claim.of !== 'invoice' || claim.capPerMyriad === null || claim.cappedAt !== null)
    return;
  // A cap that rounds to nothing is never reached.
  if (2 * (invoice.amount ?? 0) * claim.capPerMyriad < 10_000 || invoice.settledAt !== null) return;
  const { zone } = machine.law.offer;
  const late = daysOfDelay(machine, claim, invoice, machine.now).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const left = Math.ceil(claim.capPerMyriad / claim.perMyriad) - late;
  claim.capAt = Math.max(machine.now, zone.startOf(zone.dayOf(machine.now) + left));
  machine.agenda.add(claim.capAt, claim.rule.order, claim.subject, { what: 'cap', claim });
}
