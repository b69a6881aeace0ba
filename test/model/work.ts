import { working } from './terms.js';

/**
 * A second, slow model of hours of work, for tests only: it looks at each minute and counts those in which the office is
 * open. Minutes are whole numbers since 1970-01-01T00:00 local time, in a zone whose clock is never changed in hours of work.
 */

/** From when to when an office works, in minutes from midnight. */
export interface Office {
  readonly weekdays: readonly [opens: number, closes: number];
  readonly saturday: readonly [opens: number, closes: number] | null;
}

export interface MinuteToll {
  readonly from: number;
  readonly to: number;
}

/** Holidays by date; on a Saturday they close an office that works on Saturdays. */
const HOLIDAYS = new Set('01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 10-25 12-16'.split(' '));

const DAY = 1440;

/** The first minute of a day. */
export const minuteOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 60_000;

const dayOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);

function holiday(day: string): boolean {
  const [year, date] = [Number(day.slice(0, 4)), day.slice(5)];
  return HOLIDAYS.has(date) || (date === '08-30' && year <= 2025) || (date === '03-15' && year >= 2027);
}

function openOn(day: string, office: Office): readonly [number, number] | null {
  if (working(day)) return office.weekdays;
  const saturday = new Date(`${day}T12:00:00Z`).getUTCDay() === 6;
  return saturday && !holiday(day) ? office.saturday : null;
}

/** The minute at which so many minutes of work have passed, and the days that had none on the way, the first and the last included. */
export function countWork(
  minutes: number,
  event: number,
  office: Office,
  tolls: readonly MinuteToll[] = [],
): { readonly due: number; readonly idle: readonly string[] } {
  let left = minutes;
  const idle: string[] = [];
  for (let midnight = Math.floor(event / DAY) * DAY; ; midnight += DAY) {
    const day = dayOf(midnight);
    const open = openOn(day, office);
    if (open === null) idle.push(day);
    for (let minute = Math.max(event, midnight); open !== null && minute < midnight + DAY; minute++) {
      if (minute < midnight + open[0] || minute >= midnight + open[1]) continue;
      if (tolls.some((toll) => toll.from <= minute && minute < toll.to)) continue;
      if (--left === 0) return { due: minute + 1, idle };
    }
  }
}
