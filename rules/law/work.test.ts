import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWork, minuteOf, type MinuteToll, type Office } from '../../test/model/work.js';
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
import { HOUR, MINUTE } from './span.js';
import type { AnyTerm, CalendarEntry, CountingContext, Day, Instant, Start, Toll, WorkHours } from './types.js';
import { formatDayHours, parseDayHours, USUAL_HOURS } from './work-hours.js';
import { clockAt, workedBetween, workedUntil } from './work.js';

const RUNS = Number(process.env['MERZIM_RUNS'] ?? 3000);
const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const instant = (text: string): Instant => parseInstant(text) as Instant;
/** As avtomektep 4.1.2 has it. */
const SATURDAYS: WorkHours = { weekdays: { opens: 540, closes: 1080 }, saturday: { opens: 540, closes: 780 } };
const NIGHT_AND_DAY: WorkHours = { weekdays: { opens: 0, closes: 1440 }, saturday: null };

const toll = (from: string, to: string | null): Toll => {
  const [begins, ends] = [instant(from), to === null ? null : instant(to)];
  const toDay = ends === null ? null : zone.dayOf(ends - 1);
  return { from: begins, to: ends, fromDay: zone.dayOf(begins), toDay };
};

const contextOf = (start: Start, more: Partial<CountingContext> = {}): CountingContext => {
  const opened = 'event' in start ? start.event : zone.startOf(start.day + 1);
  return { zone, calendar: calendarOf('KZ'), asOf: forever, knownAt: forever, opened, ...more };
};

const count = (term: string, from: string, more: Partial<CountingContext> = {}) => {
  const start: Start = from.length === 10 ? { day: day(from) } : { event: instant(from) };
  const ctx = contextOf(start, more);
  const deadline = deadlineOf(parseTerm(term) as AnyTerm, start, ctx);
  const told = deriveDeadline(parseTerm(term) as AnyTerm, start, ctx);
  expect(told.due).toBe(deadline.due === null ? null : ctx.zone.format(deadline.due));
  expect(told.lastDay).toBe(deadline.lastDay === null ? null : formatDay(deadline.lastDay));
  return { ...deadline, told };
};
const due = (term: string, from: string, more: Partial<CountingContext> = {}): string | null => {
  const at = count(term, from, more).due;
  return at === null ? null : (more.zone ?? zone).format(at);
};

