import { describe, expect, test } from 'vitest';
import {
  calendarOf,
  deadlineOf,
  deriveDeadline,
  formatDay,
  parseDay,
  parseInstant,
  parseTerm,
  zoneOf,
} from './index.js';
import type { AnyTerm, CountingContext, Day, Deadline, Instant, Start, Toll } from './types.js';

const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const instant = (text: string): Instant => parseInstant(text) as Instant;
const startOf = (text: string): Start => (text.length === 10 ? { day: day(text) } : { event: instant(text) });

/** A toll of whole days, or from one instant to another. */
const toll = (from: string, to: string | null): Toll => {
  const begins = from.length === 10 ? zone.startOf(day(from)) : instant(from);
  const ends = to === null ? null : to.length === 10 ? zone.startOf(day(to) + 1) : instant(to);
  const toDay = ends === null ? null : zone.dayOf(ends - 1);
  return { from: begins, to: ends, fromDay: zone.dayOf(begins), toDay };
};

const contextOf = (start: Start, more: Partial<CountingContext> = {}): CountingContext => {
  const opened = 'event' in start ? start.event : zone.startOf(start.day + 1);
  return { zone, calendar: calendarOf('KZ'), asOf: forever, knownAt: forever, opened, ...more };
};

const count = (term: string, from: string, more: Partial<CountingContext> = {}): Deadline => {
  const start = startOf(from);
  const ctx = contextOf(start, more);
  const deadline = deadlineOf(parseTerm(term) as AnyTerm, start, ctx);
  const told = deriveDeadline(parseTerm(term) as AnyTerm, start, ctx);
  expect(told.due).toBe(deadline.due === null ? null : zone.format(deadline.due));
  expect(told.lastDay).toBe(deadline.lastDay === null ? null : formatDay(deadline.lastDay));
  return deadline;
};
const last = (term: string, from: string, more: Partial<CountingContext> = {}): string | null => {
  const { lastDay } = count(term, from, more);
  return lastDay === null ? null : formatDay(lastDay);
};
const due = (term: string, from: string, more: Partial<CountingContext> = {}): string | null => {
  const at = count(term, from, more).due;
  return at === null ? null : zone.format(at);
};

describe('Civil Code 173-175: worked examples', () => {
  test.each([
    ['2026-03-16', '5 calendar days', '2026-03-26'],
    ['2026-04-30', '10 calendar days', '2026-05-12'],
    ['2026-01-31', '1 month', '2026-03-02'],
    ['2026-08-16', '15 calendar days', '2026-08-31'],
    ['2027-03-01', '2 weeks', '2027-03-16'],
    ['2024-04-24', '10 calendar days', '2024-05-04'],
  ])('from %s, %s end on %s', (from, term, expected) => {
    expect(last(term, `${from}T12:00:00+05:00`)).toBe(expected);
    expect(last(term, from)).toBe(expected);
  });
});

