import { OFFICIAL_YEARS, type HolidayLaw } from '../data/kz-calendar.js';
import { BANK, VIEW_FROM, VIEW_SIZE, VIEW_TO, WORKING, type DayStates } from './calendar-view.js';
import { dayOf, formatDay, weekday, yearOf } from './day.js';
import { daysOffByStatute } from './statute.js';
import type { CalendarEntry, Day } from './types.js';

/** Statute first, then the entries in the order of their publication. */
export function statesOf(law: HolidayLaw, entries: readonly CalendarEntry[]): DayStates {
  const statute = statuteOf(law);
  if (entries.length === 0) return statute;
  const flags = statute.flags.slice();
  const off = new Map(statute.off);
  const notBank = new Map<Day, string>();
  for (const entry of entries) {
    const i = entry.day - VIEW_FROM;
    if (i < 0 || i >= VIEW_SIZE) throw new RangeError(`${formatDay(entry.day)} lies outside the calendar.`);
    switch (entry.kind) {
      case 'day off':
        flags[i] = 0;
        off.set(entry.day, entry.reason);
        break;
      case 'working':
        flags[i] = weekday(entry.day) <= 5 ? WORKING | BANK : WORKING;
        notBank.delete(entry.day);
        break;
      case 'bank closure':
        flags[i] = flags[i]! & WORKING;
        notBank.set(entry.day, entry.reason);
        break;
      case 'regular': {
        flags[i] = statute.flags[i]!;
        notBank.delete(entry.day);
        const reason = statute.off.get(entry.day);
        if (reason === undefined) off.delete(entry.day);
        else off.set(entry.day, reason);
        break;
      }
    }
  }
  return { flags, off, notBank, official: statute.official };
}

const statutes = new Map<HolidayLaw, DayStates>();

function statuteOf(law: HolidayLaw): DayStates {
  const ready = statutes.get(law);
  if (ready !== undefined) return ready;
  const flags = new Uint8Array(VIEW_SIZE);
  for (let i = 0; i < VIEW_SIZE; i++) flags[i] = weekday(VIEW_FROM + i) <= 5 ? WORKING | BANK : 0;
  const off = new Map<Day, string>();
  for (let year = yearOf(VIEW_FROM); year <= yearOf(VIEW_TO); year++) {
    for (const [day, reason] of daysOffByStatute(year, law)) {
      flags[day - VIEW_FROM] = 0;
      off.set(day, reason);
    }
  }
  const states = { flags, off, notBank: new Map<Day, string>(), official: officialRanges() };
  statutes.set(law, states);
  return states;
}

/** Official years that follow one another are one range, so that a term over New Year is one comparison. */
function officialRanges(): [Day, Day][] {
  const ranges: [Day, Day][] = [];
  for (const { year } of OFFICIAL_YEARS) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && last[1] + 1 === dayOf(year, 1, 1)) last[1] = dayOf(year, 12, 31);
    else ranges.push([dayOf(year, 1, 1), dayOf(year, 12, 31)]);
  }
  return ranges;
}
