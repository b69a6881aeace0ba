import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KURBAN_AIT, OFFICIAL_YEARS } from '../data/kz-calendar.js';
import { bank, working } from '../../test/model/terms.js';
import { calendarOf, findCalendar } from './calendar.js';
import { dayOf, daysInMonth, formatDay, parseDay } from './day.js';
import type { CalendarEntry, Day, Instant } from './types.js';
import { kk } from './words-kk.js';
import { ru } from './words-ru.js';
import { zoneOf } from './zone.js';

const forever = Number.POSITIVE_INFINITY;
const zone = zoneOf('Asia/Almaty');
const view = calendarOf('KZ').view(forever, forever);
const day = (text: string): Day => parseDay(text) as Day;
const from = (text: string): Instant => zone.startOf(day(text));

describe("Kazakhstan's calendar", () => {
  test.each([
    [2023, [20, 20, 19, 20, 20, 21, 20, 22, 21, 21, 22, 20]],
    [2024, [21, 21, 17, 22, 20, 20, 22, 21, 21, 22, 21, 21]],
    [2025, [20, 20, 17, 22, 19, 20, 22, 21, 21, 22, 20, 22]],
    [2026, [19, 20, 18, 22, 17, 22, 22, 21, 22, 21, 21, 22]],
    [2027, [18, 20, 18, 22, 18, 22, 21, 22, 22, 20, 22, 22]],
  ])('%i has the published number of working days in each month', (year, months) => {
    const counts = months.map((_, i) =>
      view.workingIn(dayOf(year, i + 1, 1), dayOf(year, i + 1, daysInMonth(year, i + 1))),
    );
    expect(counts).toEqual(months);
    const official = OFFICIAL_YEARS.find((list) => list.year === year);
    if (official !== undefined) expect(counts.reduce((sum, n) => sum + n, 0)).toBe(official.workingDays);
  });

  test('each day of 2023-2027 is as published', () => {
    for (let at = day('2023-01-01'); at <= day('2027-12-31'); at++) {
      const text = formatDay(at);
      expect([text, view.isWorking(at), view.isBank(at)]).toEqual([text, working(text), bank(text)]);
    }
  });

  test.each([
    ['2026-08-31', true, 'worked: 30 August is no holiday since 2026'],
    ['2025-09-01', false, 'in lieu of 2025-08-30 (Constitution Day)'],
    ['2027-03-15', false, 'Constitution Day'],
    ['2026-03-16', true, 'worked: the day after the referendum gave nothing in lieu'],
    ['2026-03-23', false, 'Nauryz'],
    ['2026-03-24', false, 'in lieu of 2026-03-21 (Nauryz)'],
    ['2026-03-25', false, 'in lieu of 2026-03-22 (Nauryz)'],
    ['2024-05-04', true, 'worked by transfer'],
    ['2024-05-08', false, 'moved from 2024-05-04'],
    ['2025-01-05', true, 'a Sunday worked by transfer'],
    ['2025-01-03', false, 'moved from 2025-01-05'],
    ['2023-07-01', true, 'worked by transfer'],
    ['2024-06-17', true, 'Kurban Ait on a Sunday gives nothing in lieu'],
    ['2023-01-09', true, '7 January on a Saturday gives nothing in lieu'],
    ['2022-10-24', false, 'moved from 2022-10-22'],
  ])('%s: working %s (%s)', (text, isWorking, why) => {
    expect(view.isWorking(day(text))).toBe(isWorking);
    expect(view.reasonOff(day(text))).toBe(isWorking ? null : why);
  });

  test('a Saturday or Sunday that is worked by transfer is a working day and no bank day', () => {
    for (const text of ['2023-07-01', '2024-05-04', '2025-01-05']) {
      expect([view.isWorking(day(text)), view.isBank(day(text))]).toEqual([true, false]);
      expect(view.reasonNotBank(day(text))).toBe('worked by transfer, banks do not settle');
    }
  });

  test('Kurban Ait follows the Umm al-Qura calendar', () => {
    const umm = new Intl.DateTimeFormat('en-US-u-ca-islamic-umalqura', {
      timeZone: 'UTC',
      month: 'numeric',
      day: 'numeric',
    });
    for (const text of KURBAN_AIT) expect(umm.format(Date.parse(`${text}T12:00:00Z`))).toMatch(/^12\/10/);
    for (const text of ['2023-06-28', '2024-06-16', '2025-06-06', '2026-05-27']) expect(KURBAN_AIT).toContain(text);
  });

  test.each([
    ['2023-01-01', '2026-12-31', false],
    ['2022-12-31', '2023-01-01', true],
    ['2026-12-31', '2027-01-01', true],
    ['2024-05-01', '2024-05-31', false],
    ['2030-01-01', '2030-01-02', true],
  ])('from %s to %s: provisional %s', (first, last, expected) => {
    expect(view.provisional(day(first), day(last))).toBe(expected);
  });

  test('there is no calendar of another name', () => {
    expect(findCalendar('XX')).toMatchObject({ code: 'calendar.unknown' });
    expect(() => calendarOf('XX')).toThrow(RangeError);
  });
});

