import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accrued, convert, formatMoney, parseMoney, parseRatio, percentOf, perMyriad, type Ratio } from './money.js';
import type { Tiyn } from './money.js';

const tiyn = (text: string): Tiyn => parseMoney(text) as Tiyn;
const ratio = (text: string): Ratio => parseRatio(text) as Ratio;
const amount = fc.integer({ min: -1e13, max: 1e13 });

describe('money', () => {
  test.each([
    ['100000.00', 10_000_000],
    ['0.00', 0],
    ['-0.00', 0],
    ['-5.5', -550],
    ['8650', 865_000],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is read', (text, expected) => {
    expect(parseMoney(text)).toBe(expected);
  });

  test.each(['1.005', '1,00', '', '.5', '5.', '1e3', '+1', '1 000', 'NaN', '--1'])('%j is no amount', (text) => {
    expect(parseMoney(text)).toMatchObject({ code: 'money.unreadable' });
  });

  test('what cannot be counted exactly is refused', () => {
    expect(parseMoney('90071992547409.92')).toMatchObject({ code: 'money.too_large' });
    expect(() => formatMoney(0.5)).toThrow(RangeError);
    expect(() => percentOf(Number.MAX_SAFE_INTEGER, perMyriad(20_000))).toThrow(RangeError);
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(parseMoney(formatMoney(value))).toBe(value);
        expect(formatMoney(value)).toMatch(/^-?\d+\.\d\d$/);
      }),
    );
  });
});

describe('rates', () => {
  test.each([
    ['100000.00', 10, 22, '2200.00'],
    ['100000.00', 10, 1, '100.00'],
    ['250000.00', 10, 2, '500.00'],
    ['0.05', 1000, 1, '0.01'],
    ['0.04', 1000, 1, '0.00'],
    ['-0.05', 1000, 1, '-0.01'],
    ['333.33', 10, 3, '1.00'],
  ])('%s at %i per myriad, %i times: %s', (base, rate, times, expected) => {
    expect(formatMoney(percentOf(tiyn(base), perMyriad(rate), times))).toBe(expected);
  });

  test('part payments split a penalty, which is rounded once', () => {
    const rate = perMyriad(10);
    const stretches = [
      { base: tiyn('100.50'), days: 3 },
      { base: tiyn('33.17'), days: 4 },
    ];
    // (10050 x 3 + 3317 x 4) x 0.001 = 43.418 tiyn.
    expect(accrued(stretches, rate)).toBe(43);
    expect(percentOf(10050, rate, 3) + percentOf(3317, rate, 4)).toBe(43);
    expect(
      accrued(
        [
          { base: 500, days: 1 },
          { base: 500, days: 1 },
        ],
        rate,
      ),
    ).toBe(1);
    expect(percentOf(500, rate) + percentOf(500, rate)).toBe(2);
  });

  test('a cap ends the growth: 5 % of the invoice', () => {
    const cap = { of: tiyn('100000.00'), rate: perMyriad(500) };
    const after = (days: number) => formatMoney(accrued([{ base: tiyn('100000.00'), days }], perMyriad(10), cap));
    expect([after(49), after(50), after(51), after(5000)]).toEqual(['4900.00', '5000.00', '5000.00', '5000.00']);
  });

  test('to split a stretch changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.nat(400), fc.nat(400), (base, a, b) => {
        const rate = perMyriad(10);
        expect(
          accrued(
            [
              { base, days: a },
              { base, days: b },
            ],
            rate,
          ),
        ).toBe(accrued([{ base, days: a + b }], rate));
      }),
    );
  });

  test.each([
    ['10.00', '525.34', 1, '5253.40'],
    ['1000.00', '362.11', 100, '3621.10'],
    ['1000.00', '10.5', 1000, '10.50'],
    ['0.01', '525.34', 1, '5.25'],
  ])('%s at %s for %i units: %s', (value, rate, quant, expected) => {
    expect(formatMoney(convert(tiyn(value), ratio(rate), quant))).toBe(expected);
  });

  test.each(['0', '0.00', '-1', '1,5', '', 'x'])('%j is no rate', (text) => {
    expect(parseRatio(text)).toMatchObject({ code: 'rate.unreadable' });
  });

  test('a credit is as large as what it takes back', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 9999 }), (value, rate) => {
        const there = percentOf(value, perMyriad(rate));
        expect(percentOf(-value, perMyriad(rate)) + there).toBe(0);
      }),
    );
  });
});
