import { calendarOf } from '../law/calendar.js';
import { dayOf, FIRST_DAY, LAST_DAY, yearOf } from '../law/day.js';
import { deadlineOf } from '../law/deadline.js';
import type { AnyTerm, Calendar, Day } from '../law/types.js';
import type { CompiledOffer } from './types.js';

/** How the terms of an offer fall out in practice: last days counted in the two latest years that have an official list. */
export interface Practice {
  /** The days from which to count, two whole years. */
  readonly days: readonly Day[];
  /** The last day of a term whose event happens on this day. */
  readonly lastDay: (term: AnyTerm, noRoll: boolean, day: Day) => Day;
}

const FAR = 4_102_444_800_000; // 2100-01-01: all that is published and loaded is seen

/** Counts in the zone and calendar of the offer. */
export function practiceOf(offer: CompiledOffer): Practice {
  const calendar = calendarOf(offer.calendarId);
  const last = lastOfficialYear(calendar);
  const days: Day[] = [];
  for (let day = dayOf(last - 1, 1, 1); day <= dayOf(last, 12, 31); day++) days.push(day);
  return {
    days,
    lastDay: (term, noRoll, day) => {
      const opened = offer.zone.startOf(day);
      const { zone, hours } = offer;
      const context = { zone, hours, calendar, asOf: FAR, knownAt: FAR, opened: FAR, noRoll };
      // Without a toll every deadline has a last day.
      return deadlineOf(term, { event: opened }, context).lastDay as Day;
    },
  };
}

function lastOfficialYear(calendar: Calendar): number {
  const view = calendar.view(FAR, FAR);
  for (let year = yearOf(LAST_DAY); year > yearOf(FIRST_DAY) + 1; year--)
    if (!view.provisional(dayOf(year, 1, 1), dayOf(year, 12, 31))) return year;
  return yearOf(FIRST_DAY) + 1;
}
