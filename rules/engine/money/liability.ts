import type { LiabilityLimit, Rule } from '../../offer/types.js';
import { tiynOf } from './invoices.js';
import type { Machine } from '../walk/state.js';

/** The operator owes the participant a loss that was told of, at most what its liability is limited to. */
export function award(machine: Machine, rule: Rule, subject: string, run: string, limit: LiabilityLimit | null): void {
  const loss = machine.losses.get(subject);
  if (loss === undefined) return;
  const currency = String(loss.data['currency'] ?? 'KZT');
  const whole = tiynOf(loss.data['amount']) ?? 0;
  const { own, other } = limit === null ? { own: whole, other: false } : paidUnder(machine, limit, currency);
  const amount = own >= whole ? whole : other ? null : own;
  machine.awards.push({ rule, subject, run, at: machine.now, amount, currency });
  machine.reached = true;
}

/** What was paid last, or in all, and not taken back: how much in this currency, and whether some was paid in another. */
function paidUnder(machine: Machine, limit: LiabilityLimit, currency: string) {
  const kept = [...machine.payments.values()].filter(({ parts }) => parts.some((part) => part.left > 0));
  const paid = limit === 'last payment' ? kept.slice(-1) : kept;
  let own = 0;
  let other = false;
  for (const { left, paidCurrency } of paid.flatMap((payment) => payment.parts)) {
    if (paidCurrency === currency) own += left;
    else other ||= left > 0;
  }
  return { own, other };
}
