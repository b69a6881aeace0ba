import { MCI } from '../data/kz-mci.js';
import { VAT } from '../data/kz-vat.js';
import { parseDay } from './day.js';
import { parseMoney, parseRatio, type Ratio, type Tiyn } from './money.js';
import type { Day, Instant, Refusal } from './types.js';
import { zoneOf } from './zone.js';

/** A rate as it was known: with the act that set it. */
export interface Rate {
  readonly source: string;
  readonly act: string;
  readonly publishedAt: Instant;
}

interface Row {
  readonly from: Day;
  readonly to: Day;
  readonly publishedAt: Instant;
  readonly act: string;
  readonly source: string;
}

type MciRow = Row & { readonly amountTiyn: Tiyn };
type VatRow = Row & { readonly rate: Ratio; readonly percent: string };

// oxlint-disable-next-line merzim/pure -- made at first use, the same every time
let mci: readonly MciRow[] | undefined;
// oxlint-disable-next-line merzim/pure -- made at first use, the same every time
let vat: readonly VatRow[] | undefined;

/**
 * The monthly calculation index of a day, as published by `asOf` and known by `knownAt`. Null where the budget law of that
 * year was not published yet: an unknown amount is never guessed.
 */
export function mciOn(day: Day, asOf: Instant, knownAt: Instant): (Rate & { readonly amountTiyn: Tiyn }) | null {
  mci ??= MCI.map((row) => ({ ...rowOf(row, row.to), amountTiyn: checked(parseMoney(row.amount)) }));
  return latest(mci, day, asOf, knownAt);
}

/** The general rate of value added tax by the day of turnover; null before 2018. `percent` is the text of the law. */
export function vatOn(
  day: Day,
  asOf: Instant,
  knownAt: Instant,
): (Rate & { readonly rate: Ratio; readonly percent: string }) | null {
  vat ??= VAT.map((row) => {
    const { over, under } = checked(parseRatio(row.percent));
    return { ...rowOf(row, null), rate: { over, under: under * 100n }, percent: row.percent };
  });
  return latest(vat, day, asOf, knownAt);
}

/** Of the rows that hold a day and were published, the one that began last: a new rate ends the old one when it begins. */
function latest<T extends Row>(rows: readonly T[], day: Day, asOf: Instant, knownAt: Instant): T | null {
  const by = Math.min(asOf, knownAt);
  return rows.findLast((row) => row.publishedAt <= by && row.from <= day && day <= row.to) ?? null;
}

function rowOf(row: { from: string; act: string; source: string; published: string }, to: string | null): Row {
  return {
    from: checked(parseDay(row.from)),
    to: to === null ? Number.POSITIVE_INFINITY : checked(parseDay(to)),
    publishedAt: zoneOf('Asia/Almaty').startOf(checked(parseDay(row.published))),
    act: row.act,
    source: row.source,
  };
}

function checked<T>(value: T | Refusal): T {
  if (typeof value === 'object' && value !== null && 'code' in value) throw new Error(value.message);
  return value;
}