describe('every kind of term', () => {
  test.each([
    // Deadlines that the offers' own scenarios count, by hand.
    ['5 bank days', '2026-03-12T11:00:00+05:00', '2026-03-19'],
    ['5 bank days', '2026-04-06T10:00:00+05:00', '2026-04-13'],
    ['more than 15 calendar days', '2026-04-13', '2026-04-28'],
    ['more than 3 months', '2026-04-13', '2026-07-13'],
    ['more than 15 calendar days', '2026-03-19', '2026-04-03'],
    ['3 working days', '2026-04-15T10:00:00+05:00', '2026-04-20'],
    ['5 working days', '2026-04-20T09:30:00+05:00', '2026-04-27'],
    ['15 calendar days', '2026-04-24T17:00:00+05:00', '2026-05-12'],
    ['5 working days', '2025-12-11T12:00:00+05:00', '2025-12-19'],
    ['15 calendar days', '2025-12-18T15:00:00+05:00', '2026-01-05'],
    ['7 working days', '2026-03-16T15:20:00+05:00', '2026-03-30'],
    ['10 working days', '2026-03-16T15:20:00+05:00', '2026-04-02'],
    ['7 working days', '2025-10-13T12:00:00+05:00', '2025-10-22'],
    ['10 working days', '2025-10-13T17:00:00+05:00', '2025-10-28'],
    ['7 calendar days', '2026-03-14T09:30:00+05:00', '2026-03-26'],
    ['3 calendar days', '2026-03-27T00:00:00+05:00', '2026-03-30'],
    ['7 calendar days', '2025-10-02T10:00:00+05:00', '2025-10-09'],
    ['3 calendar days', '2025-10-10T00:00:00+05:00', '2025-10-13'],
    ['3 working days', '2025-06-03T10:00:00+05:00', '2025-06-09'],
    ['3 working days', '2025-06-04T10:00:00+05:00', '2025-06-10'],
    ['5 working days', '2024-12-27T10:00:00+05:00', '2025-01-08'],
    ['5 calendar days', '2024-12-26T10:00:00+05:00', '2024-12-31'],
    ['5 working days', '2025-02-03T08:00:00+05:00', '2025-02-10'],
    ['5 calendar days', '2025-01-31T10:00:00+05:00', '2025-02-05'],
    // Units.
    ['1 half-month', '2026-04-01', '2026-04-16'],
    ['2 half-months', '2026-03-01', '2026-03-31'],
    ['1 quarter', '2026-11-30', '2027-03-01'],
    ['2 half-years', '2025-03-19', '2026-03-19'],
    ['1 year', '2024-02-29', '2025-02-28'],
    ['4 years', '2024-02-29', '2028-02-29'],
    ['1 week', '2026-03-15', '2026-03-26'],
    ['1 month', '2024-01-31', '2024-02-29'],
    ['2 months', '2026-01-31', '2026-03-31'],
    // Backward: the day before the stated one is day 1; never rolls.
    ['5 working days before', '2026-06-15', '2026-06-08'],
    ['5 bank days before', '2024-05-13', '2024-04-30'],
    ['30 calendar days before', '2026-06-15', '2026-05-16'],
    ['1 week before', '2026-06-14', '2026-06-07'],
    ['1 month before', '2026-03-31', '2026-02-28'],
    ['1 calendar day before, that day included', '2026-06-14', '2026-06-14'],
    ['2 working days before, that day included', '2026-06-15', '2026-06-12'],
    // Inclusive: the day of the event is day 1, when it counts at all.
    ['1 calendar day, that day included', '2026-04-06', '2026-04-06'],
    ['3 working days, that day included', '2026-04-10', '2026-04-14'],
    ['3 working days, that day included', '2026-04-11', '2026-04-15'],
    ['1 week, that day included', '2026-04-06', '2026-04-13'],
    ['1 half-month, that day included', '2026-04-01', '2026-04-15'],
    // No roll.
    ['5 calendar days, no roll', '2026-04-06', '2026-04-11'],
    ['more than 5 calendar days', '2026-04-06', '2026-04-11'],
    ['more than 1 month', '2026-01-31', '2026-02-28'],
    ['more than 3 working days', '2026-04-09', '2026-04-14'],
    // Bank days skip the Saturday that is worked by transfer; working days count it.
    ['2 working days', '2024-05-02', '2024-05-04'],
    ['2 bank days', '2024-05-02', '2024-05-06'],
    ['3 working days', '2024-12-31', '2025-01-08'],
    ['first day of the next month', '2026-03-12T11:00:00+05:00', '2026-03-31'],
    ['first day of the next month', '2026-02-28', '2026-02-28'],
    ['first day of the next month', '2025-12-31T23:59:59+05:00', '2025-12-31'],
  ])('%s from %s: last day %s', (term, from, expected) => {
    expect(last(term, from)).toBe(expected);
  });

  test('the context can rule the roll out', () => {
    expect(last('5 calendar days', '2026-04-06')).toBe('2026-04-13');
    expect(last('5 calendar days', '2026-04-06', { noRoll: true })).toBe('2026-04-11');
  });
});

