import { describe, expect, test } from 'vitest';
import {
  calendarOf,
  deriveDeadline,
  formatDay,
  parseDay,
  parseInstant,
  parseTerm,
  sayDeadline,
  zoneOf,
} from './index.js';
import type { AnyTerm, CalendarEntry, CountingContext, Day, Instant, Start, Toll, WorkHours } from './types.js';

const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const toll = (from: string, to: string | null): Toll => ({
  from: zone.startOf(day(from)),
  to: to === null ? null : zone.startOf(day(to) + 1),
  fromDay: day(from),
  toDay: to === null ? null : day(to),
});
const order = (entry: Pick<CalendarEntry, 'day' | 'kind'>, published: string): CalendarEntry => ({
  ...entry,
  reason: 'moved',
  act: 'Order No. 1',
  source: 'test',
  publishedAt: zone.startOf(day(published)),
  loadedAt: zone.startOf(day(published)),
});

interface Case {
  readonly name: string;
  readonly term: string;
  readonly from: string;
  readonly lastDay: string | null;
  readonly tolls?: readonly Toll[];
  readonly entries?: readonly CalendarEntry[];
  readonly opened?: string;
  readonly hours?: WorkHours;
}

const cases: readonly Case[] = [
  { name: 'bank-days', term: '5 bank days', from: '2026-03-12T11:00:00+05:00', lastDay: '2026-03-19' },
  { name: 'bank-days-over-nauryz', term: '7 bank days', from: '2026-03-19', lastDay: '2026-04-02' },
  { name: 'bank-days-worked-saturday', term: '5 bank days', from: '2024-05-02', lastDay: '2024-05-14' },
  { name: 'working-days', term: '3 working days', from: '2025-06-03T10:00:00+05:00', lastDay: '2025-06-09' },
  { name: 'working-days-moved', term: '2 working days', from: '2024-12-31', lastDay: '2025-01-06' },
  { name: 'working-days-long', term: '60 working days', from: '2025-12-15', lastDay: '2026-03-16' },
  { name: 'calendar-days', term: '10 calendar days', from: '2026-04-01', lastDay: '2026-04-13' },
  { name: 'calendar-days-in-lieu', term: '10 calendar days', from: '2026-04-30', lastDay: '2026-05-12' },
  { name: 'that-day-included', term: '5 calendar days, that day included', from: '2026-04-06', lastDay: '2026-04-10' },
  { name: 'no-roll', term: '5 calendar days, no roll', from: '2026-04-06', lastDay: '2026-04-11' },
  { name: 'one-week', term: '1 week', from: '2026-04-06', lastDay: '2026-04-13' },
  { name: 'weeks', term: '2 weeks', from: '2027-03-01', lastDay: '2027-03-16' },
  { name: 'half-months', term: '1 half-month', from: '2026-08-16', lastDay: '2026-08-31' },
  { name: 'months-clamped', term: '1 month', from: '2026-01-31', lastDay: '2026-03-02' },
  { name: 'quarters', term: '1 quarter', from: '2026-01-15', lastDay: '2026-04-15' },
  { name: 'half-years', term: '1 half-year', from: '2026-01-15', lastDay: '2026-07-15' },
  { name: 'years', term: '2 years', from: '2024-02-29', lastDay: '2026-03-02' },
  { name: 'more-than-days', term: 'more than 15 calendar days', from: '2026-03-19', lastDay: '2026-04-03' },
  { name: 'more-than-months', term: 'more than 3 months', from: '2026-04-13', lastDay: '2026-07-13' },
  { name: 'before-working-days', term: '5 working days before', from: '2026-06-15', lastDay: '2026-06-08' },
  { name: 'before-calendar-days', term: '30 calendar days before', from: '2026-06-15', lastDay: '2026-05-16' },
  { name: 'before-week', term: '1 week before', from: '2026-06-15', lastDay: '2026-06-08' },
  { name: 'before-months', term: '1 month before', from: '2026-03-31', lastDay: '2026-02-28' },
  { name: 'hours', term: '48 hours', from: '2026-03-20T15:30:00+05:00', lastDay: '2026-03-22' },
  { name: 'hours-clock-change', term: '24 hours', from: '2024-02-29T12:00:00+06:00', lastDay: '2024-03-01' },
  { name: 'hours-more-than', term: 'more than 3 hours', from: '2026-03-20T15:30:30+05:00', lastDay: '2026-03-20' },
  { name: 'hours-before', term: '24 hours before', from: '2026-03-20T15:30:00+05:00', lastDay: '2026-03-19' },
  { name: 'working-hours', term: '4 working hours', from: '2026-03-16T10:30:00+05:00', lastDay: '2026-03-16' },
  {
    name: 'working-hours-over-nauryz',
    term: '4 working hours',
    from: '2026-03-20T16:00:00+05:00',
    lastDay: '2026-03-26',
  },
  { name: 'working-hours-at-night', term: '1 working hour', from: '2026-04-10T21:15:00+05:00', lastDay: '2026-04-13' },
  {
    name: 'working-hours-saturday',
    term: '6 working hours',
    from: '2026-04-03T16:00:00+05:00',
    lastDay: '2026-04-04',
    hours: { weekdays: { opens: 540, closes: 1080 }, saturday: { opens: 540, closes: 780 } },
  },
  { name: 'working-hours-more-than', term: 'more than 2 working hours', from: '2026-04-06', lastDay: '2026-04-07' },
  {
    name: 'working-hours-tolled',
    term: '21 working hours',
    from: '2026-04-06T10:00:00+05:00',
    lastDay: '2026-04-10',
    tolls: [toll('2026-04-07', '2026-04-08')],
  },
  {
    name: 'working-hours-tolled-no-end',
    term: '5 working hours',
    from: '2026-04-06T17:00:00+05:00',
    lastDay: null,
    tolls: [toll('2026-04-07', null)],
  },
  {
    name: 'working-hours-moved',
    term: '2 working hours',
    from: '2026-04-09T17:00:00+05:00',
    entries: [order({ day: day('2026-04-10'), kind: 'day off' }, '2026-04-10')],
    lastDay: '2026-04-13',
  },
  {
    name: 'working-hours-held',
    term: '4 working hours',
    from: '2026-04-10T17:00:00+05:00',
    // Saturday 11 April becomes worked, which is published on that day: the hours do not end on it.
    entries: [order({ day: day('2026-04-11'), kind: 'working' }, '2026-04-11')],
    lastDay: '2026-04-13',
  },
  { name: 'next-month', term: 'first day of the next month', from: '2026-03-12T11:00:00+05:00', lastDay: '2026-03-31' },
  {
    name: 'tolled',
    term: '5 calendar days',
    from: '2025-01-31T10:00:00+05:00',
    lastDay: '2025-02-17',
    tolls: [toll('2025-02-03', '2025-02-14')],
  },
  {
    name: 'tolled-months',
    term: '1 month',
    from: '2026-03-31',
    lastDay: '2026-05-12',
    tolls: [toll('2026-04-10', '2026-04-19')],
  },
  {
    name: 'tolled-before',
    term: '5 working days before',
    from: '2026-06-15',
    lastDay: '2026-06-15',
    tolls: [toll('2026-06-07', '2026-06-12')],
  },
  {
    name: 'bank-closure',
    term: '2 bank days',
    from: '2026-04-06T10:00:00+05:00',
    // The operator's own bank is closed on Tuesday, which was published the day before it.
    entries: [{ ...order({ day: day('2026-04-07'), kind: 'bank closure' }, '2026-04-06'), reason: 'bank closed' }],
    lastDay: '2026-04-09',
  },
  {
    name: 'tolled-at-the-roll',
    term: '5 calendar days',
    from: '2026-02-02T10:00:00+05:00',
    lastDay: '2026-02-12',
    tolls: [toll('2026-02-08', '2026-02-11')],
  },
  {
    name: 'tolled-hours',
    term: '24 hours',
    from: '2026-04-06T10:00:00+05:00',
    lastDay: '2026-04-09',
    tolls: [toll('2026-04-07', '2026-04-08')],
  },
  { name: 'tolled-no-end', term: '5 bank days', from: '2026-04-06', lastDay: null, tolls: [toll('2026-04-08', null)] },
  {
    name: 'moved-by-publication',
    term: '15 calendar days',
    from: '2026-08-16T10:00:00+05:00',
    opened: '2026-01-12T10:00:00+05:00',
    lastDay: '2026-08-31',
  },
  {
    name: 'shortening-held',
    term: '4 calendar days',
    from: '2026-04-07T10:00:00+05:00',
    // Saturday 11 April becomes worked, which is published on that day: the term does not end on it.
    entries: [order({ day: day('2026-04-11'), kind: 'working' }, '2026-04-11')],
    lastDay: '2026-04-13',
  },
];

