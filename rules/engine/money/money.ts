import type { Fact } from '../../facts/fact.js';
import { convert, invoiceOf, noteUnpaid, presentInvoice, tiynOf, unpaidOf } from './invoices.js';
import { scheduleCap } from './caps.js';
import { settleConsents } from '../walk/consequences.js';
import { resumeSpans } from '../walk/spans.js';
import { causeOf, type Cause } from '../walk/cause.js';
import type { Invoice, Machine, PaymentPart } from '../walk/state.js';
import { moneyHolds } from '../walk/waiting.js';

/** What a fact about money brings about happens now: money that came before its invoice settles it when the invoice is there. */
const causeNow = (machine: Machine, fact: Fact, subject: string): Cause => causeOf(fact, subject, machine.now);

/** `tariff.chosen`: what a renewed period is billed at from now on. */
export function chooseTariff(machine: Machine, fact: Fact): void {
  const amount = tiynOf(fact.data['amount']);
  if (amount !== null) machine.tariff = { amount, currency: String(fact.data['currency'] ?? 'KZT') };
  machine.tariffName = String(fact.data['tariff'] ?? '');
}

/** After money has moved: the invoice may be settled, and with it all debt. */
function moved(machine: Machine, invoice: Invoice, fact: Fact, reversal: string | null, paid = true): void {
  noteUnpaid(machine, invoice, reversal);
  const settled = invoice.amount !== null && unpaidOf(invoice) === 0;
  const cause = causeNow(machine, fact, invoice.subject);
  if (settled && invoice.settledAt === null) {
    invoice.settledAt = machine.now;
    // An invoice that was cancelled is owed no more, and starts nothing that a payment starts.
    const { settled: topic } = machine.law.offer.index.own;
    if (invoice.everSettled || !paid) machine.hooks.meet(machine, topic, cause);
    else machine.hooks.emit(machine, topic, cause);
    invoice.everSettled ||= paid;
    if (invoice.claimed) machine.reached = true;
  } else if (!settled) invoice.settledAt = null;
  conditions(machine, cause);
}

/** Conditions on money that are about no single invoice. */
const WIDE = ['debt settled', 'all settled', 'account settled'] as const;

/** Looks at what waits for all debt, or the whole account, to be settled. */
export function conditions(machine: Machine, cause: Cause): void {
  for (const what of WIDE) {
    const topic = machine.law.offer.index.own[what];
    const waiting = machine.waiting[topic.place];
    if (waiting !== undefined && waiting.anything.length > 0 && moneyHolds(machine, what, cause.subject))
      machine.hooks.emit(machine, topic, cause);
  }
  settleConsents(machine);
}

/** `invoice.presented`, `invoice.received`, `loss.notified`: money is owed. What is settled by it is made known; nothing here knows of clauses. */
export function presentMoney(machine: Machine, fact: Fact): void {
  const known = machine.invoices.get(fact.subject);
  const had = known?.amount ?? null;
  const invoice = presentInvoice(machine, fact);
  if (invoice.waiting.length > 0) {
    for (const { fact: payment, part } of invoice.waiting.splice(0)) creditPart(machine, payment, part);
  }
  if (had !== invoice.amount) moved(machine, invoice, fact, null);
}

/** What a payment goes to: its subject, or what it is allocated to; what is left over is unmatched and waits for billing. */
function partsOf(machine: Machine, fact: Fact): readonly PaymentPart[] {
  const currency = String(fact.data['currency'] ?? machine.invoices.get(fact.subject)?.currency ?? 'KZT');
  const part = (invoice: string | null, paid: number): PaymentPart => ({
    invoice,
    paid,
    paidCurrency: currency,
    left: paid,
    amount: paid,
    currency,
    refunded: 0,
    credited: false,
  });
  const total = tiynOf(fact.data['amount']) ?? 0;
  const allocate = fact.data['allocate'] as readonly { invoice: string; amount: string }[] | undefined;
  if (!allocate || allocate.length === 0) return [part(fact.subject === 'contract' ? null : fact.subject, total)];
  const parts = allocate.map((one) => part(one.invoice, tiynOf(one.amount) ?? 0));
  const rest = total - parts.reduce((sum, one) => sum + one.paid, 0);
  return rest > 0 ? [...parts, part(null, rest)] : parts;
}

