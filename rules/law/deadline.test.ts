import { describe, expect, test } from 'vitest';
import { calendarOf, deadlineOf, formatDay, parseDay, parseInstant, parseTerm, zoneOf } from './index.js';
import type { AnyTerm, Day, Instant, Start, Toll } from './types.js';

const zone = zoneOf('Asia/Almaty');
const calendar = calendarOf('KZ');
const forever = Number.POSITIVE_INFINITY;
const term = (text: string): AnyTerm => parseTerm(text) as AnyTerm;
const day = (text: string): Day => parseDay(text) as Day;
const instant = (text: string): Instant => parseInstant(text) as Instant;
const last = (text: string, start: Start, tolls?: readonly Toll[]): string | null => {
  const opened = 'event' in start ? start.event : zone.startOf(start.day + 1);
  const ctx = { zone, calendar, asOf: forever, knownAt: forever, opened, ...(tolls === undefined ? {} : { tolls }) };
  const { lastDay } = deadlineOf(term(text), start, ctx);
  return lastDay === null ? null : formatDay(lastDay);
};
const toll = (from: string, to: string): Toll => ({
  from: zone.startOf(day(from)),
  to: zone.startOf(day(to) + 1),
  fromDay: day(from),
  toDay: day(to),
});

describe('deadlines', () => {
  test.each([
    ['2026-03-16', '5 calendar days', '2026-03-26'],
    ['2026-04-30', '10 calendar days', '2026-05-12'],
    ['2026-01-31', '1 month', '2026-03-02'],
    ['2026-08-16', '15 calendar days', '2026-08-31'],
    ['2027-03-01', '2 weeks', '2027-03-16'],
    ['2024-04-24', '10 calendar days', '2024-05-04'],
  ])('Civil Code 173-175: from %s, %s end on %s', (from, text, expected) => {
    expect(last(text, { event: instant(`${from}T12:00:00+05:00`) })).toBe(expected);
    expect(last(text, { day: day(from) })).toBe(expected);
  });
  test('tolls', () => {
    expect(last('5 bank days', { day: day('2026-04-06') }, [toll('2026-04-08', '2026-04-17')])).toBe('2026-04-23');
    expect(last('5 calendar days', { day: day('2025-01-31') }, [toll('2025-02-03', '2025-02-14')])).toBe('2025-02-17');
    expect(last('5 working days before', { day: day('2026-06-15') })).toBe('2026-06-08');
  });
});