describe('Civil Code 172(2) in hours of work', () => {
  test.each([
    // Within a day, up to closing, and over it. 16 March 2026 is a Monday.
    ['4 working hours', '2026-03-16T10:30:00+05:00', '2026-03-16T14:30:00+05:00'],
    ['1 working hour', '2026-03-16T10:30:00.500+05:00', '2026-03-16T11:30:00.500+05:00'],
    ['9 working hours', '2026-03-16T09:00:00+05:00', '2026-03-16T18:00:00+05:00'],
    ['10 working hours', '2026-03-16T09:00:00+05:00', '2026-03-17T10:00:00+05:00'],
    ['18 working hours', '2026-03-16T09:00:00+05:00', '2026-03-17T18:00:00+05:00'],
    ['1 working hour', '2026-03-16T17:00:00+05:00', '2026-03-16T18:00:00+05:00'],
    ['1 working hour', '2026-03-16T17:00:00.001+05:00', '2026-03-17T09:00:00.001+05:00'],
    // What comes outside of the hours starts at the next opening.
    ['4 working hours', '2026-03-16T08:59:59+05:00', '2026-03-16T13:00:00+05:00'],
    ['4 working hours', '2026-03-16T00:00:00+05:00', '2026-03-16T13:00:00+05:00'],
    ['4 working hours', '2026-03-16T17:59:59+05:00', '2026-03-17T12:59:59+05:00'],
    ['4 working hours', '2026-03-16T18:00:00+05:00', '2026-03-17T13:00:00+05:00'],
    ['4 working hours', '2026-03-16T23:59:59+05:00', '2026-03-17T13:00:00+05:00'],
    ['9 working hours', '2026-03-16T18:00:00+05:00', '2026-03-17T18:00:00+05:00'],
    // Weekends, Nauryz with its days in lieu (21-25 March 2026), a worked Saturday and a worked Sunday.
    ['4 working hours', '2026-04-03T16:00:00+05:00', '2026-04-06T11:00:00+05:00'],
    ['4 working hours', '2026-04-04T11:00:00+05:00', '2026-04-06T13:00:00+05:00'],
    ['4 working hours', '2026-03-20T16:00:00+05:00', '2026-03-26T11:00:00+05:00'],
    ['4 working hours', '2024-05-03T16:00:00+05:00', '2024-05-04T11:00:00+05:00'],
    ['4 working hours', '2025-01-02T10:00:00+05:00', '2025-01-05T13:00:00+05:00'],
    // From a day: from the midnight that ends it.
    ['4 working hours', '2026-03-16', '2026-03-17T13:00:00+05:00'],
    ['4 working hours', '2026-04-03', '2026-04-06T13:00:00+05:00'],
    // "More than": the instant at which they have fully passed. Nothing rolls.
    ['more than 9 working hours', '2026-03-16T09:00:00+05:00', '2026-03-16T18:00:00+05:00'],
    ['4 working hours, no roll', '2026-04-03T16:00:00+05:00', '2026-04-06T11:00:00+05:00'],
    // Over the clock change of 1 March 2024: a night, so the working day is as long as ever. 29 February was a Thursday.
    ['4 working hours', '2024-02-29T16:00:00+06:00', '2024-03-01T11:00:00+05:00'],
    ['1 working hour', '2024-02-29T23:30:00+06:00', '2024-03-01T10:00:00+05:00'],
    ['1 working hour', '2024-02-29T23:30:00+05:00', '2024-03-01T10:00:00+05:00'],
    ['18 working hours', '2024-02-28T18:00:00+06:00', '2024-03-01T18:00:00+05:00'],
    // The hours are those of the contract's zone, whatever the offset of the event.
    ['1 working hour', '2026-03-16T13:30:00Z', '2026-03-17T10:00:00+05:00'],
  ])('%s from %s: due %s', (term, from, expected) => {
    expect(due(term, from)).toBe(expected);
  });

  test.each([
    // Saturday 4 April 2026, 09:00-13:00.
    ['4 working hours', '2026-04-03T16:00:00+05:00', '2026-04-04T11:00:00+05:00'],
    ['6 working hours', '2026-04-03T16:00:00+05:00', '2026-04-04T13:00:00+05:00'],
    ['7 working hours', '2026-04-03T16:00:00+05:00', '2026-04-06T10:00:00+05:00'],
    ['1 working hour', '2026-04-04T13:00:00+05:00', '2026-04-06T10:00:00+05:00'],
    // Saturday 21 March 2026 is Nauryz, Saturday 7 January 2023 is off: closed. Saturday 4 May 2024 is worked as a weekday.
    ['4 working hours', '2026-03-20T16:00:00+05:00', '2026-03-26T11:00:00+05:00'],
    ['4 working hours', '2023-01-06T16:00:00+06:00', '2023-01-09T11:00:00+06:00'],
    ['9 working hours', '2024-05-04T09:00:00+05:00', '2024-05-04T18:00:00+05:00'],
    // 49 hours are a week.
    ['49 working hours', '2026-04-06T10:00:00+05:00', '2026-04-13T10:00:00+05:00'],
  ])('with a Saturday morning, %s from %s: due %s', (term, from, expected) => {
    expect(due(term, from, { hours: SATURDAYS })).toBe(expected);
  });

  test('the last day is the local day of the instant before due', () => {
    expect(count('4 working hours', '2026-04-03T16:00:00+05:00').told.lastDay).toBe('2026-04-06');
    const late = { hours: { weekdays: { opens: 900, closes: 1440 }, saturday: null } };
    expect(due('9 working hours', '2026-04-06T12:00:00+05:00', late)).toBe('2026-04-07T00:00:00+05:00');
    expect(count('9 working hours', '2026-04-06T12:00:00+05:00', late).told.lastDay).toBe('2026-04-06');
  });

  test.each([
    // 29 February 2024 had 25 hours: an office that is always open on working days worked all of them.
    ['24 working hours', '2024-02-29T00:00:00+06:00', '2024-02-29T23:00:00+05:00'],
    ['25 working hours', '2024-02-29T00:00:00+06:00', '2024-03-01T00:00:00+05:00'],
    ['26 working hours', '2024-02-28T23:00:00+06:00', '2024-03-01T00:00:00+05:00'],
    ['50 working hours', '2024-02-28T00:00:00+06:00', '2024-03-01T01:00:00+05:00'],
  ])('round the clock, %s from %s: due %s', (term, from, expected) => {
    expect(due(term, from, { hours: NIGHT_AND_DAY })).toBe(expected);
  });

  test('where the clock jumps over an hour of work, that hour is not worked', () => {
    // Berlin, Sunday 31 March 2024, 02:00 becomes 03:00; the Sunday is worked here by an entry of the tenant's own.
    const berlin = zoneOf('Europe/Berlin');
    const worked: CalendarEntry = { ...entry('2024-03-31', 'working', 0), loadedAt: 0 };
    const more = { zone: berlin, calendar: calendarOf('KZ', [worked]), hours: NIGHT_AND_DAY };
    expect(due('3 working hours', '2024-03-31T00:00:00+01:00', more)).toBe('2024-03-31T04:00:00+02:00');
    expect(due('24 working hours', '2024-03-31T00:00:00+01:00', more)).toBe('2024-04-01T01:00:00+02:00');
    expect(berlin.format(clockAt(day('2024-03-31'), 150, berlin))).toBe('2024-03-31T03:00:00+02:00');
    expect(berlin.format(clockAt(day('2024-03-31'), 181, berlin))).toBe('2024-03-31T03:01:00+02:00');
    // Cairo, Friday 28 April 2000 began at 01:00: 23 hours.
    const cairo = { zone: zoneOf('Africa/Cairo'), hours: NIGHT_AND_DAY };
    expect(due('24 working hours', '2000-04-27T23:00:00+02:00', cairo)).toBe('2000-04-29T00:00:00+03:00');
    // 02:30 of 27 October 2024 came twice: the first time counts.
    expect(berlin.format(clockAt(day('2024-10-27'), 150, berlin))).toBe('2024-10-27T02:30:00+02:00');
    expect(berlin.format(clockAt(day('2024-10-27'), 180, berlin))).toBe('2024-10-27T03:00:00+01:00');
  });

  test.each([
    ['4 working hours', '2026-12-30T16:00:00+05:00', false],
    ['4 working hours', '2026-12-31T16:00:00+05:00', true],
    ['4 working hours', '2022-12-31T17:59:59+06:00', true],
    ['4 working hours', '2022-12-31T18:00:00+06:00', false],
    ['more than 4 working hours', '2027-02-01T10:00:00+05:00', true],
  ])('%s from %s: provisional %s', (term, from, expected) => {
    expect(count(term, from).provisional).toBe(expected);
  });
});

