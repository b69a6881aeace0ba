import type { LiabilityLimit, Rule } from '../offer/types.js';
import { tiynOf } from './invoices.js';
import type { Machine } from './state.js';

/** The operator owes the participant a loss that was told of, at most what its liability is limited to. */
export function award(machine: Machine, rule: Rule, subject: string, run: string, limit: LiabilityLimit | null): void {
  const loss = machine.losses.get(subject);
  if (loss === undefined) return;
  const currency = String(loss.data['currency'] ?? 'KZT');
  const whole = tiynOf(loss.data['amount']) ?? 0;
  const most = limit === null ? Infinity : limitOf(machine, limit, currency);
  const amount = most === null ? null : Math.min(whole, most);
  machine.awards.push({ rule, subject, run, at: machine.now, amount, currency });
  machine.reached = true;
}

/** What was paid last, or in all, and not taken back; null when some of it was paid in another currency. */
function limitOf(machine: Machine, limit: LiabilityLimit, currency: string): number | null {
  const kept = [...machine.payments.values()].filter(({ parts }) => parts.some((part) => part.left > 0));
  const paid = limit === 'last payment' ? kept.slice(-1) : kept;
  const parts = paid.flatMap((payment) => payment.parts);
  if (parts.some((part) => part.paidCurrency !== currency)) return null;
  return parts.reduce((sum, part) => sum + part.left, 0);
}
