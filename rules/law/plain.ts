import { addMonths } from './day.js';
import type { CalendarView, Day, Term, Unit } from './types.js';

/** Civil Code 174, without roll and tolls: the last day of a forward term, or the day that a backward one counts to. */
export function plainLast(term: Term, dayZero: Day, view: CalendarView): Day {
  const { n, unit, before } = term;
  switch (unit) {
    case 'bank days':
      return before ? view.nthBankBefore(dayZero, n) : view.nthBankAfter(dayZero, n);
    case 'working days':
      return before ? view.nthWorkingBefore(dayZero, n) : view.nthWorkingAfter(dayZero, n);
    case 'calendar days':
    case 'weeks':
    case 'half-months':
      return before ? dayZero - n * daysOf(unit) : dayZero + n * daysOf(unit);
    case 'months':
    case 'quarters':
    case 'half-years':
    case 'years':
      return addMonths(dayZero, (before ? -n : n) * monthsOf(unit));
    case 'hours':
    case 'working hours':
      throw new Error('Hours have no days to count: they run from an instant.');
  }
}

/** Days of a unit that is a fixed number of them: a week ends on the same weekday (174(4)), half a month is 15 days (174(3)). */
export function daysOf(unit: 'calendar days' | 'weeks' | 'half-months'): number {
  return unit === 'weeks' ? 7 : unit === 'half-months' ? 15 : 1;
}

/**
 * Months of a unit that ends on the corresponding day. A quarter is three months (174(2)); the Code counts the quarters of
 * a *year* from its start, which names a quarter; a term *of* a quarter runs three months from its own start.
 */
export function monthsOf(unit: 'months' | 'quarters' | 'half-years' | 'years'): number {
  return unit === 'months' ? 1 : unit === 'quarters' ? 3 : unit === 'half-years' ? 6 : 12;
}

/** Units that are counted in working or bank days. */
export function countsWorking(unit: Unit): boolean {
  return unit === 'working days' || unit === 'bank days';
}