describe('tolls are left out of hours of work to the millisecond', () => {
  test.each([
    [
      '4 working hours',
      [toll('2026-04-06T11:00:00.500+05:00', '2026-04-06T12:00:00+05:00')],
      '2026-04-06T14:59:59.500+05:00',
    ],
    // A night and a weekend that are tolled move nothing.
    ['10 working hours', [toll('2026-04-06T18:00:00+05:00', '2026-04-07T09:00:00+05:00')], '2026-04-07T11:00:00+05:00'],
    ['4 working hours', [toll('2026-04-06T00:00:00+05:00', '2026-04-08T00:00:00+05:00')], '2026-04-08T13:00:00+05:00'],
    ['4 working hours', [toll('2026-04-06T14:00:00+05:00', '2026-04-08T00:00:00+05:00')], '2026-04-06T14:00:00+05:00'],
    ['4 working hours', [toll('2026-04-01T00:00:00+05:00', '2026-04-06T09:30:00+05:00')], '2026-04-06T14:00:00+05:00'],
    ['4 working hours', [toll('2026-04-06T13:00:00+05:00', null)], null],
    ['4 working hours', [toll('2026-04-06T14:00:00+05:00', null)], '2026-04-06T14:00:00+05:00'],
  ])('%s from Monday 6 April 2026, 10:00, with %j: due %s', (term, tolls, expected) => {
    expect(due(term, '2026-04-06T10:00:00+05:00', { tolls })).toBe(expected);
  });

  test('a toll that had no part is not told, of hours of either kind', () => {
    const tolls = [toll('2026-04-05T00:00:00+05:00', '2026-04-06T08:00:00+05:00')];
    for (const term of ['4 working hours', '24 hours'])
      expect(count(term, '2026-04-06T10:00:00+05:00', { tolls }).told.tolls).toBeUndefined();
  });

  test('while a toll has no end, the whole days are those up to the instant that is asked about, of hours of either kind', () => {
    const tolls = [toll('2026-04-06T12:00:00+05:00', null)];
    for (const term of ['4 working hours', '24 hours'])
      for (const [asOf, days] of [
        ['2026-04-06T11:00:00+05:00', 0],
        ['2026-04-08T11:59:59+05:00', 1],
        ['2026-04-08T12:00:00+05:00', 2],
      ] as const) {
        const more = { tolls, asOf: instant(asOf) };
        expect(count(term, '2026-04-06T10:00:00+05:00', more)).toMatchObject({ due: null, tolledDays: days });
      }
  });

  test('whole days of tolled time are numbered', () => {
    const tolls = [toll('2026-04-06T12:00:00+05:00', '2026-04-09T12:00:00+05:00')];
    expect(count('4 working hours', '2026-04-06T10:00:00+05:00', { tolls }).tolledDays).toBe(3);
  });
});

