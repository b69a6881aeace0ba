import { describe, expect, test } from 'vitest';
import { parseDay } from './day.js';
import { formatMoney } from './money.js';
import { mciOn, vatOn } from './rates.js';
import type { Day, Instant } from './types.js';
import { zoneOf } from './zone.js';

const forever = Number.POSITIVE_INFINITY;
const day = (text: string): Day => parseDay(text) as Day;
const from = (text: string): Instant => zoneOf('Asia/Almaty').startOf(day(text));

describe('the monthly calculation index', () => {
  test.each([
    ['2022-12-31', '3063.00'],
    ['2023-01-01', '3450.00'],
    ['2024-06-01', '3692.00'],
    ['2025-12-31', '3932.00'],
    ['2026-01-01', '4325.00'],
    ['2026-12-31', '4325.00'],
  ])('%s: %s', (text, expected) => {
    const mci = mciOn(day(text), forever, forever);
    expect(formatMoney(mci!.amountTiyn)).toBe(expected);
    expect(mci!.source).toMatch(/^https:/);
  });

  test('an amount that no law has set is null and never that of the year before', () => {
    expect(mciOn(day('2027-01-01'), forever, forever)).toBeNull();
    expect(mciOn(day('2021-12-31'), forever, forever)).toBeNull();
  });

  test('it is not known before its law was published, on either axis', () => {
    const published = from('2025-12-08');
    expect(mciOn(day('2026-01-15'), published - 1, forever)).toBeNull();
    expect(mciOn(day('2026-01-15'), forever, published - 1)).toBeNull();
    expect(mciOn(day('2026-01-15'), published, published)).not.toBeNull();
  });
});

describe('value added tax', () => {
  test.each([
    ['2025-12-31', '12'],
    ['2026-01-01', '16'],
    ['2030-01-01', '16'],
  ])('%s: %s %%', (text, percent) => {
    const vat = vatOn(day(text), forever, forever)!;
    expect(vat.percent).toBe(percent);
    expect(Number(vat.rate.over) / Number(vat.rate.under)).toBe(Number(percent) / 100);
  });

  test('before the Tax Code of 2025 was published, 2026 was at 12 %; before 2018 nothing is claimed', () => {
    expect(vatOn(day('2026-06-01'), from('2025-07-17'), forever)!.percent).toBe('12');
    expect(vatOn(day('2017-12-31'), forever, forever)).toBeNull();
  });
});
