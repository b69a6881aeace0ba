import { civil, daysInMonth } from './day.js';
import { plainLast } from './plain.js';
import { afterTolls, tolledIn, tolledLast, type TollState } from './toll.js';
import type { AnyTerm, CalendarView, Day, Instant, Start, Term, Toll, WorkHours, Zone } from './types.js';
import { DAY, HOUR } from './span.js';
import { runsInHours } from './work-hours.js';
import { firstAsked, workedBetween, workedUntil, type Work } from './work.js';

/** A term counted in one state of the calendar. Days and instants are null while a toll without an end runs. */
export interface Counted {
  /** Day 0: the day of the event, or the day before it where that day is included; the stated day of a backward term. */
  readonly dayZero: Day;
  /** Day 1; for hours the day in which they start; for hours of work the first day of which one asks whether it is worked. */
  readonly first: Day;
  /** The last day before any roll. */
  readonly raw: Day | null;
  readonly last: Day | null;
  readonly due: Instant | null;
  readonly tolledDays: number;
}

const NO_TOLLS: readonly Toll[] = [];

/** Civil Code 175 moves the last day of this term when it is not worked. What opens after a day, counts backward or runs in hours never rolls. */
export function rolls(term: AnyTerm): boolean {
  return term.kind === 'length' && !term.moreThan && !term.before && !term.noRoll && !runsInHours(term.unit);
}

/**
 * Day 0 of a term. Civil Code 173: a term starts on the day after its event; where a clause says "that day included",
 * the day of the event is day 1, so day 0 is the one before (for a backward term, the one after).
 */
export function dayZeroOf(term: AnyTerm, start: Start, zone: Zone): Day {
  const { event, day: stated } = start as { readonly event?: Instant; readonly day?: Day };
  const day = event === undefined ? stated! : zone.dayOf(event);
  if (term.kind !== 'length' || !term.inclusive) return day;
  return term.before ? day + 1 : day - 1;
}

/** Civil Code 172(2): a term may run in hours. Its first instant: the event itself, or 00:00 after day 0; backward, the stated instant or 00:00 of the stated day. */
export function hoursFrom(term: Term, start: Start, zone: Zone): Instant {
  if ('event' in start) return start.event;
  return zone.startOf(term.before ? start.day : start.day + 1);
}

/** Civil Code 172(1): a term may be a calendar date. The last day of the month of day 0: `first day of the next month` is the instant after it. */
export function lastOfMonth(dayZero: Day): Day {
  const date = civil(dayZero);
  return dayZero - date.day + daysInMonth(date.year, date.month);
}

/** Counts a term in one state of the calendar, with tolls. `roll` is false where the caller rules article 175 out. */
export function countIn(
  term: AnyTerm,
  start: Start,
  zone: Zone,
  view: CalendarView,
  tolls: readonly Toll[] = NO_TOLLS,
  roll: boolean,
  asOf: Instant,
  hours: WorkHours,
): Counted {
  const dayZero = dayZeroOf(term, start, zone);
  // A date is not a running term (172(1)): the first of the next month comes whatever is tolled.
  if (term.kind !== 'length') return ended(dayZero, dayZero, lastOfMonth(dayZero), lastOfMonth(dayZero), zone, 0);
  if (term.unit === 'hours') return countHours(term, start, zone, tolls, asOf);
  if (term.unit === 'working hours')
    return countWork(hoursFrom(term, start, zone), term.n * HOUR, { zone, view, hours }, tolls, asOf);
  if (term.before) return countBack(term, dayZero, zone, view, tolls, asOf);

  const first = dayZero + 1;
  const state: TollState = { tolls, zone, asOf };
  const raw = tolledLast(term, dayZero, view, tolls);
  if (raw === null) return open(dayZero, first, null, tolledIn(state, first, null));
  const rolled = roll && rolls(term) ? view.workingOnOrAfter(raw) : raw;
  const last = afterTolls(rolled, view, tolls);
  if (last === null) return open(dayZero, first, raw, tolledIn(state, first, null));
  return ended(dayZero, first, raw, last, zone, tolledIn(state, first, last));
}