function entry(text: string, kind: CalendarEntry['kind'], publishedAt: Instant): CalendarEntry {
  const reason = kind === 'day off' ? 'declared off' : kind;
  return { day: day(text), kind, reason, act: `Order on ${text}`, source: 'test', publishedAt, loadedAt: publishedAt };
}

describe('publications move hours of work', () => {
  const from = '2026-04-06T17:00:00+05:00';
  const withEntry = (kind: CalendarEntry['kind'], text: string, published: string) => ({
    calendar: calendarOf('KZ', [entry(text, kind, instant(published))]),
  });

  test.each([
    ['while they run', '2026-04-07T08:00:00+05:00', '2026-04-08T12:00:00+05:00'],
    ['in the last instant', '2026-04-07T11:59:59.999+05:00', '2026-04-08T12:00:00+05:00'],
    ['at due', '2026-04-07T12:00:00+05:00', '2026-04-07T12:00:00+05:00'],
  ])('Tuesday 7 April is declared off %s', (_, published, expected) => {
    expect(due('4 working hours', from, withEntry('day off', '2026-04-07', published))).toBe(expected);
  });

  test('the move is told with its instants, also within a day', () => {
    const more = { ...withEntry('day off', '2026-04-11', '2026-04-10T12:00:00+05:00'), hours: SATURDAYS };
    // Friday 10 April, 17:00: one hour, four on Saturday, two on Monday; without the Saturday six on Monday.
    const { told } = count('7 working hours', '2026-04-10T11:00:00+05:00', more);
    expect(told.moves).toEqual([]);
    const late = count('13 working hours', '2026-04-10T11:00:00+05:00', more);
    expect(late.told.moves).toEqual([
      {
        act: 'Order on 2026-04-11',
        publishedAt: '2026-04-10T12:00:00+05:00',
        from: '2026-04-13T11:00:00+05:00',
        to: '2026-04-13T15:00:00+05:00',
      },
    ]);
  });

  test('a shortening is held at closing time of the first day of work after the publication', () => {
    // Friday 10 April 17:00, 4 hours: Monday 12:00. Saturday 11 April becomes worked: Saturday 12:00 at best.
    const friday = '2026-04-10T17:00:00+05:00';
    const on = (published: string) => due('4 working hours', friday, withEntry('working', '2026-04-11', published));
    expect(on('2026-04-10T16:00:00+05:00')).toBe('2026-04-11T12:00:00+05:00');
    // Published after the opening, on Friday: the first day after is the Saturday, held until it closes.
    expect(on('2026-04-10T20:00:00+05:00')).toBe('2026-04-11T18:00:00+05:00');
    // Published on the Saturday itself: the first day of work after is Monday, and never later than it stood.
    expect(on('2026-04-11T08:00:00+05:00')).toBe('2026-04-13T12:00:00+05:00');
  });
});

