import type { Fact } from './fact.js';
import { INTERNAL_TYPES, VOCABULARY } from './vocabulary.js';

const common: ReadonlyMap<string, number> = new Map(VOCABULARY.map(({ type }, index) => [type, index]));
const own: ReadonlyMap<string, number> = new Map(INTERNAL_TYPES.map((type, index) => [type, index]));

/**
 * Place of a type among facts of one instant: the order of the public vocabulary, then the types that an offer declares
 * (all of one rank), then the engine's own.
 */
export function rankOf(type: string): number {
  const place = own.get(type);
  if (place !== undefined) return VOCABULARY.length + 1 + place;
  return common.get(type) ?? VOCABULARY.length;
}

/** Order in which facts are read: when they happened, then rank of type, then id; never order of arrival. */
export function compareFacts(a: Fact, b: Fact): number {
  return a.at - b.at || rankOf(a.type) - rankOf(b.type) || compareIds(a.id, b.id);
}

/**
 * Compares ids as people count: runs of digits by their number (`f2` before `f10`), the rest by code unit. Total: ids
 * that differ in leading zeros only are compared as text.
 */
export function compareIds(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const order = compareParts(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function compareParts(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const [x, y] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  return x.length - y.length || compareText(x, y);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