/** `payment.credited`, `loss.compensated`: money has come. */
export function creditPayment(machine: Machine, fact: Fact): void {
  const parts = partsOf(machine, fact);
  machine.payments.set(fact.id, { fact, parts });
  for (const part of parts) {
    if (part.invoice === null) conditions(machine, causeNow(machine, fact, 'contract'));
    else creditPart(machine, fact, part);
  }
}

/** Credits a part to its invoice at the rate of the invoice's day; before the invoice is known it waits. */
function creditPart(machine: Machine, fact: Fact, part: PaymentPart): void {
  const invoice = invoiceOf(machine, part.invoice as string);
  if (invoice.fact === null) {
    invoice.waiting.push({ fact, part });
    return;
  }
  part.amount = convert(machine, part.paid, part.paidCurrency, invoice);
  part.currency = invoice.currency;
  restateRefunds(machine, part);
  if (part.amount === null) return;
  part.credited = true;
  invoice.credited += part.amount - part.refunded;
  moved(machine, invoice, fact, null);
}

/** What was taken back before the invoice was known was in the payment's own currency: it goes with the payment. */
function restateRefunds(machine: Machine, part: PaymentPart): void {
  if (part.left === part.paid) return;
  const taken = machine.refunds.filter((one) => one.part === part);
  part.left = part.paid;
  part.refunded = 0;
  for (const refund of taken) refund.amount = take(part, refund.taken);
}

/** Takes so much, in the payment's own currency, off a part; the last of it takes what rounding left. Answers how much that is in the part's currency. */
function take(part: PaymentPart, taken: number): number | null {
  part.left -= taken;
  if (part.amount === null) return null;
  const amount = part.left === 0 ? part.amount - part.refunded : Math.round((part.amount * taken) / part.paid);
  part.refunded += amount;
  return amount;
}

/** `payment.reversed`: takes money back, of what has not been taken back before; of a divided payment first what went to the invoice that the reversal is about. */
export function reversePayment(machine: Machine, fact: Fact): void {
  const payment = machine.payments.get(String(fact.data['payment']));
  if (!payment) return;
  let open = tiynOf(fact.data['amount']) ?? Infinity;
  const about = (part: PaymentPart): boolean => part.invoice === fact.subject;
  for (const part of [...payment.parts.filter(about), ...payment.parts.filter((one) => !about(one))]) {
    const taken = Math.min(open, part.left);
    if (taken <= 0) continue;
    open -= taken;
    const amount = take(part, taken);
    machine.refunds.push({ fact, part, taken, amount });
    if (part.credited) takeBack(machine, fact, invoiceOf(machine, part.invoice as string), amount ?? 0);
  }
}

function takeBack(machine: Machine, fact: Fact, invoice: Invoice, amount: number): void {
  const wasSettled = invoice.settledAt !== null;
  invoice.credited -= amount;
  const owedAgain = wasSettled && unpaidOf(invoice) > 0;
  moved(machine, invoice, fact, owedAgain ? fact.id : null);
  if (!owedAgain || invoice.lapsedDay === null) return;
  for (const claim of machine.claims) if (claim.subject === invoice.subject) scheduleCap(machine, claim, invoice);
  resumeSpans(machine, invoice.subject, fact.id, causeNow(machine, fact, invoice.subject));
}

/** `invoice.cancelled`: so much is owed no more. */
export function cancelInvoice(machine: Machine, fact: Fact): void {
  const invoice = machine.invoices.get(fact.subject);
  if (!invoice || invoice.amount === null) return;
  const amount = Math.min(tiynOf(fact.data['amount']) ?? invoice.amount, invoice.amount);
  machine.cancellations.push({ fact, subject: fact.subject, amount, currency: invoice.currency });
  invoice.amount -= amount;
  if (invoice.amount === 0)
    for (const clock of machine.clocks)
      if (
        clock.subject === fact.subject &&
        clock.state === 'running' &&
        clock.rule.met.some((spec) => spec.what.on === 'settled')
      ) {
        clock.state = 'cancelled';
        clock.closed = machine.now;
        clock.closedBy = fact.id;
      }
  moved(machine, invoice, fact, null, false);
}
