import { DAYS_OFF_WITHOUT_LIEU, KURBAN_AIT, type HolidayLaw } from '../data/kz-calendar.js';
import { dayOf, formatDay, weekday, yearOf } from './day.js';
import type { Day } from './types.js';

const LIEU_SINCE = 2002;
const LABOUR_CODE_SINCE = 2006;

// oxlint-disable-next-line merzim/pure -- made at first use, the same every time
let kurbanAit: Map<number, Day[]> | undefined;

/**
 * The days off of one year that follow from the law alone, apart from plain Saturdays and Sundays, each with its reason.
 * Holidays law, article 5: a holiday on a weekend gives the next day that is neither a weekend nor a holiday, so two
 * weekend holidays before a holiday Monday push past the whole block (Nauryz 2026: 21, 22 off, 23 off, 24 and 25 in lieu).
 * Labour Code, article 84(5): 7 January and the first day of Kurban Ait are off, and nothing is given in lieu of them.
 */
export function daysOffByStatute(year: number, law: HolidayLaw): ReadonlyMap<Day, string> {
  const off = new Map<Day, string>();
  const holidays = law.holidays
    .filter((holiday) => year >= (holiday.from ?? 0) && year <= (holiday.to ?? Number.POSITIVE_INFINITY))
    .map((holiday) => ({ at: dayOf(year, holiday.month, holiday.day), name: holiday.name }))
    .sort((a, b) => a.at - b.at);
  for (const { at, name } of holidays) off.set(at, name);
  // These stand before the days in lieu: the day in lieu is the next working day, which they are not.
  if (year >= LABOUR_CODE_SINCE) {
    const { christmas } = DAYS_OFF_WITHOUT_LIEU;
    addWithoutLieu(off, dayOf(year, christmas.month, christmas.day), christmas.name);
    for (const day of kurbanAitOf(year)) addWithoutLieu(off, day, DAYS_OFF_WITHOUT_LIEU.kurbanAit);
  }
  if (year >= LIEU_SINCE) {
    for (const { at, name } of holidays) {
      if (weekday(at) < 6) continue;
      let lieu = at + 1;
      while (weekday(lieu) > 5 || off.has(lieu)) lieu++;
      off.set(lieu, `in lieu of ${formatDay(at)} (${name})`);
    }
  }
  return off;
}

function addWithoutLieu(off: Map<Day, string>, day: Day, name: string): void {
  if (!off.has(day)) off.set(day, name);
}

function kurbanAitOf(year: number): readonly Day[] {
  if (kurbanAit === undefined) {
    kurbanAit = new Map();
    for (const text of KURBAN_AIT) {
      const [y, m, d] = text.split('-').map(Number) as [number, number, number];
      const day = dayOf(y, m, d);
      kurbanAit.set(yearOf(day), [...(kurbanAit.get(y) ?? []), day]);
    }
  }
  return kurbanAit.get(year) ?? [];
}
