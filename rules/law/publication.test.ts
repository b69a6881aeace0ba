import { describe, expect, test } from 'vitest';
import { calendarOf, deadlineOf, deriveDeadline, formatDay, parseDay, parseTerm, zoneOf } from './index.js';
import type { AnyTerm, CalendarEntry, Day, Instant } from './types.js';

const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const at = (text: string, hour = 0): Instant => zone.startOf(day(text)) + hour * 3_600_000;

const entry = (text: string, kind: CalendarEntry['kind'], published: Instant, loaded = published): CalendarEntry => ({
  day: day(text),
  kind,
  reason: 'moved',
  act: `Order on ${text}`,
  source: 'test',
  publishedAt: published,
  loadedAt: loaded,
});

const count = (term: string, from: string, entries: readonly CalendarEntry[], asOf = forever, knownAt = forever) => {
  const start = { event: at(from, 10) };
  const ctx = { zone, calendar: calendarOf('KZ', entries), asOf, knownAt, opened: start.event };
  const deadline = deadlineOf(parseTerm(term) as AnyTerm, start, ctx);
  const told = deriveDeadline(parseTerm(term) as AnyTerm, start, ctx);
  expect(told.lastDay).toBe(formatDay(deadline.lastDay!));
  return { last: formatDay(deadline.lastDay!), moves: told.moves.map(({ from: was, to }) => `${was} ${to}`) };
};

describe('publications move running deadlines', () => {
  // 5 working days from Monday 6 April 2026: 7, 8, 9, 10, 13 April.
  test('a day off that is published while the term runs extends it, and says so', () => {
    const entries = [entry('2026-04-10', 'day off', at('2026-04-08'))];
    expect(count('5 working days', '2026-04-06', entries)).toEqual({
      last: '2026-04-14',
      moves: ['2026-04-13 2026-04-14'],
    });
    expect(count('5 working days', '2026-04-06', entries, at('2026-04-08') - 1)).toEqual({
      last: '2026-04-13',
      moves: [],
    });
    expect(count('5 working days', '2026-04-06', entries, at('2026-04-08')).last).toBe('2026-04-14');
  });

  test('what was published when the clock opened is its base, and no move', () => {
    const entries = [entry('2026-04-10', 'day off', at('2026-04-06', 10))];
    expect(count('5 working days', '2026-04-06', entries)).toEqual({ last: '2026-04-14', moves: [] });
  });

  test.each([
    ['in the last instant before due', at('2026-04-14') - 1, '2026-04-14'],
    ['at due', at('2026-04-14'), '2026-04-13'],
    ['after due', at('2026-04-20'), '2026-04-13'],
  ])('the last day is declared off %s', (_, published, expected) => {
    expect(count('5 working days', '2026-04-06', [entry('2026-04-13', 'day off', published)]).last).toBe(expected);
  });

  test('a shortening does not move a deadline before the day after its publication', () => {
    // Saturday 11 April becomes worked, so the 5th working day is that Saturday and no longer Monday.
    const on = (published: Instant) =>
      count('5 working days', '2026-04-06', [entry('2026-04-11', 'working', published)]);
    expect(on(at('2026-04-08'))).toEqual({ last: '2026-04-11', moves: ['2026-04-13 2026-04-11'] });
    expect(on(at('2026-04-10', 12)).last).toBe('2026-04-11');
    // Published on the Saturday itself: the first day allowed is Sunday, which is not worked.
    expect(on(at('2026-04-11', 12))).toEqual({ last: '2026-04-13', moves: [] });
  });

  test('a shortening of a term that does not roll is held at the day after, worked or not', () => {
    const entries = ['2026-04-09', '2026-04-10', '2026-04-13', '2026-04-14'].map((text) =>
      entry(text, 'day off', at('2026-04-01')),
    );
    const back = entries.map((one) => ({
      ...one,
      kind: 'regular' as const,
      publishedAt: at('2026-04-16', 9),
      loadedAt: 0,
    }));
    // Off: 9, 10, 13, 14. "More than 4 working days" from the 6th: 7, 8, 15, 16. Taken back on the 16th: not before the 17th.
    expect(count('more than 4 working days', '2026-04-06', entries).last).toBe('2026-04-16');
    expect(count('more than 4 working days', '2026-04-06', [...entries, ...back]).last).toBe('2026-04-16');
  });

  test('one publication after another, each against the deadline as it stood', () => {
    const entries = [
      entry('2026-04-13', 'day off', at('2026-04-10')),
      // In time only because the first one moved the deadline to the 14th.
      entry('2026-04-14', 'day off', at('2026-04-14', 12)),
    ];
    expect(count('5 working days', '2026-04-06', entries)).toEqual({
      last: '2026-04-15',
      moves: ['2026-04-13 2026-04-14', '2026-04-14 2026-04-15'],
    });
    expect(count('5 working days', '2026-04-06', entries.slice(1)).last).toBe('2026-04-13');
  });

  test('what was loaded later is not known before', () => {
    const entries = [entry('2026-04-10', 'day off', at('2026-04-08'), at('2026-04-20'))];
    expect(count('5 working days', '2026-04-06', entries, forever, at('2026-04-19')).last).toBe('2026-04-13');
    expect(count('5 working days', '2026-04-06', entries, forever, at('2026-04-20')).last).toBe('2026-04-14');
  });

  test('an open toll is recounted too, and stays open', () => {
    const start = { event: at('2026-04-06', 10) };
    const tolls = [{ from: at('2026-04-07'), to: null, fromDay: day('2026-04-07'), toDay: null }];
    const calendar = calendarOf('KZ', [entry('2026-04-10', 'day off', at('2026-04-08'))]);
    const ctx = { zone, calendar, asOf: forever, knownAt: forever, opened: start.event, tolls };
    expect(deadlineOf(parseTerm('5 working days') as AnyTerm, start, ctx).lastDay).toBeNull();
  });

  test('the shipped log: 31 August 2026 by the day on which one asks', () => {
    expect(count('8 months', '2025-12-31', [], at('2026-03-17')).last).toBe('2026-09-01');
    expect(count('8 months', '2025-12-31', [])).toEqual({ last: '2026-08-31', moves: ['2026-09-01 2026-08-31'] });
    expect(count('10 working days', '2024-04-16', []).last).toBe('2024-04-30');
    // 8 May 2024 was off, 4 May worked, which was published on 17 April: both together change nothing here.
    expect(count('20 working days', '2024-04-10', [])).toEqual({ last: '2024-05-13', moves: [] });
  });
});
