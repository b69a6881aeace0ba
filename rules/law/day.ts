import { refuse } from './refusal.js';
import type { Day, Refusal } from './types.js';

/** First and last day that is read from text; arithmetic goes a hundred years beyond both. */
export const FIRST_DAY: Day = 7305; // 1990-01-01
export const LAST_DAY: Day = 47846; // 2100-12-31

/** The day of a Gregorian date. Does not check that the date exists; `parseDay` does. `dayOf(1970, 1, 1)` is 0. */
export function dayOf(year: number, month: number, day: number): Day {
  // Years are made to begin in March, so that the leap day is the last one of a year; eras are 400 years of 146097 days.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The Gregorian date of a day. */
export function civil(day: Day): { readonly year: number; readonly month: number; readonly day: number } {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** The year of a day. */
export function yearOf(day: Day): number {
  return civil(day).year;
}

/** Day of the week: Monday is 1, Sunday is 7. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The corresponding day `months` later (earlier when negative), or the last day of that month where it has no such day
 * (Civil Code 174(3)). Always counted from the anchor: 31 January + 1 month is 28 February, + 2 months is 31 March.
 */
export function addMonths(anchor: Day, months: number): Day {
  const { year, month, day } = civil(anchor);
  const index = year * 12 + (month - 1) + months;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  return dayOf(y, m, Math.min(day, daysInMonth(y, m)));
}

const BASE = dayOf(1885, 1, 1);
const NAMES = dayOf(2210, 1, 1) - BASE;
const names = new Array<string | undefined>(NAMES);

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const index = day - BASE;
  const known = names[index];
  if (known !== undefined) return known;
  const date = civil(day);
  const text = `${String(date.year).padStart(4, '0')}-${pad(date.month)}-${pad(date.day)}`;
  if (index >= 0 && index < NAMES) names[index] = text;
  return text;
}

const pad = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Reads `YYYY-MM-DD`. Refuses other forms, days that no calendar has (30 February) and years outside 1990-2100. */
export function parseDay(text: string): Day | Refusal {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) {
    return refuse('day.unreadable', `"${clip(text)}" is not a day; write it as YYYY-MM-DD, for example 2026-03-19.`);
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return refuse('day.unreadable', `${text} is not in the calendar: there is no such day.`);
  }
  if (year < 1990 || year > 2100) return refuse('day.unreadable', `${text} lies outside the years 1990-2100.`);
  return dayOf(year, month, day);
}

/** Text from outside, short enough to stand in a message. */
export function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