/** A backward term is not stretched by tolls, which lie after its last day; only a last day that is itself tolled moves. */
function countBack(
  term: Term,
  dayZero: Day,
  zone: Zone,
  view: CalendarView,
  tolls: readonly Toll[],
  asOf: Instant,
): Counted {
  const raw = plainLast(term, dayZero, view);
  const last = afterTolls(raw, view, tolls);
  if (last === null) return open(dayZero, dayZero - 1, raw, tolledIn({ tolls, zone, asOf }, raw, null));
  const tolledDays = last === raw ? 0 : tolledIn({ tolls, zone, asOf }, raw, last);
  return ended(dayZero, dayZero - 1, raw, last, zone, tolledDays);
}

/** Civil Code 172(2): hours run from the instant, through nights and holidays; tolled time is added to the millisecond. */
function countHours(term: Term, start: Start, zone: Zone, tolls: readonly Toll[], asOf: Instant): Counted {
  const from = hoursFrom(term, start, zone);
  const dayZero = zone.dayOf(from);
  if (term.before) {
    const due = from - term.n * HOUR;
    const last = zone.dayOf(due - 1);
    return { dayZero, first: dayZero, raw: last, last, due, tolledDays: 0 };
  }
  let due = from + term.n * HOUR;
  let tolled = 0;
  for (const toll of tolls) {
    const begins = Math.max(toll.from, from);
    if (begins >= due) break;
    if (toll.to === null) return open(dayZero, dayZero, null, wholeDays(tolled + soFar(begins, asOf)));
    if (toll.to <= begins) continue;
    due += toll.to - begins;
    tolled += toll.to - begins;
  }
  const last = zone.dayOf(due - 1);
  return { dayZero, first: dayZero, raw: last, last, due, tolledDays: wholeDays(tolled) };
}

/** Whole days of 24 hours: what is less than a day was not a day that was not counted. */
const wholeDays = (ms: number): number => Math.floor(ms / DAY);

/** How long a toll without an end has run at the instant that is asked about. */
const soFar = (begins: Instant, asOf: Instant): number => (Number.isFinite(asOf) ? Math.max(0, asOf - begins) : 0);

/**
 * Civil Code 172(2) in an offer's own hours of work: they run from the instant, or from the next opening, and stand still between closing
 * and opening; work done in tolled time is not counted, to the millisecond.
 */
export function countWork(from: Instant, ms: number, work: Work, tolls: readonly Toll[], asOf: Instant): Counted {
  const { zone } = work;
  const first = firstAsked(from, work);
  let position = from;
  let left = ms;
  let tolled = 0;
  for (const toll of tolls) {
    const begins = Math.max(toll.from, position);
    if (toll.to !== null && toll.to <= begins) continue;
    if (begins >= workedUntil(position, left, work)) break;
    if (toll.to === null) return open(first - 1, first, null, wholeDays(tolled + soFar(begins, asOf)));
    left -= workedBetween(position, begins, work);
    tolled += toll.to - begins;
    position = toll.to;
  }
  const due = workedUntil(position, left, work);
  const last = zone.dayOf(due - 1);
  return { dayZero: first - 1, first, raw: last, last, due, tolledDays: wholeDays(tolled) };
}

function ended(dayZero: Day, first: Day, raw: Day, last: Day, zone: Zone, tolledDays: number): Counted {
  // Civil Code 176: in time until 24:00 of the last day, so the first late instant is 00:00 of the day after.
  return { dayZero, first, raw, last, due: zone.startOf(last + 1), tolledDays };
}

function open(dayZero: Day, first: Day, raw: Day | null, tolledDays: number): Counted {
  return { dayZero, first, raw, last: null, due: null, tolledDays };
}
