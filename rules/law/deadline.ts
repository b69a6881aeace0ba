import { dayZeroOf, hoursFrom, lastOfMonth, rolls } from './count.js';
import { plainLast } from './plain.js';
import { standing } from './publication.js';
import type { AnyTerm, CountingContext, Deadline, Start } from './types.js';
import { HOUR } from './span.js';

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
  const view = ctx.calendar.view(ctx.opened, ctx.knownAt);
  if (tolls !== undefined && tolls.length > 0) return general(term, start, ctx);
  if (term.kind !== 'length') {
    const first = dayZeroOf(term, start, zone);
    const lastDay = lastOfMonth(first);
    return { lastDay, due: zone.startOf(lastDay + 1), provisional: view.provisional(first, lastDay), tolledDays: 0 };
  }
  if (term.unit === 'hours') {
    const from = hoursFrom(term, start, zone);
    const due = term.before ? from - term.n * HOUR : from + term.n * HOUR;
    const lastDay = zone.dayOf(due - 1);
    const day = zone.dayOf(from);
    const provisional = term.before ? view.provisional(lastDay, day) : view.provisional(day, lastDay);
    return { lastDay, due, provisional, tolledDays: 0 };
  }
  const dayZero = dayZeroOf(term, start, zone);
  let lastDay = plainLast(term, dayZero, view);
  if (ctx.noRoll !== true && rolls(term)) lastDay = view.workingOnOrAfter(lastDay);
  const due = zone.startOf(lastDay + 1);
  if (view.until <= ctx.asOf && view.until < due) return general(term, start, ctx);
  const provisional = term.before ? view.provisional(lastDay, dayZero - 1) : view.provisional(dayZero + 1, lastDay);
  return { lastDay, due, provisional, tolledDays: 0 };
}

/** With tolls, or with publications that may move the deadline. */
function general(term: AnyTerm, start: Start, ctx: CountingContext): Deadline {
  const { counted, view } = standing(term, start, ctx);
  const { first, last, due, tolledDays } = counted;
  const end = last ?? first;
  const provisional = view.provisional(Math.min(first, end), Math.max(first, end));
  return { lastDay: last, due, provisional, tolledDays };
}