describe('Civil Code 176: the first instant that is late', () => {
  test.each([
    ['5 bank days', '2026-03-12T11:00:00+05:00', '2026-03-20T00:00:00+05:00'],
    ['5 bank days', '2026-03-12T00:00:00+05:00', '2026-03-20T00:00:00+05:00'],
    ['5 bank days', '2026-03-12T23:59:59.999+05:00', '2026-03-20T00:00:00+05:00'],
    ['5 bank days', '2026-03-13T00:00:00+05:00', '2026-03-21T00:00:00+05:00'],
    ['more than 15 calendar days', '2026-03-19', '2026-04-04T00:00:00+05:00'],
    ['first day of the next month', '2026-03-12T11:00:00+05:00', '2026-04-01T00:00:00+05:00'],
    // The day of the event is that of the contract's zone.
    ['1 calendar day', '2026-03-16T20:00:00Z', '2026-03-19T00:00:00+05:00'],
    // Hours run from the instant; 23:00-24:00 of 29 February 2024 came twice.
    ['48 hours', '2026-03-20T15:30:00+05:00', '2026-03-22T15:30:00+05:00'],
    ['more than 48 hours', '2026-03-20T15:30:00+05:00', '2026-03-22T15:30:00+05:00'],
    ['24 hours', '2024-02-29T12:00:00+06:00', '2024-03-01T11:00:00+05:00'],
    ['1 hour', '2024-02-29T23:30:00+06:00', '2024-02-29T23:30:00+05:00'],
    ['24 hours before', '2026-03-20T15:30:00+05:00', '2026-03-19T15:30:00+05:00'],
    ['24 hours', '2026-03-19', '2026-03-21T00:00:00+05:00'],
    ['24 hours before', '2026-03-19', '2026-03-18T00:00:00+05:00'],
    // Days over the change of 2024: midnight is local on both sides.
    ['1 calendar day', '2024-02-28T23:30:00+06:00', '2024-03-01T00:00:00+05:00'],
    ['1 calendar day', '2024-02-27T23:30:00+06:00', '2024-02-29T00:00:00+06:00'],
  ])('%s from %s: due %s', (term, from, expected) => {
    expect(due(term, from)).toBe(expected);
  });

  test('of hours, the last day is the local day of the instant before due', () => {
    expect(last('24 hours', '2026-03-19')).toBe('2026-03-20');
    expect(last('1 hour', '2026-03-19T23:00:00+05:00')).toBe('2026-03-19');
    expect(last('2 hours', '2026-03-19T23:00:00+05:00')).toBe('2026-03-20');
  });
});

describe('provisional', () => {
  test.each([
    ['5 bank days', '2026-12-20', false],
    ['10 bank days', '2026-12-28', true],
    ['5 bank days', '2027-02-01', true],
    ['1 calendar day', '2022-12-30', true],
    ['1 calendar day', '2022-12-31', false],
    ['5 working days before', '2023-01-05', true],
    ['48 hours', '2026-12-30T12:00:00+05:00', false],
    ['1 year', '2026-03-02', true],
    ['1 year, no roll', '2026-03-02', false],
    ['more than 3 months', '2026-12-20', false],
    ['first day of the next month', '2026-12-10', false],
  ])('%s from %s: %s', (term, from, expected) => {
    expect(count(term, from).provisional).toBe(expected);
  });
});

