import { daysOf, plainLast } from './plain.js';
import type { CalendarView, Day, Instant, Term, Toll, Zone } from './types.js';

/** What is needed to say how many days were not counted. */
export interface TollState {
  readonly tolls: readonly Toll[];
  readonly zone: Zone;
  readonly asOf: Instant;
}

/**
 * The last day of a forward term in which tolled days are not counted: days are counted around the tolls, months and
 * longer move by the number of tolled days inside, again until no further toll is reached. Null when a toll without an
 * end touches the term. The day it gives is never tolled itself.
 */
export function tolledLast(term: Term, dayZero: Day, view: CalendarView, tolls: readonly Toll[]): Day | null {
  switch (term.unit) {
    case 'working days':
    case 'bank days':
      return aroundTolls(term, dayZero, view, tolls);
    case 'calendar days':
    case 'weeks':
    case 'half-months':
      return stretched(dayZero + term.n * daysOf(term.unit), dayZero + 1, tolls);
    case 'months':
    case 'quarters':
    case 'half-years':
    case 'years':
      return stretched(plainLast(term, dayZero, view), dayZero + 1, tolls);
    case 'hours':
    case 'working hours':
      throw new Error('Hours are tolled to the millisecond, not by days.');
  }
}

/** The day itself, or when it is tolled the first working day after the toll; null when that toll has no end. */
export function afterTolls(day: Day, view: CalendarView, tolls: readonly Toll[]): Day | null {
  let last = day;
  for (const toll of tolls) {
    if (toll.fromDay > last) break;
    if (toll.toDay === null) return null;
    if (toll.toDay >= last) last = view.workingOnOrAfter(toll.toDay + 1);
  }
  return last;
}

/** Tolled days from `first` to `last`, both included; up to the day of asOf while the end is open. */
export function tolledIn({ tolls, zone, asOf }: TollState, first: Day, last: Day | null): number {
  let days = 0;
  let next = first;
  const today = Number.isFinite(asOf) ? zone.dayOf(asOf) : null;
  for (const toll of tolls) {
    const from = Math.max(toll.fromDay, next);
    const end = toll.toDay ?? today ?? from - 1;
    const to = last === null ? end : Math.min(end, last);
    if (to < from) continue;
    days += to - from + 1;
    next = to + 1;
  }
  return days;
}

/** Days without regard to what they are: each tolled day inside pushes the end by one. */
function stretched(end: Day, first: Day, tolls: readonly Toll[]): Day | null {
  let last = end;
  let next = first;
  for (const toll of tolls) {
    const from = Math.max(toll.fromDay, next);
    if (from > last) break;
    if (toll.toDay === null) return null;
    if (toll.toDay < from) continue;
    last += toll.toDay - from + 1;
    next = toll.toDay + 1;
  }
  return last;
}

/** Working or bank days: those before a toll are counted, then those after it. */
function aroundTolls(term: Term, dayZero: Day, view: CalendarView, tolls: readonly Toll[]): Day | null {
  const bank = term.unit === 'bank days';
  let position = dayZero;
  let left = term.n;
  for (const toll of tolls) {
    const from = Math.max(toll.fromDay, position + 1);
    const last = bank ? view.nthBankAfter(position, left) : view.nthWorkingAfter(position, left);
    if (from > last) return last;
    if (toll.toDay === null) return null;
    if (toll.toDay < from) continue;
    left -= bank ? view.bankIn(position + 1, from - 1) : view.workingIn(position + 1, from - 1);
    position = toll.toDay;
  }
  return bank ? view.nthBankAfter(position, left) : view.nthWorkingAfter(position, left);
}
