import { formatDay } from '../../law/day.js';
import { formatMoney } from '../../law/money.js';
import { mciOn } from '../../law/rates.js';
import type { Instant } from '../../law/types.js';
import { accrue, accrueOver, daysOfDelay } from './accrual.js';
import { latestOf } from '../acts.js';
import { tiynOf } from './invoices.js';
import { keyOf, type Claim, type Invoice, type Machine } from '../walk/state.js';
import type { Act } from '../types.js';

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

/** What a claim calls for as of now. */
export interface Called {
  /** A fine at once; of a penalty one document whenever its accrual has stopped, one for each period. */
  readonly documents: readonly ClaimDocument[];
  /** The document of a penalty that runs on. */
  readonly standing: Act | null;
}

/** The documents that a claim calls for, and the one that stands while its penalty runs on. */
export function calledFor(machine: Machine, claim: Claim): Called {
  const invoice = machine.invoices.get(claim.subject);
  if (!invoice) return { documents: [], standing: null };
  if (claim.what === 'fine') return { documents: [fine(machine, claim, invoice)], standing: null };
  const { stops, running } = stopsOf(machine, claim, invoice);
  const documents = penalties(machine, claim, invoice, stops);
  return { documents, standing: running === null ? null : standingOf(machine, claim, invoice, running, documents) };
}

function fine(machine: Machine, claim: Claim, invoice: Invoice): ClaimDocument {
  const amount = fineOf(machine, claim, invoice);
  return {
    key: keyOf(claim.rule.provision, claim.subject, claim.run, 'claim', 'fine'),
    claim,
    at: claim.at,
    amount,
    currency: 'KZT',
    content: {
      claim: 'fine',
      invoice: claim.subject,
      mci: claim.mciHundredths / 100,
      amount: amount === null ? null : formatMoney(amount),
      currency: 'KZT',
    },
  };
}

function penalties(machine: Machine, claim: Claim, invoice: Invoice, stops: Stops['stops']): readonly ClaimDocument[] {
  const documents: ClaimDocument[] = [];
  let before = 0;
  let daysBefore = 0;
  for (const stop of stops) {
    const stretches = daysOfDelay(machine, claim, invoice, stop.at);
    const accrued = accrueOver(claim, invoice, stretches);
    const amount = accrued.amount - before;
    if (amount <= 0) continue;
    documents.push({
      key: keyOf(claim.rule.provision, claim.subject, claim.run, 'claim', stop.slot),
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

/**
 * The document of a penalty that runs on: the payment that had stopped it never was. What it claims is owed all the same, so that it stands, and is
 * made larger when accrual stops. Null where there is none, or where less is owed than the documents say: then it is taken back.
 */
function standingOf(
  machine: Machine,
  claim: Claim,
  invoice: Invoice,
  running: string,
  documents: readonly ClaimDocument[],
): Act | null {
  const key = keyOf(claim.rule.provision, claim.subject, claim.run, 'claim', running);
  const act = latestOf(machine.acts.get(key));
  if (act?.state !== 'done' || documents.some((one) => one.key === key)) return null;
  const claimed = documents.reduce((sum, one) => sum + (one.amount ?? 0), tiynOf(act.content['amount']) ?? 0);
  return claimed <= accrue(machine, claim, invoice, machine.now).amount ? act : null;
}

interface Stops {
  readonly stops: readonly { at: Instant; slot: string }[];
  /** The slot of the period that accrues now; null when none does. */
  readonly running: string | null;
}

/** When accrual stopped: the cap was reached, or the principal was paid; after a reversal it stops anew. */
function stopsOf(machine: Machine, claim: Claim, invoice: Invoice): Stops {
  if (invoice.lapsedDay === null) return { stops: [], running: null };
  const start = machine.law.offer.zone.startOf(invoice.lapsedDay + 1);
  const { cappedAt } = claim;
  const stops: { at: Instant; slot: string }[] = [];
  let slot = 'penalty';
  for (const change of invoice.changes) {
    if (change.at < start) continue;
    if (cappedAt !== null && change.at > cappedAt) break;
    if (change.reversal !== null) slot = change.reversal;
    if (change.unpaid === 0 && change.at !== cappedAt) stops.push({ at: change.at, slot });
  }
  if (cappedAt !== null) return { stops: [...stops, { at: cappedAt, slot }], running: null };
  return { stops, running: invoice.changes[invoice.changes.length - 1]?.unpaid === 0 ? null : slot };
}