describe('the calendar is a log', () => {
  const calendar = calendarOf('KZ');

  test('31 August 2026 was off in lieu until the new Constitution was published', () => {
    const before = calendar.view(from('2026-03-18') - 1, forever);
    const after = calendar.view(from('2026-03-18'), forever);
    expect([before.isWorking(day('2026-08-31')), after.isWorking(day('2026-08-31'))]).toEqual([false, true]);
    expect([before.isWorking(day('2027-03-15')), after.isWorking(day('2027-03-15'))]).toEqual([true, false]);
    expect(before.until).toBe(from('2026-03-18'));
  });

  test('a transfer is seen from its publication on, on both axes', () => {
    const published = from('2024-04-17');
    expect(calendar.view(published - 1, forever).isWorking(day('2024-05-08'))).toBe(true);
    expect(calendar.view(published, forever).isWorking(day('2024-05-08'))).toBe(false);
    expect(calendar.view(forever, published - 1).isWorking(day('2024-05-08'))).toBe(true);
  });

  test('equal sets of entries are one object', () => {
    expect(calendar.view(from('2024-05-01'), forever)).toBe(calendar.view(from('2024-06-01'), from('2030-01-01')));
    expect(calendar.view(from('2030-01-01'), forever)).toBe(view);
  });

  test('the same list of entries gives the same calendar', () => {
    const entries = [entry('2026-04-01', 'bank closure', '2026-03-01')];
    expect(calendarOf('KZ', entries)).toBe(calendarOf('KZ', entries));
    expect(calendarOf('KZ')).toBe(calendarOf('KZ', []));
  });

  test('publications are those after one instant and up to another', () => {
    const days = (a: string, b: string) =>
      calendar.publications(from(a), from(b), forever).map((at) => formatDay(zone.dayOf(at)));
    expect(days('2022-11-01', '2026-12-31')).toEqual(['2023-04-25', '2024-04-17', '2024-11-21', '2026-03-18']);
    expect(days('2024-04-17', '2024-11-21')).toEqual(['2024-11-21']);
    expect(calendar.actsAt(from('2024-04-17'))).toEqual(['Order of the Ministry of Labour of 17.04.2024 No. 109']);
  });

  const entry = (text: string, kind: CalendarEntry['kind'], published: string, loaded = published): CalendarEntry => ({
    day: day(text),
    kind,
    reason: `${kind} of a tenant`,
    act: 'Order',
    source: 'test',
    publishedAt: from(published),
    loadedAt: from(loaded),
  });

  test('a tenant adds bank closures, days off, worked days, and takes them back', () => {
    const own = calendarOf('KZ', [
      entry('2026-04-01', 'bank closure', '2026-03-01'),
      entry('2026-04-02', 'day off', '2026-03-01'),
      entry('2026-04-04', 'working', '2026-03-01'),
      entry('2026-04-02', 'regular', '2026-03-20'),
      entry('2026-03-25', 'working', '2026-03-01'),
    ]);
    const early = own.view(from('2026-03-01'), forever);
    const late = own.view(from('2026-03-20'), forever);
    expect([early.isWorking(day('2026-04-01')), early.isBank(day('2026-04-01'))]).toEqual([true, false]);
    expect(early.reasonNotBank(day('2026-04-01'))).toBe('bank closure of a tenant');
    expect([early.isWorking(day('2026-04-02')), late.isWorking(day('2026-04-02'))]).toEqual([false, true]);
    expect([early.isWorking(day('2026-04-04')), early.isBank(day('2026-04-04'))]).toEqual([true, false]);
    expect([early.isWorking(day('2026-03-25')), early.isBank(day('2026-03-25'))]).toEqual([true, true]);
    expect(calendarOf('KZ').view(forever, forever).isBank(day('2026-04-01'))).toBe(true);
  });

  test('what was loaded late is unknown before it was loaded', () => {
    const own = calendarOf('KZ', [entry('2026-04-02', 'day off', '2026-03-01', '2026-05-01')]);
    expect(own.view(forever, from('2026-04-30')).isWorking(day('2026-04-02'))).toBe(true);
    expect(own.view(forever, from('2026-05-01')).isWorking(day('2026-04-02'))).toBe(false);
    expect(own.publications(from('2026-02-01'), from('2026-03-10'), from('2026-04-30'))).toEqual([]);
    expect(own.publications(from('2026-02-01'), from('2026-03-10'), from('2026-05-01'))).toEqual([from('2026-03-01')]);
  });
});

