import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, plus, type ModelTerm, type ModelToll } from '../../test/model/terms.js';
import { calendarOf, deadlineOf, deriveDeadline, formatDay, formatTerm, parseDay, parseTerm, zoneOf } from './index.js';
import { countsWorking, daysOf } from './plain.js';
import { standing } from './publication.js';
import type { AnyTerm, CalendarEntry, CountingContext, Day, Start, Term, Toll, Unit } from './types.js';

const RUNS = Number(process.env['MERZIM_RUNS'] ?? 3000);
const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const units: Unit[] = [
  'calendar days',
  'working days',
  'bank days',
  'weeks',
  'half-months',
  'months',
  'quarters',
  'half-years',
  'years',
];
const isLong = (unit: Unit): boolean => units.indexOf(unit) >= 5;

/** Days of which the published lists say everything, with room for the longest term here. */
const eventDay = fc.integer({ min: day('2023-02-01'), max: day('2025-12-31') }).map(formatDay);

const term = fc
  .record({
    n: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom(...units),
    shape: fc.constantFrom('plain', 'plain', 'moreThan', 'before'),
    inclusive: fc.boolean(),
    noRoll: fc.boolean(),
  })
  .map(({ n, unit, shape, inclusive, noRoll }): Term => {
    const backward = shape === 'before';
    // Kept within 2023-2027, whose lists the model has.
    const most = unit === 'years' ? 1 : isLong(unit) ? (unit === 'months' ? 18 : unit === 'quarters' ? 6 : 3) : 40;
    const size = backward ? Math.min(n, isLong(unit) ? 1 : 10) : Math.min(n, most);
    return {
      kind: 'length',
      n: size,
      unit,
      moreThan: shape === 'moreThan',
      before: backward,
      inclusive: inclusive && !isLong(unit),
      noRoll,
    };
  })
  .filter((made) => !(made.before && ['years', 'half-years', 'quarters', 'half-months'].includes(made.unit)));

const tollsFrom = (event: string) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 1, max: 15 })), { maxLength: 3 })
    .chain((parts) => fc.tuple(fc.constant(parts), fc.integer({ min: 0, max: 9 })))
    .map(([parts, ending]): ModelToll[] => {
      let at = plus(event, -12);
      return parts.map(([gap, length], i) => {
        const from = plus(at, gap + 1);
        at = plus(from, length - 1);
        return { from, to: ending === 0 && i === parts.length - 1 ? null : at };
      });
    });

const toToll = ({ from, to }: ModelToll): Toll => ({
  from: zone.startOf(day(from)),
  to: to === null ? null : zone.startOf(day(to) + 1),
  fromDay: day(from),
  toDay: to === null ? null : day(to),
});

const contextOf = (event: string, tolls: readonly ModelToll[] = []): CountingContext => ({
  zone,
  calendar: calendarOf('KZ'),
  asOf: forever,
  knownAt: forever,
  // The end of the log: the model knows the lists and not when they were published.
  opened: forever,
  tolls: tolls.map(toToll),
});

const HOURS: Omit<Term, 'n'> = {
  kind: 'length',
  unit: 'hours',
  moreThan: false,
  before: false,
  inclusive: false,
  noRoll: false,
};

const eventStart = (event: string): Start => ({ event: zone.startOf(day(event)) + 11 * 3_600_000 });
const withTolls = eventDay.chain((event) => fc.tuple(fc.constant(event), term, tollsFrom(event)));
const asModel = (made: Term): ModelTerm => made;

