import { clip } from './day.js';
import { refuse } from './refusal.js';
import type { Refusal } from './types.js';

/**
 * Money in hundredths (tiyn, cents), a safe integer: exact up to 90 trillion tenge, and JSON can carry it. Products are made
 * in unlimited integers, so nothing overflows on the way to the one rounding at the end.
 */
export type Tiyn = number;

/** An exact rate: `over / under`. 0.1 % is 1/1000. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** Reads `100000.00` (also `100000` and `-5.5`). Refuses anything with a third digit after the point: money has none. */
export function parseMoney(text: string): Tiyn | Refusal {
  const plain = parsePlain(text);
  if (plain !== null) return plain;
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) {
    return refuse(
      'money.unreadable',
      `"${clip(text)}" is not an amount; write it as 100000.00, with a point and two digits.`,
    );
  }
  const tiyn = Number(`${match[2]}${(match[3] ?? '').padEnd(2, '0')}`);
  if (!Number.isSafeInteger(tiyn))
    return refuse('money.too_large', `${clip(text)} is more than can be counted exactly.`);
  // Not -0: it would print as a debt of nothing.
  return match[1] === '-' && tiyn !== 0 ? -tiyn : tiyn;
}

/** The usual form, at most twelve digits and two after the point, by its letters alone; null for any other. */
function parsePlain(text: string): Tiyn | null {
  const point = text.length - 3;
  if (point < 1 || point > 12 || text.charCodeAt(point) !== 46) return null;
  let tiyn = 0;
  for (let position = 0; position < text.length; position++) {
    if (position === point) continue;
    const digit = text.charCodeAt(position) - 48;
    if (digit < 0 || digit > 9) return null;
    tiyn = 10 * tiyn + digit;
  }
  return tiyn;
}

/** `100000.00`; always two digits after the point. Throws on what is no whole number of tiyn. */
export function formatMoney(tiyn: Tiyn): string {
  if (!Number.isSafeInteger(tiyn)) throw new RangeError(`${tiyn} is not a whole number of tiyn.`);
  const size = Math.abs(tiyn);
  const rest = size % 100;
  return `${tiyn < 0 ? '-' : ''}${(size - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
}

/** Reads a positive decimal as an exact ratio: `ratioOf('525.34')` is 26267/50 in lowest terms or any equal pair. */
export function parseRatio(text: string): Ratio | Refusal {
  const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  const over = match === null ? 0n : BigInt(`${match[1]}${match[2] ?? ''}`);
  if (match === null || over === 0n) {
    return refuse('rate.unreadable', `"${clip(text)}" is not a rate; write a positive decimal such as 525.34.`);
  }
  return { over, under: 10n ** BigInt((match[2] ?? '').length) };
}

/** A rate in hundredths of a percent as a ratio: 10 is 0.1 %, 500 is 5 %. */
export function perMyriad(n: number): Ratio {
  return { over: BigInt(n), under: 10_000n };
}

/** `rate` of an amount, `times` over, rounded half up to the tiyn once: 0.1 % of 100000.00 for 22 days is 2200.00. */
export function percentOf(amount: Tiyn, rate: Ratio, times = 1): Tiyn {
  return round(BigInt(amount) * BigInt(times) * rate.over, rate.under);
}

/** One stretch of days on which the same base was unpaid. */
export interface Stretch {
  readonly base: Tiyn;
  readonly days: number;
}

/**
 * A penalty over stretches that part payments divide: the exact sum of base × rate × days, at most `cap`, rounded once. To
 * split a stretch or a payment at one instant changes nothing, because nothing is rounded on the way.
 */
export function accrued(
  stretches: readonly Stretch[],
  rate: Ratio,
  cap?: { readonly of: Tiyn; readonly rate: Ratio },
): Tiyn {
  let sum = 0n;
  for (const { base, days } of stretches) sum += BigInt(base) * BigInt(days);
  const amount = round(sum * rate.over, rate.under);
  return cap === undefined ? amount : Math.min(amount, percentOf(cap.of, cap.rate));
}

/**
 * An amount at an official exchange rate, which the National Bank gives for `quant` units (1, 100 or 1000): 10.00 USD at
 * 525.34 for 1 is 5253.40 KZT. One rounding.
 */
export function convert(amount: Tiyn, rate: Ratio, quant = 1): Tiyn {
  return round(BigInt(amount) * rate.over, rate.under * BigInt(quant));
}

/** Half up by size: a half goes away from zero, so that a credit is as large as what it takes back. */
function round(over: bigint, under: bigint): Tiyn {
  const size = over < 0n ? -over : over;
  const rounded = Number((2n * size + under) / (2n * under));
  if (!Number.isSafeInteger(rounded)) throw new RangeError('An amount is larger than can be counted exactly.');
  return over < 0n && rounded !== 0 ? -rounded : rounded;
}