describe('arithmetic on prefix sums', () => {
  test('agrees with walking over days', () => {
    const any = fc.integer({ min: day('1990-01-01'), max: day('2100-12-31') });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const walk = (step: 1 | -1, is: (at: Day) => boolean): Day => {
          let [at, left] = [start, n];
          while (left > 0) if (is((at += step))) left--;
          return at;
        };
        const isWorking = (at: Day) => view.isWorking(at);
        const isBank = (at: Day) => view.isBank(at);
        expect(view.nthWorkingAfter(start, n)).toBe(walk(1, isWorking));
        expect(view.nthBankAfter(start, n)).toBe(walk(1, isBank));
        expect(view.nthWorkingBefore(start, n)).toBe(walk(-1, isWorking));
        expect(view.nthBankBefore(start, n)).toBe(walk(-1, isBank));
        expect(view.workingIn(start + 1, view.nthWorkingAfter(start, n))).toBe(n);
        expect(view.bankIn(start + 1, view.nthBankAfter(start, n))).toBe(n);
        expect(view.workingIn(start, start - 1)).toBe(0);
        const next = view.workingOnOrAfter(start);
        expect(next).toBe(view.isWorking(start) ? start : view.nthWorkingAfter(start, 1));
        expect(view.reasonOff(start) === null).toBe(view.isWorking(start));
        expect(view.reasonNotBank(start) === null).toBe(view.isBank(start));
      }),
      { numRuns: 1000 },
    );
  });
});

test('every reason that the calendar gives can be told in Russian and Kazakh', () => {
  const plain = new Set<string>();
  for (let at = day('1990-01-01'); at <= day('2100-12-31'); at++) {
    const reason = view.reasonNotBank(at);
    if (reason !== null)
      plain.add(reason.replace(/^in lieu of \S+ \((.+)\)$/, '$1').replace(/^moved from \S+$/, 'Sunday'));
  }
  for (const reason of plain)
    expect([Object.keys(ru.reasons), Object.keys(kk.reasons)]).toSatisfy((lists: string[][]) =>
      lists.every((list) => list.includes(reason)),
    );
});