describe('deadlines told in Kazakh, Russian and English', () => {
  test.each(cases)(
    '$name: $term from $from',
    async ({ name, term, from, lastDay, tolls = [], entries = [], opened, hours }) => {
      const start: Start = from.length === 10 ? { day: day(from) } : { event: parseInstant(from) as Instant };
      const began = 'event' in start ? start.event : zone.startOf(start.day + 1);
      const ctx: CountingContext = {
        zone,
        calendar: calendarOf('KZ', entries),
        asOf: forever,
        knownAt: forever,
        opened: opened === undefined ? began : (parseInstant(opened) as Instant),
        tolls,
        hours,
      };
      const derivation = deriveDeadline(parseTerm(term) as AnyTerm, start, ctx);
      expect(derivation.lastDay).toBe(lastDay);
      const told = (['kk', 'ru', 'en'] as const).map((lang) => sayDeadline(derivation, lang));
      await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
    },
  );

  test('a term of 25,000 working days is told in a few lines', () => {
    const start: Start = { event: parseInstant('2026-01-01T00:00:00+05:00') as Instant };
    const ctx = { zone, calendar: calendarOf('KZ'), asOf: forever, knownAt: forever, opened: start.event };
    const derivation = deriveDeadline(parseTerm('25000 working days') as AnyTerm, start, ctx);
    for (const lang of ['kk', 'ru', 'en'] as const) expect(sayDeadline(derivation, lang).length).toBeLessThan(1500);
    expect(formatDay(day('2100-12-31'))).toBe('2100-12-31');
  });
});
