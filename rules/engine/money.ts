import type { Fact } from '../facts/fact.js';
import { convert, invoiceOf, noteUnpaid, presentInvoice, tiynOf, unpaidOf } from './invoices.js';
import { settleConsents } from './consequences.js';
import { resumeSpans } from './spans.js';
import type { Cause, Invoice, Machine, Payment } from './state.js';
import { moneyHolds } from './waiting.js';

const causeOf = (fact: Fact, subject: string): Cause => ({
  at: fact.at,
  type: fact.type,
  subject,
  data: fact.data,
  start: { event: fact.at },
  factId: fact.id,
});

/** Takes a fact about money. What is settled by it is made known; nothing else here knows of clauses. */
export function takeMoney(machine: Machine, fact: Fact): void {
  switch (fact.type) {
    case 'invoice.presented':
    case 'invoice.received':
    case 'loss.notified':
      return present(machine, fact);
    case 'payment.credited':
    case 'loss.compensated':
      return credit(machine, fact);
    case 'payment.reversed':
      return reverse(machine, fact);
    case 'invoice.cancelled':
      return cancel(machine, fact);
    case 'tariff.chosen': {
      const amount = tiynOf(fact.data['amount']);
      if (amount !== null) machine.tariff = { amount, currency: String(fact.data['currency'] ?? 'KZT') };
      machine.tariffName = String(fact.data['tariff'] ?? '');
      return;
    }
  }
}

/** After money has moved: the invoice may be settled, and with it all debt. */
function moved(machine: Machine, invoice: Invoice, fact: Fact, reversal: string | null, paid = true): void {
  noteUnpaid(invoice, machine.now, reversal);
  const settled = invoice.amount !== null && unpaidOf(invoice) === 0;
  const cause = causeOf(fact, invoice.subject);
  if (settled && invoice.settledAt === null) {
    invoice.settledAt = machine.now;
    // An invoice that was cancelled is owed no more, and starts nothing that a payment starts.
    machine.emit(invoice.everSettled || !paid ? 'settled again' : 'settled', cause);
    invoice.everSettled ||= paid;
    for (const claim of machine.claims) if (claim.subject === invoice.subject) machine.reached = true;
  } else if (!settled) invoice.settledAt = null;
  conditions(machine, cause);
}

/** Looks at what waits for all debt, or the whole account, to be settled. */
export function conditions(machine: Machine, cause: Cause): void {
  for (const what of ['debt settled', 'all settled', 'account settled'] as const)
    if (machine.waiting.has(what) && moneyHolds(machine, what, cause.subject)) machine.emit(what, cause);
  settleConsents(machine);
}

function present(machine: Machine, fact: Fact): void {
  const known = machine.invoices.get(fact.subject);
  const had = known?.amount ?? null;
  const invoice = presentInvoice(machine, fact);
  if (invoice.waiting.length > 0) {
    const waiting = invoice.waiting.splice(0);
    for (const payment of waiting) credit(machine, payment);
  }
  if (had !== invoice.amount) moved(machine, invoice, fact, null);
}

interface Part {
  readonly invoice: string | null;
  readonly amount: number;
}

/** What a payment goes to: its subject, or what it is allocated to; what is left over is unmatched and waits for billing. */
function partsOf(fact: Fact): readonly Part[] {
  const total = tiynOf(fact.data['amount']) ?? 0;
  const allocate = fact.data['allocate'] as readonly { invoice: string; amount: string }[] | undefined;
  if (!allocate || allocate.length === 0)
    return [{ invoice: fact.subject === 'contract' ? null : fact.subject, amount: total }];
  const parts: Part[] = allocate.map((one) => ({ invoice: one.invoice, amount: tiynOf(one.amount) ?? 0 }));
  const rest = total - parts.reduce((sum, part) => sum + part.amount, 0);
  return rest > 0 ? [...parts, { invoice: null, amount: rest }] : parts;
}

function credit(machine: Machine, fact: Fact): void {
  const currency = String(fact.data['currency'] ?? machine.invoices.get(fact.subject)?.currency ?? 'KZT');
  const known = machine.payments.get(fact.id);
  const payment: Payment = known ?? { fact, parts: [] };
  if (!known) machine.payments.set(fact.id, payment);
  else payment.parts.splice(0);
  for (const part of partsOf(fact)) {
    if (part.invoice === null) {
      payment.parts.push({ invoice: null, amount: part.amount, currency, paid: part.amount });
      conditions(machine, causeOf(fact, 'contract'));
      continue;
    }
    const invoice = invoiceOf(machine, part.invoice);
    const amount =
      invoice.fact === null && currency !== invoice.currency ? null : convert(machine, part.amount, currency, invoice);
    const shown = invoice.fact === null ? currency : invoice.currency;
    payment.parts.push({
      invoice: part.invoice,
      amount,
      currency: amount === null ? currency : shown,
      paid: part.amount,
    });
    if (invoice.fact === null) {
      invoice.waiting.push(fact);
      continue;
    }
    if (amount === null) continue;
    invoice.credited += amount;
    moved(machine, invoice, fact, null);
  }
}

function reverse(machine: Machine, fact: Fact): void {
  const payment = machine.payments.get(String(fact.data['payment']));
  if (!payment) return;
  let left = tiynOf(fact.data['amount']) ?? payment.parts.reduce((sum, part) => sum + part.paid, 0);
  for (const part of payment.parts) {
    const taken = Math.min(left, part.paid);
    if (taken <= 0 || part.amount === null) continue;
    left -= taken;
    const amount = Math.round((part.amount * taken) / part.paid);
    machine.refunds.push({ fact, subject: part.invoice ?? 'contract', amount, currency: part.currency });
    if (part.invoice === null) continue;
    const invoice = invoiceOf(machine, part.invoice);
    const wasSettled = invoice.settledAt !== null;
    invoice.credited -= amount;
    const owes = unpaidOf(invoice) > 0;
    moved(machine, invoice, fact, owes && wasSettled ? fact.id : null);
    if (owes && wasSettled && invoice.lapsedDay !== null)
      resumeSpans(machine, invoice.subject, fact.id, causeOf(fact, invoice.subject));
  }
}

function cancel(machine: Machine, fact: Fact): void {
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
      }
  moved(machine, invoice, fact, null, false);
}
