import { formatMoney } from '../../law/money.js';
import type { Instant } from '../../law/types.js';
import { accrue } from './accrual.js';
import { fineOf } from './claims.js';
import type { LedgerEntry, LedgerKind } from '../outcome.js';
import type { Claim, Invoice, Machine } from '../walk/state.js';
import type { Act, Wanted } from '../types.js';

/** An entry before it is written out: amounts in tiyn, instants as numbers. */
export interface Posting {
  readonly at: Instant;
  readonly clause: string | null;
  readonly subject: string;
  readonly kind: LedgerKind;
  readonly amount: number | null;
  readonly currency: string;
  readonly days?: number;
}

const RAISES: Readonly<Record<LedgerKind, 1 | -1>> = {
  invoice: 1,
  fine: 1,
  penalty: 1,
  refund: 1,
  payment: -1,
  credit: -1,
};

/** Clause of the obligation to pay an invoice of this fact, as its clock was opened. */
function paymentClause(machine: Machine, invoice: Invoice): string | null {
  const clock = machine.clocks.find(
    (one) => one.subject === invoice.subject && one.rule.met.some((spec) => spec.what.on === 'settled'),
  );
  return clock?.rule.clause ?? null;
}

/** All entries as of now, in order of time; documents that were undone stay, with their credit beside them. */
export function postingsOf(machine: Machine, wanted: ReadonlyMap<string, Wanted> | null): readonly Posting[] {
  const postings: Posting[] = [];
  for (const invoice of machine.invoices.values())
    if (invoice.fact !== null) postings.push(invoiceEntry(machine, invoice));
  for (const payment of machine.payments.values())
    for (const part of payment.parts)
      postings.push({
        at: payment.fact.at,
        clause: null,
        subject: part.invoice ?? 'contract',
        kind: 'payment',
        amount: part.amount,
        currency: part.currency,
      });
  for (const refund of machine.refunds)
    postings.push({
      at: refund.fact.at,
      clause: null,
      subject: refund.part.invoice ?? 'contract',
      kind: 'refund',
      amount: refund.amount,
      currency: refund.part.currency,
    });
  for (const one of machine.cancellations)
    postings.push({
      at: one.fact.at,
      clause: null,
      subject: one.subject,
      kind: 'credit',
      amount: one.amount,
      currency: one.currency,
    });
  for (const { at, rule, subject, amount, currency } of machine.awards)
    postings.push({ at, clause: rule.clause, subject, kind: 'credit', amount, currency });
  postings.push(...claimPostings(machine, wanted));
  return postings.sort((left, right) => left.at - right.at);
}

function invoiceEntry(machine: Machine, invoice: Invoice): Posting {
  const cancelled = machine.cancellations
    .filter((one) => one.subject === invoice.subject)
    .reduce((sum, one) => sum + one.amount, 0);
  return {
    at: invoice.fact?.at ?? 0,
    clause: paymentClause(machine, invoice),
    subject: invoice.subject,
    kind: 'invoice',
    amount: invoice.amount === null ? null : invoice.amount + cancelled,
    currency: invoice.currency,
  };
}

interface Credits {
  /** Amounts that documents of this clause and subject said beyond what is owed, with the credits that took them back. */
  readonly undone: { readonly act: Act; readonly amount: number; readonly at: Instant }[];
  readonly corrected: { readonly act: Act; readonly amount: number; readonly at: Instant }[];
}

const currencyOf = ({ content }: Act): string => String(content['currency'] ?? 'KZT');

const tiyn = (content: Readonly<Record<string, unknown>>): number => Math.round(Number(content['amount'] ?? 0) * 100);

/** Credits of the claims, by clause, subject and kind of claim. */
function creditsOf(machine: Machine, wanted: ReadonlyMap<string, Wanted>): ReadonlyMap<string, Credits> {
  const credits = new Map<string, Credits>();
  for (const history of machine.acts.values())
    for (const act of history.generations) {
      if (act.kind !== 'claim') continue;
      // Seen from later knowledge a document that is taken back later is left out, with all its credits.
      if (act.undoneAt === null && !wanted.has(act.key)) continue;
      const place = `${act.clause}|${act.subject}|${String(act.content['claim'])}`;
      let found = credits.get(place);
      if (!found) credits.set(place, (found = { undone: [], corrected: [] }));
      act.corrections.forEach((correction, position) => {
        const after = act.corrections[position + 1]?.content ?? act.content;
        const difference = tiyn(correction.content) - tiyn(after);
        if (difference > 0) found.corrected.push({ act, amount: difference, at: correction.at });
      });
      if (act.undoneAt !== null) found.undone.push({ act, amount: tiyn(act.content), at: act.undoneAt });
    }
  return credits;
}

