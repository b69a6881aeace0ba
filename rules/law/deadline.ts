import { dayZeroOf, hoursFrom, lastOfMonth, rolls } from './count.js';
import { countsWorking, plainLast } from './plain.js';
import { standing } from './publication.js';
import type { AnyTerm, CalendarView, CountingContext, Day, Deadline, Instant, Start, Term } from './types.js';
import { HOUR } from './span.js';
import { runsInHours, USUAL_HOURS } from './work-hours.js';
import { firstAsked, workedUntil } from './work.js';

export { deriveDeadline } from './derive.js';

/**
 * When a term ends: its last day, the first instant that is late, whether a year without an official list was asked for.
 *
 * `5 bank days` from Thursday 12 March 2026, 11:00 in Almaty: the 13th, 16th, 17th, 18th and 19th are counted, `lastDay`
 * is 19 March, `due` is 00:00 of the 20th. Civil Code 173 (starts the day after), 174 (where it ends), 175 (roll), 176 (24:00).
 *
 * Without tolls and without a publication that could move it this is a handful of look-ups; `deriveDeadline` tells
 * the same count at length.
 */
export function deadlineOf(term: AnyTerm, start: Start, ctx: CountingContext): Deadline {
  const { zone, tolls } = ctx;
  if (tolls !== undefined && tolls.length > 0) return general(term, start, ctx);
  if (term.kind !== 'length') return nextMonth(term, start, ctx);
  if (runsInHours(term.unit)) return term.unit === 'hours' ? hours(term, start, ctx) : workHours(term, start, ctx);
  const view = ctx.calendar.view(ctx.opened, ctx.knownAt);
  const dayZero = dayZeroOf(term, start, zone);
  const raw = plainLast(term, dayZero, view);
  const moves = !countsWorking(term.unit) && ctx.noRoll !== true && rolls(term);
  const lastDay = moves ? view.workingOnOrAfter(raw) : raw;
  const due = zone.startOf(lastDay + 1);
  if (view.until < due && view.until <= ctx.asOf && isMoved(term, dayZero, lastDay, due, ctx)) {
    return general(term, start, ctx);
  }
  return { lastDay, due, provisional: asked(term, dayZero, raw, lastDay, moves, view), tolledDays: 0 };
}

/**
 * Whether a day that was asked for lies in a year without an official list. Working days, bank days and hours of work ask for each day from the first counted to the last;
 * other terms ask for their last day only, and those that do not roll for none.
 */
function asked(term: Term, dayZero: Day, raw: Day, last: Day, moves: boolean, view: CalendarView): boolean {
  if (countsWorking(term.unit) || term.unit === 'working hours')
    return term.before ? view.provisional(last, dayZero - 1) : view.provisional(dayZero + 1, last);
  return moves || last !== raw ? view.provisional(raw, last) : false;
}

function nextMonth(term: AnyTerm, start: Start, { zone }: CountingContext): Deadline {
  const first = dayZeroOf(term, start, zone);
  const lastDay = lastOfMonth(first);
  return { lastDay, due: zone.startOf(lastDay + 1), provisional: false, tolledDays: 0 };
}

function hours(term: Term, start: Start, { zone }: CountingContext): Deadline {
  const from = hoursFrom(term, start, zone);
  const due = term.before ? from - term.n * HOUR : from + term.n * HOUR;
  const lastDay = zone.dayOf(due - 1);
  return { lastDay, due, provisional: false, tolledDays: 0 };
}

function workHours(term: Term, start: Start, ctx: CountingContext): Deadline {
  const { zone, calendar, opened, knownAt, asOf } = ctx;
  const view = calendar.view(opened, knownAt);
  const work = { zone, view, hours: ctx.hours ?? USUAL_HOURS };
  const from = hoursFrom(term, start, zone);
  const due = workedUntil(from, term.n * HOUR, work);
  if (view.until < due && view.until <= asOf) return general(term, start, ctx);
  const lastDay = zone.dayOf(due - 1);
  return { lastDay, due, provisional: view.provisional(firstAsked(from, work), lastDay), tolledDays: 0 };
}

/** Terms in working and bank days end on such a day by themselves, so only the others roll (175). */
function lastIn(term: Term, dayZero: Day, view: CalendarView, ctx: CountingContext): Day {
  const raw = plainLast(term, dayZero, view);
  if (countsWorking(term.unit) || ctx.noRoll === true || !rolls(term)) return raw;
  return view.workingOnOrAfter(raw);
}

/** Most publications are about days that a term does not have: only one that gives another last day needs the long way. */
function isMoved(term: Term, dayZero: Day, lastDay: Day, due: Instant, ctx: CountingContext): boolean {
  let view = ctx.calendar.view(ctx.opened, ctx.knownAt);
  while (view.until < due && view.until <= ctx.asOf) {
    const next = ctx.calendar.view(view.until, ctx.knownAt);
    if (next === view || lastIn(term, dayZero, next, ctx) !== lastDay) return true;
    view = next;
  }
  return false;
}

/** With tolls, or with publications that may move the deadline. */
function general(term: AnyTerm, start: Start, ctx: CountingContext): Deadline {
  const { counted, view } = standing(term, start, ctx);
  const { dayZero, raw, last, due, tolledDays } = counted;
  if (term.kind !== 'length' || term.unit === 'hours' || last === null)
    return { lastDay: last, due, provisional: false, tolledDays };
  const moves = !countsWorking(term.unit) && ctx.noRoll !== true && rolls(term);
  return { lastDay: last, due, provisional: asked(term, dayZero, raw ?? last, last, moves, view), tolledDays };
}
