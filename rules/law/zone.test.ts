import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay } from './day.js';
import { parseInstant } from './instant.js';
import type { Instant } from './types.js';
import { findZone, zoneDataProblem, zoneOf } from './zone.js';

const almaty = zoneOf('Asia/Almaty');
const at = (text: string): Instant => parseInstant(text) as Instant;

describe('Asia/Almaty', () => {
  test.each([
    ['2024-02-29T17:59:59Z', '2024-02-29T23:59:59+06:00', '2024-02-29'],
    ['2024-02-29T18:00:00Z', '2024-02-29T23:00:00+05:00', '2024-02-29'],
    ['2024-02-29T18:59:59.999Z', '2024-02-29T23:59:59.999+05:00', '2024-02-29'],
    ['2024-02-29T19:00:00Z', '2024-03-01T00:00:00+05:00', '2024-03-01'],
    ['2024-02-28T18:00:00Z', '2024-02-29T00:00:00+06:00', '2024-02-29'],
    ['2026-03-19T19:00:00Z', '2026-03-20T00:00:00+05:00', '2026-03-20'],
  ])('%s is %s, on %s', (utc, local, day) => {
    expect(almaty.format(at(utc))).toBe(local);
    expect(formatDay(almaty.dayOf(at(utc)))).toBe(day);
    expect(at(local)).toBe(at(utc));
  });

  test('29 February 2024 has 25 hours, and its last one comes twice', () => {
    const [first, next] = ['2024-02-29', '2024-03-01'].map((day) => almaty.startOf(parseDay(day) as number));
    expect((next! - first!) / 3_600_000).toBe(25);
    expect(at('2024-02-29T23:30:00+06:00')).not.toBe(at('2024-02-29T23:30:00+05:00'));
    expect(almaty.dayOf(at('2024-02-29T23:30:00+06:00'))).toBe(almaty.dayOf(at('2024-02-29T23:30:00+05:00')));
  });

  test("this platform's data know the change", () => {
    expect(zoneDataProblem()).toBeNull();
    expect([almaty.offsetAt(at('2024-02-15T12:00:00Z')), almaty.offsetAt(at('2024-03-15T12:00:00Z'))]).toEqual([
      360, 300,
    ]);
  });
});

describe('any zone', () => {
  const zones = [
    'Asia/Almaty',
    'Asia/Qyzylorda',
    'Europe/Berlin',
    'America/St_Johns',
    'Pacific/Apia',
    'Africa/Casablanca',
    'America/Havana',
    'UTC',
  ];
  const first = Date.UTC(1990, 0, 1);
  const last = Date.UTC(2100, 11, 31);

  test('agrees with luxon at every instant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: first / 1000, max: last / 1000 }), (id, second) => {
        const luxon = DateTime.fromMillis(second * 1000, { zone: id, locale: 'en' });
        const zone = zoneOf(id);
        expect(zone.offsetAt(second * 1000)).toBe(luxon.offset);
        expect(formatDay(zone.dayOf(second * 1000))).toBe(luxon.toISODate());
      }),
      { numRuns: 2000 },
    );
  });

  test('startOf is the first instant of a day that the place has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: parseDay('1990-01-02') as number, max: parseDay('2100-12-30') as number }),
        (id, day) => {
          const zone = zoneOf(id);
          const start = zone.startOf(day);
          expect(zone.dayOf(start)).toBeGreaterThanOrEqual(day);
          expect(zone.dayOf(start - 1)).toBeLessThan(day);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('a day that a place left out starts when the next one does', () => {
    const apia = zoneOf('Pacific/Apia');
    const missing = parseDay('2011-12-30') as number;
    expect(apia.startOf(missing)).toBe(apia.startOf(missing + 1));
  });

  test('midnight that clocks jump over: the day starts at the jump', () => {
    const zone = zoneOf('America/Havana');
    expect(zone.format(zone.startOf(parseDay('2026-03-08') as number))).toBe('2026-03-08T01:00:00-04:00');
  });

  test.each(['Mars/Olympus', '', '+05:00', 'Asia/Almaty; drop', 'constructor'])('%j is no zone', (id) => {
    expect(findZone(id)).toMatchObject({ code: 'zone.unknown' });
    expect(() => zoneOf(id)).toThrow(RangeError);
  });

  test('the same name gives the same object', () => {
    expect(zoneOf('Europe/Berlin')).toBe(zoneOf('Europe/Berlin'));
  });
});