test('no publication moves hours of work that have run out, nor any to before the day after it', () => {
  const published = fc.integer({ min: 0, max: 12 * 24 });
  const one = fc.record({
    offset: fc.integer({ min: 0, max: 12 }),
    published,
    kind: fc.constantFrom<CalendarEntry['kind']>('day off', 'working', 'regular'),
  });
  const at = fc.integer({ min: instant('2024-06-01T00:00:00+05:00'), max: instant('2026-06-01T00:00:00+05:00') });
  fc.assert(
    fc.property(
      at,
      fc.integer({ min: 1, max: 60 }),
      fc.array(one, { minLength: 1, maxLength: 3 }),
      (event, n, list) => {
        const entries = list.map(({ offset, published: after, kind }) =>
          entry(formatDay(zone.dayOf(event) + offset), kind, event + after * HOUR),
        );
        const term = parseTerm(`${n} working hours`) as AnyTerm;
        const base = { zone, calendar: calendarOf('KZ', entries), knownAt: forever, opened: event, hours: SATURDAYS };
        let before = deadlineOf(term, { event }, { ...base, asOf: event });
        for (const publishedAt of base.calendar.publications(event, forever, forever)) {
          const ctx = { ...base, asOf: publishedAt };
          const now = deadlineOf(term, { event }, ctx);
          if (publishedAt >= before.due!) expect(now).toEqual(before);
          else if (now.due! < before.due!) expect(now.lastDay!).toBeGreaterThan(zone.dayOf(publishedAt));
          expect(deriveDeadline(term, { event }, ctx).due).toBe(zone.format(now.due!));
          before = now;
        }
      },
    ),
    { numRuns: Math.ceil(RUNS / 30) },
  );
});

