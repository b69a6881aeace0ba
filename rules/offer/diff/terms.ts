import { formatTerm } from '../../law/term.js';
import type { AnyTerm, Unit } from '../../law/types.js';
import { formatWorkHours } from '../../law/work-hours.js';
import type { CompiledOffer, Rule, Within } from '../types.js';
import { practiceOf } from '../usual.js';

/** How one term stands to another. */
export interface TermChange {
  readonly how: 'same' | 'shorter' | 'longer' | 'other unit' | 'new' | 'gone';
  readonly says: string;
  /** Of terms in different units: which way it goes in practice, where it always goes one way. */
  readonly usually: 'shorter' | 'longer' | null;
}

/** Units that measure each other whatever the calendar says. */
const MEASURES: Readonly<Partial<Record<Unit, { readonly in: 'days' | 'months'; readonly times: number }>>> = {
  'calendar days': { in: 'days', times: 1 },
  weeks: { in: 'days', times: 7 },
  months: { in: 'months', times: 1 },
  quarters: { in: 'months', times: 3 },
  'half-years': { in: 'months', times: 6 },
  years: { in: 'months', times: 12 },
};

/** The term of a rule as the offer would say it. */
export function sayWithin(within: Within | null): string {
  switch (within?.form) {
    case undefined:
      return 'at once';
    case 'open':
      return 'without a last day';
    case 'end':
      return 'until the end of the contract';
    case 'term':
      return formatTerm(within.term);
    case 'before':
      return `${formatTerm(within.term)} the day in "${within.field}"`;
    case 'named':
      return `${formatTerm(within.term)}, or the ${within.earlierToo ? '' : 'later '}day in "${within.field}"`;
    case 'earlier':
      return `${formatTerm(within.term)}, and no later than ${within.ref}`;
  }
}

/** Compares the terms of two rules of one clause; where the units differ, by what they come to in the two latest official years. */
export function compareTerms(from: CompiledOffer, old: Rule, to: CompiledOffer, now: Rule): TermChange {
  const was = sayWithin(old.within);
  const is = sayWithin(now.within);
  const noRoll =
    old.noRoll === now.noRoll ? '' : now.noRoll ? '; a last day off no longer moves' : '; a last day off now moves';
  const a = termOf(old.within);
  const b = termOf(now.within);
  const office = officeChange(from, a, to, b);
  if (was === is && noRoll === '' && office === '') return { how: 'same', says: '', usually: null };
  if (a === null && b === null) return { how: 'other unit', says: `${was} becomes ${is}`, usually: null };
  if (a === null) return { how: 'new', says: `${was} becomes ${is}`, usually: null };
  if (b === null) return { how: 'gone', says: `${was} becomes ${is}`, usually: null };
  const says = was === is && office !== '' ? `${is}${office}${noRoll}` : `${was} becomes ${is}${office}${noRoll}`;
  const order = measured(a, b);
  if (order !== null && order !== 0 && noRoll === '' && office === '')
    return { how: order < 0 ? 'longer' : 'shorter', says, usually: null };
  const practice = usually(from, old, a, to, now, b);
  const measure = order === null ? '; these cannot be compared in days' : '';
  return { how: 'other unit', says: `${says}${measure}${practice.says}`, usually: practice.way };
}

const termOf = (within: Within | null): AnyTerm | null =>
  within === null || within.form === 'open' || within.form === 'end' ? null : within.term;

/** The same number of hours of work is another term where the office has other hours. */
function officeChange(from: CompiledOffer, a: AnyTerm | null, to: CompiledOffer, b: AnyTerm | null): string {
  const counted = [a, b].every((term) => term?.kind === 'length' && term.unit === 'working hours');
  const [old, now] = [formatWorkHours(from.hours), formatWorkHours(to.hours)];
  return counted && old !== now ? `, counted in ${now} in place of ${old}` : '';
}

/** Below zero when the first is shorter; null when only a calendar could say. */
function measured(a: AnyTerm, b: AnyTerm): number | null {
  if (a.kind !== 'length' || b.kind !== 'length') return null;
  if (a.moreThan !== b.moreThan || a.before !== b.before || a.inclusive !== b.inclusive) return null;
  if (a.unit === b.unit) return a.n - b.n;
  const left = MEASURES[a.unit];
  const right = MEASURES[b.unit];
  return left && right && left.in === right.in ? a.n * left.times - b.n * right.times : null;
}

/** Counts both from every day of two official years. */
function usually(
  from: CompiledOffer,
  old: Rule,
  a: AnyTerm,
  to: CompiledOffer,
  now: Rule,
  b: AnyTerm,
): { readonly says: string; readonly way: 'shorter' | 'longer' | null } {
  const before = practiceOf(from);
  const after = practiceOf(to);
  if (a.kind === 'length' && b.kind === 'length' && a.before !== b.before) return { says: '', way: null };
  const backward = a.kind === 'length' && a.before;
  const gains = before.days.map((day) => {
    const moved = after.lastDay(b, now.noRoll, day) - before.lastDay(a, old.noRoll, day);
    // Backward, a later last day leaves the term nearer to its day: it is the shorter notice.
    return backward ? -moved : moved;
  });
  const longer = gains.filter((days) => days > 0).length;
  const shorter = gains.filter((days) => days < 0).length;
  const share = (count: number): string => `${Math.round((count * 100) / gains.length)} %`;
  const least = Math.min(...gains);
  const most = Math.max(...gains);
  if (longer === 0 && shorter === 0) return { says: '; in practice the last day is the same', way: null };
  const range = least === most ? `${days(Math.abs(most))}` : `from ${sign(least)} to ${days(most, true)}`;
  const usual = mostFrequent(gains);
  const often = usual === 0 ? 'on the same day' : `${days(Math.abs(usual))} ${usual > 0 ? 'later' : 'earlier'}`;
  const says = `; in practice the new term ends most often ${often}: later from ${share(longer)} of all days and earlier from ${share(shorter)} (${range})`;
  return { says, way: longer === 0 ? 'shorter' : shorter === 0 ? 'longer' : null };
}

/** Of the differences that are equally frequent, the first. */
function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

const sign = (count: number): string => (count > 0 ? `+${count}` : String(count));
const days = (count: number, signed = false): string =>
  `${signed ? sign(count) : count} ${Math.abs(count) === 1 ? 'day' : 'days'}`;
