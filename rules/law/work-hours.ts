import { clip } from './day.js';
import { refuse } from './refusal.js';
import type { DayHours, Refusal, Unit, WorkHours } from './types.js';

/** The hours of work where an offer names none: 09:00-18:00 on working days. */
export const USUAL_HOURS: WorkHours = { weekdays: { opens: 540, closes: 1080 }, saturday: null };

/** Units that run from an instant to an instant and not from day to day: they end within a day and never roll. */
export function runsInHours(unit: Unit): boolean {
  return unit === 'hours' || unit === 'working hours';
}

/** Reads `09:00-18:00`; `24:00` is the end of the day. Refuses hours that do not open before they close: work over midnight is two days' work. */
export function parseDayHours(text: string): DayHours | Refusal {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  const example = 'write them as 09:00-18:00';
  if (match === null) return refuse('hours.unreadable', `"${clip(text)}" are no hours of work; ${example}.`);
  const [opens, closes] = [minutesOf(match[1]!, match[2]!), minutesOf(match[3]!, match[4]!)];
  if (opens === null || closes === null) {
    return refuse('hours.unreadable', `"${text}" names a time that no clock shows; ${example}.`);
  }
  if (opens >= closes) {
    return refuse('hours.unreadable', `"${text}" closes before it opens; ${example}, on one day.`);
  }
  return { opens, closes };
}

/** `09:00-18:00`. */
export function formatDayHours({ opens, closes }: DayHours): string {
  return `${clock(opens)}-${clock(closes)}`;
}

/** `09:00-18:00`, or with a Saturday `09:00-18:00, Saturdays 09:00-13:00`. */
export function formatWorkHours({ weekdays, saturday }: WorkHours): string {
  return `${formatDayHours(weekdays)}${saturday === null ? '' : `, Saturdays ${formatDayHours(saturday)}`}`;
}

function minutesOf(hour: string, minute: string): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) > 59 || minutes > 24 * 60 ? null : minutes;
}

const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const two = (n: number): string => String(n).padStart(2, '0');
