import type { Fact } from '../../rules/facts/fact.js';
import { dayOf, midnight, tiyn } from './record.js';
import { plus } from './terms.js';

/** What is unpaid of an invoice from an instant on; `by` is what moved it, `nth` its place among the facts. */
interface Step {
  readonly at: number;
  readonly nth: number;
  readonly unpaid: bigint;
  readonly by: string;
}

/** One invoice and everything that money did to it, in tiyn. The first step is its opening. */
export interface Debt {
  readonly subject: string;
  readonly kind: string;
  readonly amount: bigint;
  readonly at: number;
  readonly cancelledAt: number | null;
  readonly steps: readonly Step[];
}

interface Payment {
  readonly parts: readonly (readonly [subject: string, amount: bigint])[];
  left: bigint;
}

/** Every invoice of the facts that a payment clause counts from, each with its history. Facts in order, none voided. */
export function debtsOf(facts: readonly Fact[], presented: string): readonly Debt[] {
  const first = new Map<string, Fact>();
  for (const fact of facts) if (fact.type === presented && !first.has(fact.subject)) first.set(fact.subject, fact);
  return [...first.values()].map((invoice) => debtOf(facts, invoice));
}

function debtOf(facts: readonly Fact[], invoice: Fact): Debt {
  const subject = invoice.subject;
  const amount = tiyn(invoice.data['amount']);
  const payments = new Map<string, Payment>();
  let [credited, open, cancelledAt] = [0n, false, null as number | null];
  const steps: Step[] = [];
  for (const [nth, fact] of facts.entries()) {
    const before = credited;
    if (fact === invoice) open = true;
    else if (fact.type === 'payment.credited') credited += pay(payments, fact, subject);
    else if (fact.type === 'payment.reversed') credited -= takeBack(payments, fact, subject);
    else if (fact.type === 'invoice.cancelled' && fact.subject === subject && open) cancelledAt ??= fact.at;
    else continue;
    if (!open || (fact !== invoice && before === credited && cancelledAt !== fact.at)) continue;
    const unpaid = cancelledAt !== null || credited >= amount ? 0n : amount - credited;
    steps.push({ at: fact.at, nth, unpaid, by: fact.type });
  }
  return { subject, kind: String(invoice.data['kind']), amount, at: invoice.at, cancelledAt, steps };
}

function pay(payments: Map<string, Payment>, fact: Fact, subject: string): bigint {
  const set = (fact.data['allocate'] ?? []) as readonly { readonly invoice: string; readonly amount: string }[];
  const amount = tiyn(fact.data['amount']);
  const parts: Payment['parts'] = set.length
    ? set.map((one) => [one.invoice, tiyn(one.amount)])
    : [[fact.subject, amount]];
  payments.set(fact.id, { parts, left: amount });
  return parts.reduce((sum, [to, part]) => (to === subject ? sum + part : sum), 0n);
}

/** A part can be taken back of a payment for one invoice only; of a divided one everything goes back. */
function takeBack(payments: Map<string, Payment>, fact: Fact, subject: string): bigint {
  const payment = payments.get(String(fact.data['payment']));
  if (payment === undefined || payment.left === 0n) return 0n;
  const asked = fact.data['amount'] === undefined ? payment.left : tiyn(fact.data['amount']);
  const back = asked < payment.left ? asked : payment.left;
  payment.left -= back;
  const mine = payment.parts.reduce((sum, [to, part]) => (to === subject ? sum + part : sum), 0n);
  return payment.parts.length === 1 ? (mine === 0n ? 0n : back) : mine;
}

/** What all payments less all reversals come to, whatever they were for. */
export function creditedIn(facts: readonly Fact[]): bigint {
  const left = new Map<string, bigint>();
  for (const fact of facts) {
    if (fact.type === 'payment.credited') left.set(fact.id, tiyn(fact.data['amount']));
    if (fact.type !== 'payment.reversed') continue;
    const payment = String(fact.data['payment']);
    const held = left.get(payment) ?? 0n;
    const asked = fact.data['amount'] === undefined ? held : tiyn(fact.data['amount']);
    left.set(payment, held - (asked < held ? asked : held));
  }
  return [...left.values()].reduce((sum, one) => sum + one, 0n);
}

/** What is unpaid after everything at an instant. */
export const unpaidAt = (debt: Debt, at: number): bigint => debt.steps.findLast((step) => step.at <= at)?.unpaid ?? 0n;
/** What is unpaid just before an instant. */
export const unpaidBefore = (debt: Debt, at: number): bigint =>
  debt.steps.findLast((step) => step.at < at)?.unpaid ?? 0n;

/** The highest principal unpaid on each day from `from` to `to`, both included (readings 6 and 7). */
export function daysOfDelay(debt: Debt, from: string, to: string): readonly bigint[] {
  const bases: bigint[] = [];
  for (let day = from; day <= to; day = plus(day, 1)) {
    const held = debt.steps.filter((step) => dayOf(step.at) === day).map((step) => step.unpaid);
    bases.push([unpaidBefore(debt, midnight(day)), ...held].reduce((most, one) => (one > most ? one : most), 0n));
  }
  return bases.filter((base) => base > 0n);
}