describe('tolling', () => {
  test.each([
    ['5 bank days', '2026-04-06', [toll('2026-04-08', '2026-04-17')], '2026-04-23', 10],
    ['5 calendar days', '2025-01-31T10:00:00+05:00', [toll('2025-02-03', '2025-02-14')], '2025-02-17', 12],
    // Began before the term: its first days are not counted.
    ['3 calendar days', '2026-04-06', [toll('2026-04-01', '2026-04-08')], '2026-04-13', 2],
    // Over before the term began, and after its last day: nothing.
    ['3 calendar days', '2026-04-06', [toll('2026-04-01', '2026-04-06')], '2026-04-09', 0],
    ['3 calendar days', '2026-04-06', [toll('2026-04-10', '2026-04-20')], '2026-04-09', 0],
    // The last day itself.
    ['3 calendar days', '2026-04-06', [toll('2026-04-09', '2026-04-09')], '2026-04-10', 1],
    ['3 calendar days', '2026-04-06', [toll('2026-04-09', null)], null, 0],
    // Two tolls: the first pushes the term into the second.
    [
      '3 calendar days',
      '2026-04-06',
      [toll('2026-04-08', '2026-04-09'), toll('2026-04-11', '2026-04-12')],
      '2026-04-13',
      4,
    ],
    // Months move by the number of tolled days, again until no further toll is reached.
    ['1 month', '2026-03-31', [toll('2026-04-10', '2026-04-19')], '2026-05-12', 10],
    ['1 month', '2026-03-31', [toll('2026-04-10', '2026-04-14'), toll('2026-05-04', '2026-05-05')], '2026-05-08', 7],
    // The rolled day is tolled: the first working day after.
    ['5 calendar days', '2026-02-02', [toll('2026-02-08', '2026-02-11')], '2026-02-12', 4],
    ['5 calendar days', '2026-02-02', [toll('2026-02-09', null)], null, 0],
    // A toll on the days of the roll alone changes nothing.
    ['5 calendar days', '2026-02-02', [toll('2026-02-08', '2026-02-08')], '2026-02-09', 1],
    // More than: stretched, not rolled.
    ['more than 5 calendar days', '2026-04-06', [toll('2026-04-08', '2026-04-09')], '2026-04-13', 2],
    ['more than 5 calendar days', '2026-04-05', [toll('2026-04-08', '2026-04-08')], '2026-04-11', 1],
    // Backward: only a tolled last day moves.
    ['5 working days before', '2026-06-15', [toll('2026-06-10', '2026-06-11')], '2026-06-08', 0],
    ['5 working days before', '2026-06-15', [toll('2026-06-07', '2026-06-12')], '2026-06-15', 5],
    ['5 working days before', '2026-06-15', [toll('2026-06-07', null)], null, 0],
    // A date is no running term.
    ['first day of the next month', '2026-04-06', [toll('2026-04-30', null)], '2026-04-30', 0],
  ])('%s from %s with %j: %s', (term, from, tolls, expected, days) => {
    expect(last(term, from, { tolls })).toBe(expected);
    expect(count(term, from, { tolls }).tolledDays).toBe(days);
  });

  test('while a toll has no end, the tolled days are those up to the day that is asked about', () => {
    const tolls = [toll('2026-04-08', null)];
    const on = (asOf: string) => count('5 bank days', '2026-04-06', { tolls, asOf: instant(asOf) });
    expect(on('2026-04-10T12:00:00+05:00')).toEqual({ lastDay: null, due: null, provisional: false, tolledDays: 3 });
    expect(on('2026-04-08T00:00:00+05:00').tolledDays).toBe(1);
    expect(on('2026-04-07T23:59:59+05:00').tolledDays).toBe(0);
  });

  test('hours are tolled exactly, to the millisecond', () => {
    const tolls = [toll('2026-04-06T12:00:00.500+05:00', '2026-04-08T12:00:00+05:00')];
    expect(due('24 hours', '2026-04-06T10:00:00+05:00', { tolls })).toBe('2026-04-09T09:59:59.500+05:00');
    expect(count('24 hours', '2026-04-06T10:00:00+05:00', { tolls }).tolledDays).toBe(1);
    expect(due('2 hours', '2026-04-06T10:00:00.500+05:00', { tolls })).toBe('2026-04-06T12:00:00.500+05:00');
    expect(due('24 hours', '2026-04-07T10:00:00+05:00', { tolls })).toBe('2026-04-09T12:00:00+05:00');
    const open = [toll('2026-04-06T12:00:00+05:00', null)];
    expect(due('24 hours', '2026-04-06T10:00:00+05:00', { tolls: open })).toBeNull();
    expect(due('2 hours', '2026-04-06T10:00:00+05:00', { tolls: open })).toBe('2026-04-06T12:00:00+05:00');
  });
});
