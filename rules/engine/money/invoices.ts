import type { Fact } from '../../facts/fact.js';
import { parseDay } from '../../law/day.js';
import { convert as atRate, parseMoney, parseRatio, type Ratio } from '../../law/money.js';
import type { Day } from '../../law/types.js';
import type { Invoice, Machine } from '../walk/state.js';

/** Unpaid principal of an invoice, in tiyn; nothing while its amount is not known. */
export const unpaidOf = (invoice: Invoice): number =>
  invoice.amount === null ? 0 : Math.max(0, invoice.amount - invoice.credited);

/** Tiyn of a checked amount; null where there is none. */
export function tiynOf(amount: unknown): number | null {
  if (typeof amount !== 'string') return null;
  const parsed = parseMoney(amount);
  return typeof parsed === 'number' ? parsed : null;
}

/** The invoice of a subject; made empty when money comes before it is known. */
export function invoiceOf(machine: Machine, subject: string): Invoice {
  const known = machine.invoices.get(subject);
  if (known) return known;
  const invoice: Invoice = {
    subject,
    fact: null,
    counted: false,
    kind: 'other',
    amount: null,
    currency: 'KZT',
    credited: 0,
    clause: null,
    settledAt: null,
    everSettled: false,
    lapsedDay: null,
    claimed: false,
    owes: false,
    late: false,
    changes: [],
    waiting: [],
  };
  machine.invoices.set(subject, invoice);
  return invoice;
}

/** Takes an invoice (or loss) in. The entry of the ledger comes from the fact that the payment clause counts from; without one, from the first. */
export function presentInvoice(machine: Machine, fact: Fact): Invoice {
  const invoice = invoiceOf(machine, fact.subject);
  const counts =
    machine.law.offer.index.topics.get(fact.type)?.pays[machine.edition] === true || fact.type === 'loss.notified';
  if (invoice.fact !== null && (invoice.counted || !counts)) return invoice;
  const first = invoice.fact === null;
  invoice.fact = fact;
  invoice.counted = counts;
  const amount = tiynOf(fact.data['amount']);
  if (amount !== null) invoice.amount = amount;
  invoice.kind = String(
    fact.data['kind'] ?? (fact.type === 'loss.notified' ? 'loss' : first ? 'subscription' : invoice.kind),
  );
  invoice.currency = String(fact.data['currency'] ?? 'KZT');
  return invoice;
}

/** Notes how much is unpaid from now on. */
export function noteUnpaid(machine: Machine, invoice: Invoice, reversal: string | null): void {
  invoice.changes.push({ at: machine.now, unpaid: unpaidOf(invoice), amount: invoice.amount ?? 0, reversal });
  countOwing(machine, invoice);
}

/** Notes the last day of a payment term that has lapsed: from now on what is unpaid is debt. */
export function noteLapse(machine: Machine, invoice: Invoice, lastDay: Day): void {
  invoice.lapsedDay ??= lastDay;
  countOwing(machine, invoice);
}

/** Keeps the numbers of invoices that owe in step with this one. */
function countOwing(machine: Machine, invoice: Invoice): void {
  const owes = unpaidOf(invoice) > 0;
  const late = owes && invoice.lapsedDay !== null;
  machine.owing.all += Number(owes) - Number(invoice.owes);
  machine.owing.late += Number(late) - Number(invoice.late);
  invoice.owes = owes;
  invoice.late = late;
}

/** The National Bank's rate of a day: tenge for one unit, as published. On a day off without a rate of its own the last one before it holds; null while it is not known. */
export function rateOn(machine: Machine, currency: string, day: Day): Ratio | null {
  const off = !machine.law.calendar.view(machine.view.asOf, machine.view.knownAt).isWorking(day);
  let found: { readonly day: Day; readonly rate: string } | null = null;
  for (const fact of machine.record.facts) {
    if (fact.type !== 'rate.published' || fact.data['currency'] !== currency) continue;
    const date = parseDay(String(fact.data['date']));
    if (typeof date !== 'number' || date > day || (date < day && !off)) continue;
    if (found === null || date >= found.day) found = { day: date, rate: String(fact.data['rate']) };
  }
  const rate = found === null ? null : parseRatio(found.rate);
  return rate === null || 'code' in rate ? null : rate;
}

/** Money of one currency in the invoice's own, at the rate of the invoice's day, half up to the tiyn once; null while a rate is missing. */
export function convert(machine: Machine, amount: number, from: string, invoice: Invoice): number | null {
  if (from === invoice.currency) return amount;
  if (invoice.fact === null) return null;
  const day = machine.law.offer.zone.dayOf(invoice.fact.at);
  const paid = from === 'KZT' ? ONE : rateOn(machine, from, day);
  const owed = invoice.currency === 'KZT' ? ONE : rateOn(machine, invoice.currency, day);
  if (paid === null || owed === null) return null;
  return atRate(amount, { over: paid.over * owed.under, under: paid.under * owed.over });
}

const ONE: Ratio = { over: 1n, under: 1n };