describe('hours of work against a model that looks at each minute', () => {
  const minute = fc.integer({ min: minuteOf('2023-02-01'), max: minuteOf('2026-10-01') });
  // A dozen offices: a table of sums is made once for each.
  const places: readonly WorkHours[] = Array.from({ length: 12 }, (_, i) => ({
    weekdays: { opens: 240 + i * 60, closes: 300 + i * 77 },
    saturday: i % 3 === 0 ? null : { opens: 480 - i * 17, closes: 600 + i * 41 },
  }));
  const office = fc.constantFrom(...places);
  const tolls = (event: number) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 6000 })), { maxLength: 3 })
      .map((parts): MinuteToll[] => {
        let at = event - 3000;
        return parts.map(([gap, length]) => {
          const from = at + gap + 1;
          at = from + length;
          return { from, to: at };
        });
      });
  const cases = minute.chain((event) =>
    fc.tuple(fc.constant(event), fc.integer({ min: 1, max: 40 }), office, fc.boolean(), tolls(event)),
  );
  const instantOf = (at: number): Instant => {
    const of = Math.floor(at / 1440);
    return zone.startOf(of) + (at - of * 1440) * MINUTE;
  };
  const officeOf = ({ weekdays, saturday }: WorkHours): Office => ({
    weekdays: [weekdays.opens, weekdays.closes],
    saturday: saturday === null ? null : [saturday.opens, saturday.closes],
  });
  const term = (n: number): AnyTerm => parseTerm(`${n} working hours`) as AnyTerm;
  const ctxOf = (event: number, hours: WorkHours, stops: readonly MinuteToll[] = []): CountingContext => ({
    ...contextOf({ event: instantOf(event) }),
    // The end of the log: the model knows the lists and not when they were published.
    opened: forever,
    hours,
    tolls: stops.map(({ from, to }) => ({
      from: instantOf(from),
      to: instantOf(to),
      fromDay: Math.floor(from / 1440),
      toDay: Math.floor((to - 1) / 1440),
    })),
  });

  test('every count ends at the minute at which the model ends it, and the derivation tells the same', () => {
    fc.assert(
      fc.property(cases, ([event, n, place, tolled, stops]) => {
        const used = tolled ? stops : [];
        const model = countWork(n * 60, event, officeOf(place), used);
        const start = { event: instantOf(event) };
        const ours = deadlineOf(term(n), start, ctxOf(event, place, used));
        expect(ours.due).toBe(instantOf(model.due));
        expect(ours.lastDay).toBe(Math.floor((model.due - 1) / 1440));
        const told = deriveDeadline(term(n), start, ctxOf(event, place, used));
        expect(told.due).toBe(zone.format(ours.due!));
        const late = event % 1440 >= Math.max(place.weekdays.closes, place.saturday?.closes ?? 0);
        // After closing time a day without work is not asked about any more; days that are tolled are told as tolls.
        const idle = model.idle.filter((text) => !(late && text === formatDay(Math.floor(event / 1440))));
        if (used.length === 0) expect(told.skipped.map((item) => item.day)).toEqual(idle);
        const begins = countWork(1, event, officeOf(place), used).due - 1;
        expect(told.work?.begins).toBe(zone.format(instantOf(begins)));
      }),
      { numRuns: Math.ceil(RUNS / 6) },
    );
  });

  test('a longer term ends later, a later start never earlier, and two counts in a row are one', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 5000 }), ([event, n, place], more) => {
        const work = { zone, view: calendarOf('KZ').view(forever, forever), hours: place };
        const end = workedUntil(instantOf(event), n * HOUR, work);
        expect(workedUntil(instantOf(event), (n + 1) * HOUR, work)).toBeGreaterThanOrEqual(end + HOUR);
        expect(workedUntil(instantOf(event + more), n * HOUR, work)).toBeGreaterThanOrEqual(end);
        expect(workedUntil(end, n * HOUR, work)).toBe(workedUntil(instantOf(event), 2 * n * HOUR, work));
        expect(workedBetween(instantOf(event), end, work)).toBe(n * HOUR);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('in any zone, as many hours of work lie between the event and the end as the term has', () => {
    const zones = fc.constantFrom('Asia/Almaty', 'Europe/Berlin', 'Africa/Cairo', 'America/Havana', 'America/St_Johns');
    const at = fc.integer({ min: instant('2000-01-01T00:00:00Z'), max: instant('2040-01-01T00:00:00Z') });
    const offices = fc.constantFrom(USUAL_HOURS, SATURDAYS, NIGHT_AND_DAY);
    fc.assert(
      fc.property(zones, at, offices, fc.integer({ min: 1, max: 3000 }), (id, from, hours, n) => {
        const work = { zone: zoneOf(id), view: calendarOf('KZ').view(forever, forever), hours };
        const end = workedUntil(from, n * HOUR, work);
        expect(workedBetween(from, end, work)).toBe(n * HOUR);
        expect(workedBetween(from, end - 1, work)).toBe(n * HOUR - 1);
      }),
      { numRuns: Math.ceil(RUNS / 6) },
    );
  });
});

describe('hours of work as they are written', () => {
  test.each(['09:00-18:00', '00:00-24:00', '08:30-08:31'])('%s is read and written alike', (text) => {
    const read = parseDayHours(text);
    expect('code' in read ? read.message : formatDayHours(read)).toBe(text);
  });

  test.each([
    ['9-18', 'are no hours of work; write them as 09:00-18:00'],
    ['09:00 - 18:00', 'are no hours of work'],
    ['09:00-24:01', 'a time that no clock shows'],
    ['09:60-18:00', 'a time that no clock shows'],
    ['18:00-09:00', 'closes before it opens'],
    ['09:00-09:00', 'closes before it opens'],
  ])('%s is refused: %s', (text, why) => {
    const refusal = parseDayHours(text) as { code: string; message: string };
    expect(refusal.code).toBe('hours.unreadable');
    expect(refusal.message).toContain(why);
    expect(refusal.message).toContain('09:00-18:00');
  });
});
