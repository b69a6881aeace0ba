import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendarOf, deadlineOf, formatDay, parseDay, parseTerm, zoneOf } from './index.js';
import type { AnyTerm, Day, Toll } from './types.js';

const page = readFileSync(new URL('../../docs/date-arithmetic.md', import.meta.url), 'utf8');
const LINE = /^ {4}(.+?) from (\S+)(?: tolled (\S+) to (\S+))?(?: asked on (\S+))? = (\S+)$/;
const zone = zoneOf('Asia/Almaty');
const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => {
  const read = parseDay(text);
  if (typeof read !== 'number') throw new Error(read.message);
  return read;
};

const lines = page.split('\n').filter((line) => line.startsWith('    '));

describe('docs/date-arithmetic.md: every counterexample is one', () => {
  test('there are many, and each line of the page is read', () => {
    expect(lines.length).toBeGreaterThan(35);
    for (const line of lines) expect(line).toMatch(LINE);
  });

  test.each(lines.map((line) => line.trim()))('%s', (line) => {
    const [, term = '', from = '', tollFrom, tollTo, asked, expected] = LINE.exec(`    ${line}`)!;
    const tolls: Toll[] =
      tollFrom === undefined
        ? []
        : [
            {
              from: zone.startOf(day(tollFrom)),
              to: zone.startOf(day(tollTo!) + 1),
              fromDay: day(tollFrom),
              toDay: day(tollTo!),
            },
          ];
    const opened = zone.startOf(day(from));
    const asOf = asked === undefined ? forever : zone.startOf(day(asked));
    const ctx = { zone, calendar: calendarOf('KZ'), asOf, knownAt: asOf, opened, tolls };
    const { lastDay } = deadlineOf(parseTerm(term) as AnyTerm, { day: day(from) }, ctx);
    expect(formatDay(lastDay!)).toBe(expected);
  });
});

test('29 February 2024 in Almaty had 25 hours', () => {
  expect(zone.startOf(day('2024-03-01')) - zone.startOf(day('2024-02-29'))).toBe(25 * 3_600_000);
});
