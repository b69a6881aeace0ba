import { VIEW_FROM, VIEW_SIZE } from './calendar-view.js';
import { weekday } from './day.js';
import { DAY, MINUTE } from './span.js';
import type { CalendarView, Day, DayHours, Instant, WorkHours, Zone } from './types.js';

/** Where and in which hours work is done, by one state of the calendar. */
export interface Work {
  readonly zone: Zone;
  readonly view: CalendarView;
  readonly hours: WorkHours;
}

/**
 * The hours of a day, or null where nobody works. Working days, the Saturdays and Sundays worked by transfer among them, have
 * those of a weekday; a Saturday has its own where it is nothing but a Saturday, and none when it is a holiday or was moved off.
 */
export function hoursOn(day: Day, view: CalendarView, hours: WorkHours): DayHours | null {
  if (view.isWorking(day)) return hours.weekdays;
  return hours.saturday !== null && weekday(day) === 6 && view.reasonOff(day) === 'Saturday' ? hours.saturday : null;
}

/**
 * The instant at which `ms` of work (more than none) have been done since an instant. An instant outside the hours of work counts from the
 * next opening, and a count that is full at closing ends at closing. Whole days are one search in a table of sums;
 * only days on which the clock is changed are looked at one by one, because their hours may be longer or shorter.
 */
export function workedUntil(from: Instant, ms: number, work: Work): Instant {
  const { zone, view, hours } = work;
  let left = ms;
  let at = from;
  for (let day = zone.dayOf(from); ; day++) {
    const on = hoursOn(day, view, hours);
    if (on !== null) {
      const begins = Math.max(clockAt(day, on.opens, zone), at);
      const rest = clockAt(day, on.closes, zone) - begins;
      if (left <= rest) return begins + left;
      if (rest > 0) left -= rest;
    }
    const last = lastDayOf(day, left, view, hours);
    // A day can begin with the change itself, where midnight does not exist; so the instant before it is looked at, too.
    if (zone.steady(zone.startOf(day + 1) - 1, zone.startOf(last + 1))) {
      const before = workOf(view, hours);
      left -= (before[last - VIEW_FROM]! - before[day + 1 - VIEW_FROM]!) * MINUTE;
      return clockAt(last, hoursOn(last, view, hours)!.opens, zone) + left;
    }
    at = zone.startOf(day + 1);
  }
}

/** How long work was done between two instants, in milliseconds. */
export function workedBetween(from: Instant, to: Instant, { zone, view, hours }: Work): number {
  let sum = 0;
  for (let day = zone.dayOf(from), last = zone.dayOf(to); day <= last; day++) {
    const on = hoursOn(day, view, hours);
    if (on === null) continue;
    const worked = Math.min(clockAt(day, on.closes, zone), to) - Math.max(clockAt(day, on.opens, zone), from);
    if (worked > 0) sum += worked;
  }
  return sum;
}

/** The first day on or after `day` on which work is done, as the instant at which it closes. */
export function closingOnOrAfter(day: Day, { zone, view, hours }: Work): Instant {
  for (let next = day; ; next++) {
    const on = hoursOn(next, view, hours);
    if (on !== null) return clockAt(next, on.closes, zone);
  }
}

/** The first day of which work from this instant on asks whether it is worked: after closing time it is the next one. */
export function firstAsked(from: Instant, { zone, hours }: Work): Day {
  const day = zone.dayOf(from);
  const closes = Math.max(hours.weekdays.closes, hours.saturday?.closes ?? 0);
  return from < clockAt(day, closes, zone) ? day : day + 1;
}

/** The instant at which the local clock shows this time of the day: the first one where it does so twice; where it jumps over the time, the jump. */
export function clockAt(day: Day, minutes: number, zone: Zone): Instant {
  const start = zone.startOf(day);
  const end = zone.startOf(day + 1);
  if (end - start === DAY) return start + minutes * MINUTE;
  if (minutes === 24 * 60) return end;
  // The clock is changed on this day, and days on which it is changed twice there are none: the change is found by halving.
  let [low, high] = [start, end];
  const offset = zone.offsetAt(start);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  const local = day * DAY + minutes * MINUTE;
  const before = local - offset * MINUTE;
  if (before < high) return Math.max(before, start);
  return Math.min(Math.max(local - zone.offsetAt(high) * MINUTE, high), end);
}

/** The day after `day` in whose hours `left` is done, when every day is as long as its hours say. */
function lastDayOf(day: Day, left: number, view: CalendarView, hours: WorkHours): Day {
  const before = workOf(view, hours);
  const wanted = before[day + 1 - VIEW_FROM]! + left / MINUTE;
  let [low, high] = [day + 1, VIEW_FROM + VIEW_SIZE];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before[middle + 1 - VIEW_FROM]! >= wanted) high = middle;
    else low = middle + 1;
  }
  if (low >= VIEW_FROM + VIEW_SIZE)
    throw new RangeError('A day lies outside the calendar, which holds the years 1885-2209.');
  return low;
}

const byView = new WeakMap<CalendarView, WeakMap<WorkHours, Int32Array>>();

/** Minutes of work before each day, made once for each state of the calendar and each offer's hours. */
function workOf(view: CalendarView, hours: WorkHours): Int32Array {
  let byHours = byView.get(view);
  if (byHours === undefined) byView.set(view, (byHours = new WeakMap()));
  let before = byHours.get(hours);
  if (before === undefined) {
    before = new Int32Array(VIEW_SIZE + 1);
    for (let i = 0; i < VIEW_SIZE; i++) {
      const on = hoursOn(VIEW_FROM + i, view, hours);
      before[i + 1] = before[i]! + (on === null ? 0 : on.closes - on.opens);
    }
    byHours.set(hours, before);
  }
  return before;
}
