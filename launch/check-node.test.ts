import { expect, test } from 'vitest';
import { almatyOffsetHours, checkNode } from './check-node.mjs';
import { failureCodes } from './failure.mjs';

test.each([
  ['20.19.0', 5, null],
  ['22.1.0', 5, null],
  ['20.18.3', 5, 'node.too_old'],
  ['18.20.0', 5, 'node.too_old'],
  ['20.19.0', 6, 'node.zone_data_wrong'],
])('Node %s with Almaty at UTC+%i: %s', (version, offset, code) => {
  const check = (): void => checkNode(version, offset);
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }));
});

test('this Node knows when Almaty changed its clocks, by its release of the data and by asking them', () => {
  expect(() => checkNode()).not.toThrow();
  expect([almatyOffsetHours('2025b'), almatyOffsetHours('2023d')]).toEqual([5, 5]);
});

test('codes are words and dots', () => {
  for (const code of failureCodes) expect(code).toMatch(/^[a-z]+\.[a-z_]+$/);
});
