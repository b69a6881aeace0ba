import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, civil, dayOf, formatDay, parseDay, weekday } from './day.js';

const range = { min: dayOf(1885, 1, 1), max: dayOf(2209, 12, 31) };

describe('days', () => {
  test.each([
    ['1990-01-01', 7305, 1],
    ['2000-02-29', 11016, 2],
    ['2024-02-29', 19782, 4],
    ['2026-03-19', 20531, 4],
    ['2100-12-31', 47846, 5],
  ])('%s is day %i and weekday %i', (text, day, name) => {
    expect(parseDay(text)).toBe(day);
    expect(formatDay(day)).toBe(text);
    expect(weekday(day)).toBe(name);
  });

  test("agree with the platform's own calendar, before 1970 too", () => {
    fc.assert(
      fc.property(fc.integer(range), (day) => {
        const date = new Date(day * 86_400_000);
        expect(civil(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(weekday(day)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
        expect(formatDay(day)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-10-31', 4, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-31', -13, '2025-11-30'],
  ])('Civil Code 174(3): %s and %i months is %s, from the anchor each time', (from, months, to) => {
    expect(formatDay(addMonths(parseDay(from) as number, months))).toBe(to);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '26-01-01', '2026-01-01T00:00', ''])(
    '%j is no day',
    (text) => {
      expect(parseDay(text)).toMatchObject({ code: 'day.unreadable' });
    },
  );

  test('years that the calendar does not hold are refused', () => {
    expect(parseDay('1989-12-31')).toMatchObject({ code: 'day.unreadable' });
    expect(parseDay('2101-01-01')).toMatchObject({ code: 'day.unreadable' });
  });
});