describe('instants', () => {
  test.each([
    ['2026-03-12T11:00:00+05:00', Date.UTC(2026, 2, 12, 6)],
    ['2026-03-12T11:00+05', Date.UTC(2026, 2, 12, 6)],
    ['2026-03-12T06:00:00Z', Date.UTC(2026, 2, 12, 6)],
    ['2026-03-12t06:00:00.5z', Date.UTC(2026, 2, 12, 6, 0, 0, 500)],
    ['2026-03-12T06:00:00.123456Z', Date.UTC(2026, 2, 12, 6, 0, 0, 123)],
    ['2026-03-11T24:00:00-03:30', Date.UTC(2026, 2, 12, 3, 30)],
  ])('%s is read', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  test('an instant without an offset is refused, and the refusal says what would be right', () => {
    const refusal = parseInstant('2024-02-29T23:30:00', almaty);
    expect(refusal).toMatchObject({ code: 'instant.no_offset' });
    expect(parseInstant('2026-03-12T11:00:00', almaty)).toMatchObject({ message: expect.stringContaining('+05:00') });
  });

  test.each([
    ['2026-02-30T11:00:00+05:00', 'there is no day 2026-02-30'],
    ['2026-13-01T00:00:00Z', 'there is no day 2026-13-01'],
    ['2026-03-12T25:00:00+05:00', 'no clock shows 25:00:00'],
    ['2026-03-12T11:60Z', 'no clock shows 11:60'],
    ['2026-03-12T11:00:00+05:75', '+05:75 is no offset from UTC'],
    ['2026-03-12', 'it names a day and no time'],
    ['yesterday', 'write it as 2026-03-12T11:00:00+05:00'],
  ])('%s: the refusal says "%s"', (text, said) => {
    expect(parseInstant(text, zoneOf('Asia/Almaty'))).toMatchObject({ message: expect.stringContaining(said) });
  });

  test('no clock is changed between two instants', () => {
    const almaty = zoneOf('Asia/Almaty');
    const change = Date.parse('2024-02-29T18:00:00Z');
    expect(almaty.steady(change - 1, change)).toBe(false);
    expect(almaty.steady(change, change + 1e12)).toBe(true);
    expect(almaty.steady(change - 1e10, change - 1)).toBe(true);
    // There and back again: the offset is the same on both sides, and the clock was changed twice.
    const berlin = zoneOf('Europe/Berlin');
    expect(berlin.steady(Date.parse('2024-03-01T00:00:00Z'), Date.parse('2024-12-01T00:00:00Z'))).toBe(false);
  });

  test.each([
    ['2026-03-12', 'instant.unreadable'],
    ['2026-02-30T00:00:00Z', 'instant.unreadable'],
    ['2026-03-12T25:00:00Z', 'instant.unreadable'],
    ['2026-03-12T24:00:01Z', 'instant.unreadable'],
    ['2026-03-12T11:60:00Z', 'instant.unreadable'],
    ['2026-03-12T11:00:00+05:75', 'instant.unreadable'],
    ['2026-03-12T11:00:00+25:00', 'instant.unreadable'],
    ['yesterday', 'instant.unreadable'],
    ['1901-01-01T00:00:00Z', 'instant.out_of_range'],
    ['2150-01-01T00:00:00Z', 'instant.out_of_range'],
  ])('%s is refused with %s', (text, code) => {
    expect(parseInstant(text)).toMatchObject({ code });
  });

  test('what is formatted is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2100, 11, 30) }), (instant) => {
        expect(parseInstant(almaty.format(instant))).toBe(instant);
      }),
    );
  });
});
