import { addMonths, civil, dayOf, parseDay } from '../../law/day.js';
import { parseInstant } from '../../law/instant.js';
import type { Day, Instant } from '../../law/types.js';
import type { Cause } from './cause.js';
import type { Machine } from './state.js';

/** The start of a named day, or a named instant; null when none is named. */
export function instantOf(machine: Machine, value: unknown): Instant | null {
  if (typeof value !== 'string') return null;
  const day = parseDay(value);
  if (typeof day === 'number') return machine.law.offer.zone.startOf(day);
  const instant = parseInstant(value);
  return typeof instant === 'number' ? instant : null;
}

/** A named day, or the local day of a named instant; null when none is named. */
export function dayNamed(machine: Machine, value: unknown): Day | null {
  if (typeof value !== 'string') return null;
  const day = parseDay(value);
  if (typeof day === 'number') return day;
  const instant = parseInstant(value);
  return typeof instant === 'number' ? machine.law.offer.zone.dayOf(instant) : null;
}

/** The first day of the month after this one. */
export function nextMonth(day: Day): Day {
  const { year, month } = civil(day);
  return addMonths(dayOf(year, month, 1), 1);
}

/** The instant of an end that needs no event: the end of the month of `from`, or the day (its 24:00) or instant that the fact names. Null for any other. */
export function endingOf(machine: Machine, origin: Cause, from: Instant, on: string): Instant | null {
  const { zone } = machine.law.offer;
  if (on === 'month end') return zone.startOf(nextMonth(zone.dayOf(from)));
  if (on !== 'named end') return null;
  const until = origin.data['until'];
  const day = dayNamed(machine, until);
  if (day === null) return null;
  return typeof until === 'string' && until.length === 10 ? zone.startOf(day + 1) : instantOf(machine, until);
}