describe('deadlines against a model that walks over days', () => {
  test('every term ends on the day on which the model ends it, and tolls the same number of days', () => {
    fc.assert(
      fc.property(withTolls, ([event, made, tolls]) => {
        const model = count(asModel(made), event, tolls);
        const ours = deadlineOf(made, eventStart(event), contextOf(event, tolls));
        expect(ours.lastDay === null ? null : formatDay(ours.lastDay)).toBe(model === null ? null : model.last);
        if (model !== null) {
          expect(ours.due).toBe(zone.startOf(day(model.last) + 1));
          expect(ours.tolledDays).toBe(model.tolled);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('counted, skipped, tolled and rolled days together are the days between', () => {
    fc.assert(
      fc.property(withTolls, ([event, made, tolls]) => {
        fc.pre(!made.before);
        const model = count(asModel(made), event, tolls);
        fc.pre(model !== null);
        const told = deriveDeadline(made, eventStart(event), contextOf(event, tolls));
        const between = day(told.lastDay!) - day(told.firstCounted!) + 1;
        expect(model!.counted + model!.skipped + model!.tolled + model!.rolled).toBe(between);
        const named = (list: readonly { reason: string }[], tolled: boolean) =>
          list.filter((item) => (item.reason === 'tolled') === tolled).length;
        expect(named(told.skipped, false)).toBe(model!.skipped);
        // `rolled` names the days that the term could not end on: the raw last day, and not the one it ends on.
        expect(told.rolled.length).toBe(day(told.lastDay!) - day(told.rawLastDay!));
      }),
      { numRuns: RUNS },
    );
  });

  test('of a backward term counted and skipped days together are the days back, and a toll skips none of them', () => {
    fc.assert(
      fc.property(withTolls, ([event, made, tolls]) => {
        fc.pre(made.before && !isLong(made.unit));
        const told = deriveDeadline(made, eventStart(event), contextOf(event, tolls));
        const back = day(told.firstCounted!) - day(told.rawLastDay!) + 1;
        expect(back).toBe(made.n * (countsWorking(made.unit) ? 1 : daysOf(made.unit as 'weeks')) + told.skipped.length);
        if (!countsWorking(made.unit)) expect(told.skipped).toEqual([]);
        for (const { reason } of told.skipped) expect(reason).not.toBe('tolled');
        // It ends on the day that it counts to, unless that day is tolled itself.
        if (told.lastDay === null) return;
        const moved = day(told.lastDay) - day(told.rawLastDay!);
        expect(told.rolled.length).toBe(moved);
        if (moved > 0) expect(tolls.some(({ from }) => from <= told.rawLastDay!)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test('the derivation tells the same count as the deadline', () => {
    fc.assert(
      fc.property(withTolls, fc.boolean(), ([event, made, tolls], byDay) => {
        const start: Start = byDay ? { day: day(event) } : eventStart(event);
        const ctx = contextOf(event, tolls);
        const ours = deadlineOf(made, start, ctx);
        const told = deriveDeadline(made, start, ctx);
        expect(told.lastDay).toBe(ours.lastDay === null ? null : formatDay(ours.lastDay));
        expect(told.due).toBe(ours.due === null ? null : zone.format(ours.due));
        expect(told.term).toBe(formatTerm(made));
      }),
      { numRuns: RUNS },
    );
  });

  test('hours stand still while they are tolled, hour by hour', () => {
    const hour = 3_600_000;
    const stops = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 40 })), { maxLength: 3 });
    fc.assert(
      fc.property(eventDay, fc.integer({ min: 1, max: 96 }), stops, fc.boolean(), (event, n, parts, endless) => {
        const from = zone.startOf(day(event)) + 11 * hour;
        let at = from - 20 * hour;
        const tolls = parts.map(([gap, length], position): Toll => {
          const begins = at + (gap + 1) * hour;
          at = begins + length * hour;
          const to = endless && position === parts.length - 1 ? null : at;
          return { from: begins, to, fromDay: zone.dayOf(begins), toDay: to === null ? null : zone.dayOf(to) };
        });
        const stands = (one: number): Toll | undefined =>
          tolls.find((toll) => toll.from <= one && (toll.to === null || one < toll.to));
        let due: number | null = from;
        for (let left = n; left > 0 && due !== null;) {
          const toll: Toll | undefined = stands(due);
          if (toll === undefined) left--;
          due = toll?.to === null ? null : due + hour;
        }
        const made: Term = { ...HOURS, n };
        expect(deadlineOf(made, { event: from }, { ...contextOf(event), tolls }).due).toBe(due);
      }),
      { numRuns: RUNS },
    );
  });

  test('the short way without tolls gives what the long way gives, whenever the clock opened', () => {
    fc.assert(
      fc.property(eventDay, term, fc.boolean(), (event, made, now) => {
        const start = eventStart(event);
        const opened = (start as { event: number }).event;
        const ctx = { ...contextOf(event), opened, asOf: now ? opened : forever, knownAt: now ? opened : forever };
        const { tolls: _, ...plain } = ctx;
        const ours = deadlineOf(made, start, plain);
        const { counted } = standing(made, start, plain);
        expect([ours.lastDay, ours.due]).toEqual([counted.last, counted.due]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('laws that hold', () => {
  test('a forward deadline never comes earlier when the term is longer, nor when it starts later (months only without tolls)', () => {
    fc.assert(
      fc.property(withTolls, fc.integer({ min: 1, max: 20 }), ([event, made, tolls], more) => {
        fc.pre(!made.before);
        const ctx = contextOf(event, tolls);
        const due = deadlineOf(made, eventStart(event), ctx).due ?? forever;
        const longer = deadlineOf({ ...made, n: made.n + more }, eventStart(event), ctx).due ?? forever;
        const later = deadlineOf(made, eventStart(plus(event, more)), ctx).due ?? forever;
        expect(longer).toBeGreaterThanOrEqual(due);
        // With tolls a later start can end earlier when the month is short: see docs/date-arithmetic.md.
        if (!isLong(made.unit) || tolls.length === 0) expect(later).toBeGreaterThanOrEqual(due);
      }),
      { numRuns: RUNS },
    );
  });

  test('no deadline moves before the publication of what moved it, and a lapsed one never moves', () => {
    const entry = fc.record({
      offset: fc.integer({ min: 1, max: 60 }),
      published: fc.integer({ min: -5, max: 60 }),
      kind: fc.constantFrom<CalendarEntry['kind']>('day off', 'working', 'bank closure', 'regular'),
    });
    // Many days in a row that turn out to be worked, told about when they have begun: such terms grow shorter.
    const burst = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 3, max: 16 }), fc.nat({ max: 16 }))
      .map(([from, length, told]) =>
        Array.from({ length }, (_, n) => ({ offset: from + n, published: from + told, kind: 'working' as const })),
      );
    const logs = fc.oneof(fc.array(entry, { minLength: 1, maxLength: 4 }), burst);
    fc.assert(
      fc.property(eventDay, term, logs, (event, made, entries) => {
        const calendar = calendarOf(
          'KZ',
          entries.map(({ offset, published, kind }, i) => {
            const publishedAt = zone.startOf(day(event) + published) + 36_000_000;
            const common = { reason: 'test', act: `Order ${i}`, source: 'test', publishedAt, loadedAt: publishedAt };
            return { day: day(event) + offset, kind, ...common };
          }),
        );
        const start = eventStart(event);
        const opened = (start as { event: number }).event;
        const base = { zone, calendar, knownAt: forever, opened };
        let before = deadlineOf(made, start, { ...base, asOf: opened });
        for (const publishedAt of calendar.publications(opened, forever, forever)) {
          // A millisecond before a publication nobody feels it.
          expect(deadlineOf(made, start, { ...base, asOf: publishedAt - 1 })).toEqual(before);
          const now = deadlineOf(made, start, { ...base, asOf: publishedAt });
          // Nor whoever had not loaded it, however far he looks ahead.
          expect(deadlineOf(made, start, { ...base, asOf: forever, knownAt: publishedAt - 1 }).due).toBe(before.due);
          if (publishedAt >= before.due!) expect(now).toEqual(before);
          else if (now.due! < before.due!) expect(now.lastDay!).toBeGreaterThan(zone.dayOf(publishedAt));
          const told = deriveDeadline(made, start, { ...base, asOf: publishedAt });
          expect(told.lastDay).toBe(formatDay(now.lastDay!));
          before = now;
        }
      }),
      { numRuns: Math.ceil(RUNS / 15) },
    );
  });

  test('what is written is read back as it was', () => {
    fc.assert(
      fc.property(term, (made) => {
        expect(parseTerm(formatTerm(made))).toEqual(made);
      }),
      { numRuns: RUNS },
    );
    expect(parseTerm('first day of the next month')).toEqual({ kind: 'first day of the next month' } satisfies AnyTerm);
  });
});
