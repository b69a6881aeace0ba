import { formatDay } from '../law/day.js';
import { formatMoney } from '../law/money.js';
import { mciOn } from '../law/rates.js';
import type { Instant } from '../law/types.js';
import { accrueOver, daysOfDelay } from './accrual.js';
import { keyOf, type Claim, type Invoice, type Machine } from './state.js';

/** A document that claims money: what it says and when it is due to be drawn. */
export interface ClaimDocument {
  readonly key: string;
  readonly claim: Claim;
  readonly at: Instant;
  /** Null while what it depends on is not known. */
  readonly amount: number | null;
  readonly currency: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The fine in tiyn: so many MCI of the first late day; null while that MCI is not known (reading 8). */
export function fineOf(machine: Machine, claim: Claim, invoice: Invoice): number | null {
  if (invoice.lapsedDay === null) return null;
  const mci = mciOn(invoice.lapsedDay + 1, machine.view.asOf, machine.view.knownAt);
  return mci === null ? null : Math.round((mci.amountTiyn * claim.mciHundredths) / 100);
}

/** The documents that a claim calls for as of now: a fine at once; a penalty whenever its accrual has stopped, one for each period. */
export function documentsOf(machine: Machine, claim: Claim): readonly ClaimDocument[] {
  const invoice = machine.invoices.get(claim.subject);
  if (!invoice) return [];
  const { clause } = claim.rule;
  if (claim.what === 'fine') {
    const amount = fineOf(machine, claim, invoice);
    const shown = amount === null ? null : formatMoney(amount);
    return [
      {
        key: keyOf(clause, claim.subject, claim.run, 'claim', 'fine'),
        claim,
        at: claim.at,
        amount,
        currency: 'KZT',
        content: {
          claim: 'fine',
          invoice: claim.subject,
          mci: claim.mciHundredths / 100,
          amount: shown,
          currency: 'KZT',
        },
      },
    ];
  }
  return penalties(machine, claim, invoice);
}

function penalties(machine: Machine, claim: Claim, invoice: Invoice): readonly ClaimDocument[] {
  const documents: ClaimDocument[] = [];
  let before = 0;
  let daysBefore = 0;
  for (const stop of stopsOf(machine, claim, invoice)) {
    const stretches = daysOfDelay(machine, claim, invoice, stop.at);
    const accrued = accrueOver(claim, invoice, stretches);
    const amount = accrued.amount - before;
    if (amount <= 0) continue;
    documents.push({
      key: keyOf(claim.rule.clause, claim.subject, claim.run, 'claim', stop.slot),
      claim,
      at: Math.max(stop.at, claim.at),
      amount,
      currency: invoice.currency,
      content: {
        claim: 'penalty',
        invoice: claim.subject,
        amount: formatMoney(amount),
        currency: invoice.currency,
        days: accrued.days - daysBefore,
        table: stretches.map((one) => ({
          from: formatDay(one.from),
          to: formatDay(one.to),
          base: formatMoney(one.base),
        })),
      },
    });
    before = accrued.amount;
    daysBefore = accrued.days;
  }
  return documents;
}

/** When accrual stopped: the cap was reached, or the principal was paid; after a reversal it stops anew. */
function stopsOf(machine: Machine, claim: Claim, invoice: Invoice): readonly { at: Instant; slot: string }[] {
  if (invoice.lapsedDay === null) return [];
  const start = machine.law.offer.zone.startOf(invoice.lapsedDay + 1);
  const stops: { at: Instant; slot: string }[] = [];
  let slot = 'penalty';
  for (const change of invoice.changes) {
    if (change.at < start) continue;
    if (change.reversal !== null) slot = change.reversal;
    if (change.unpaid === 0) stops.push({ at: change.at, slot });
  }
  const first = stops[0];
  if (claim.cappedAt !== null && (first === undefined || claim.cappedAt < first.at))
    return [{ at: claim.cappedAt, slot: 'penalty' }];
  return stops;
}