function claimPostings(machine: Machine, wanted: ReadonlyMap<string, Wanted> | null): readonly Posting[] {
  const postings: Posting[] = [];
  const credits = wanted === null ? new Map<string, Credits>() : creditsOf(machine, wanted);
  const live = new Map<string, Claim>();
  for (const claim of machine.claims) live.set(`${claim.rule.clause}|${claim.subject}|${claim.what}`, claim);
  for (const place of new Set([...live.keys(), ...credits.keys()])) {
    const claim = live.get(place);
    const found = credits.get(place) ?? { undone: [], corrected: [] };
    const what = (claim?.what ?? place.slice(place.lastIndexOf('|') + 1)) as 'fine' | 'penalty';
    postings.push(...(what === 'fine' ? finePostings(machine, claim, found) : penaltyPostings(machine, claim, found)));
    for (const { act, amount, at } of [...found.undone, ...found.corrected])
      postings.push({
        at,
        clause: act.clause,
        subject: act.subject,
        kind: 'credit',
        amount,
        currency: currencyOf(act),
      });
  }
  return postings;
}

/** A fine that is owed, and beside it each one whose document was undone. */
function finePostings(machine: Machine, claim: Claim | undefined, credits: Credits): readonly Posting[] {
  const correctedOf = (counts: (act: Act) => boolean): number =>
    credits.corrected.filter((one) => counts(one.act)).reduce((sum, one) => sum + one.amount, 0);
  const undone: Posting[] = credits.undone.map(({ act, amount }) => ({
    at: act.legalAt,
    clause: act.clause,
    subject: act.subject,
    kind: 'fine',
    amount: amount + correctedOf((one) => one === act),
    currency: currencyOf(act),
  }));
  const invoice = claim && machine.invoices.get(claim.subject);
  if (!claim || !invoice) return undone;
  const formula = fineOf(machine, claim, invoice);
  const corrected = correctedOf((one) => one.undoneAt === null);
  return [
    ...undone,
    {
      at: claim.at,
      clause: claim.rule.clause,
      subject: claim.subject,
      kind: 'fine',
      amount: formula === null ? null : formula + corrected,
      currency: 'KZT',
    },
  ];
}

/** One entry per clause, subject and currency: the formula, and what documents said beyond it (their credits stand beside it). */
function penaltyPostings(machine: Machine, claim: Claim | undefined, credits: Credits): readonly Posting[] {
  const all = [...credits.undone, ...credits.corrected];
  const beyond = (currency: string): number =>
    all.filter(({ act }) => currencyOf(act) === currency).reduce((sum, one) => sum + one.amount, 0);
  const invoice = claim && machine.invoices.get(claim.subject);
  const firsts = new Map(all.toReversed().map(({ act }) => [currencyOf(act), act] as const));
  if (invoice) firsts.delete(invoice.currency);
  const undone = [...firsts].map(([currency, act]): Posting => ({
    at: act.legalAt,
    clause: act.clause,
    subject: act.subject,
    kind: 'penalty',
    amount: beyond(currency),
    currency,
    days: Number(act.content['days']),
  }));
  if (!claim || !invoice) return undone;
  const accrued = accrue(machine, claim, invoice, machine.now);
  const more = beyond(invoice.currency);
  if (accrued.days === 0 && more === 0) return undone;
  const at = machine.law.offer.zone.startOf((invoice.lapsedDay ?? 0) + 1);
  return [
    ...undone,
    {
      at,
      clause: claim.rule.clause,
      subject: claim.subject,
      kind: 'penalty',
      amount: accrued.amount + more,
      currency: invoice.currency,
      days: accrued.days,
    },
  ];
}

/** What is owed, by currency, in tiyn. */
export function balanceOf(postings: readonly Posting[]): Readonly<Record<string, number>> {
  const balance: Record<string, number> = { KZT: 0 };
  for (const one of postings)
    balance[one.currency] = (balance[one.currency] ?? 0) + RAISES[one.kind] * (one.amount ?? 0);
  return balance;
}

/** The ledger of the outcome. */
export function ledgerOf(
  machine: Machine,
  wanted: ReadonlyMap<string, Wanted>,
): { entries: readonly LedgerEntry[]; balance: Readonly<Record<string, string>> } {
  const postings = postingsOf(machine, wanted);
  const { zone } = machine.law.offer;
  const entries = postings.map((one): LedgerEntry => ({
    at: zone.format(one.at),
    clause: one.clause,
    subject: one.subject,
    kind: one.kind,
    amount: one.amount === null ? null : formatMoney(one.amount),
    currency: one.currency,
    ...(one.days === undefined ? {} : { days: one.days }),
    ...(one.amount === null ? { provisional: true } : {}),
  }));
  const balance = Object.fromEntries(
    Object.entries(balanceOf(postings)).map(([currency, amount]) => [currency, formatMoney(amount)]),
  );
  return { entries, balance };
}
