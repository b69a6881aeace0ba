import { expect, test } from 'vitest';
import { zoneOf } from '../rules/law/zone.js';
import { spreadOf } from './spread.js';

const ALMATY = zoneOf('Asia/Almaty');
const MIDNIGHT = Date.parse('2026-03-20T00:00:00+05:00');
const WINDOW = 900_000;

test.each([
  ['at midnight of the zone', MIDNIGHT, true],
  ['a millisecond after it', MIDNIGHT + 1, false],
  ['a millisecond before it', MIDNIGHT - 1, false],
  ['at midnight of UTC', Date.parse('2026-03-20T00:00:00Z'), false],
])('%s: spread %s', (_when, at, spread) => {
  const delays = Array.from({ length: 20 }, (_, n) => spreadOf(`contract ${n}`, at, ALMATY, WINDOW));
  expect(delays.some((delay) => delay > 0)).toBe(spread);
  expect(delays.every((delay) => delay >= 0 && delay < WINDOW)).toBe(true);
});

test('the same contract always waits as long; ten thousand fill the window evenly', () => {
  const delays = Array.from({ length: 10_000 }, (_, n) => spreadOf(`contract ${n}`, MIDNIGHT, ALMATY, WINDOW));
  expect(spreadOf('contract 7', MIDNIGHT, ALMATY, WINDOW)).toBe(delays[7]);
  for (let minute = 0; minute < 15; minute += 1) {
    const within = delays.filter((delay) => Math.floor(delay / 60_000) === minute).length;
    expect(within).toBeGreaterThan(500);
    expect(within).toBeLessThan(850);
  }
  expect(spreadOf('contract 7', MIDNIGHT, ALMATY, 0)).toBe(0);
});
