import { describe, expect, test } from 'vitest';
import { LAW_REFUSALS } from './refusal.js';
import { formatTerm, LONGEST, parseTerm } from './term.js';
import type { Term } from './types.js';

const plain = { kind: 'length', moreThan: false, before: false, inclusive: false, noRoll: false };

describe('terms that are read', () => {
  test.each([
    ['5 bank days', { ...plain, n: 5, unit: 'bank days' }],
    ['1 bank day', { ...plain, n: 1, unit: 'bank days' }],
    ['3 working days', { ...plain, n: 3, unit: 'working days' }],
    ['10 calendar days', { ...plain, n: 10, unit: 'calendar days' }],
    ['48 hours', { ...plain, n: 48, unit: 'hours' }],
    ['4 working hours', { ...plain, n: 4, unit: 'working hours' }],
    ['1 working hour', { ...plain, n: 1, unit: 'working hours' }],
    ['more than 4 working hours', { ...plain, n: 4, unit: 'working hours', moreThan: true }],
    ['2 weeks', { ...plain, n: 2, unit: 'weeks' }],
    ['1 half-month', { ...plain, n: 1, unit: 'half-months' }],
    ['3 months', { ...plain, n: 3, unit: 'months' }],
    ['1 quarter', { ...plain, n: 1, unit: 'quarters' }],
    ['2 half-years', { ...plain, n: 2, unit: 'half-years' }],
    ['100 years', { ...plain, n: 100, unit: 'years' }],
    ['more than 15 calendar days', { ...plain, n: 15, unit: 'calendar days', moreThan: true }],
    ['5 working days before', { ...plain, n: 5, unit: 'working days', before: true }],
    ['3 working days, that day included', { ...plain, n: 3, unit: 'working days', inclusive: true }],
    ['5 calendar days, no roll', { ...plain, n: 5, unit: 'calendar days', noRoll: true }],
    [
      '2 weeks before, that day included, no roll',
      { ...plain, n: 2, unit: 'weeks', before: true, inclusive: true, noRoll: true },
    ],
    ['  5   bank  days ', { ...plain, n: 5, unit: 'bank days' }],
    ['first day of the next month', { kind: 'first day of the next month' }],
  ])('%s', (text, expected) => {
    const term = parseTerm(text);
    expect(term).toEqual(expected);
    expect(parseTerm(formatTerm(term as Term))).toEqual(expected);
  });

  test('the same text gives the same object', () => {
    expect(parseTerm('5 bank days')).toBe(parseTerm('5 bank days'));
  });

  test.each(Object.entries(LONGEST))('%s: a hundred years are read, more are not', (unit, most) => {
    expect(parseTerm(`${most} ${unit}`)).toMatchObject({ n: most });
    expect(parseTerm(`${most + 1} ${unit}`)).toMatchObject({ code: 'term.too_long' });
  });
});

describe('terms that are refused', () => {
  test.each([
    ['5 days', 'term.bare_days'],
    ['1 day', 'term.bare_days'],
    ['more than 5 days', 'term.bare_days'],
    ['5 days before, no roll', 'term.bare_days'],
    ['0 bank days', 'term.number'],
    ['-5 bank days', 'term.number'],
    ['1.5 months', 'term.number'],
    ['05 bank days', 'term.number'],
    ['five bank days', 'term.number'],
    ['1e3 hours', 'term.number'],
    ['99999999999999999999 bank days', 'term.too_long'],
    ['more than 5 bank days before', 'term.more_than_before'],
    ['4 working hours before', 'term.before_unit'],
    ['4 working hours, that day included', 'term.inclusive_unit'],
    ['more than 4 working hours before', 'term.more_than_before'],
    ['3 months, that day included', 'term.inclusive_unit'],
    ['1 year, that day included', 'term.inclusive_unit'],
    ['1 quarter before, that day included', 'term.inclusive_unit'],
    ['', 'term.unreadable'],
    ['soon', 'term.unreadable'],
    ['5 business days', 'term.unreadable'],
    ['5 Bank Days', 'term.unreadable'],
    ['5 bank days after', 'term.unreadable'],
    ['5 bank days, no roll, that day included', 'term.unreadable'],
    ['bank days', 'term.unreadable'],
    ['first day of the next month, no roll', 'term.unreadable'],
    ['5 fortnights', 'term.unreadable'],
  ])('%j: %s', (text, code) => {
    const refusal = parseTerm(text) as { code: string; message: string };
    expect(refusal.code).toBe(code);
    expect(Object.keys(LAW_REFUSALS)).toContain(code);
    expect(refusal.message.length).toBeGreaterThan(20);
  });

  test.each([
    ['5 Bank Days', 'write it as "5 bank days"'],
    ['5 bank days,no roll', 'write it as "5 bank days, no roll"'],
    ['within 5 bank days', 'write it as "5 bank days"'],
    ['5 bank days, no roll, that day included', 'write it as "5 bank days, that day included, no roll"'],
    ['First day of the next month', 'write it as "first day of the next month"'],
    ['5 business days', '"business days" is not a unit'],
    ['more than 5 fortnights, no roll', '"fortnights" is not a unit'],
    ['bank days', 'it has no number'],
    ['more than bank days', 'it has no number'],
    ['5', 'it has no unit'],
    ['soon', 'write [more than] N <unit>'],
    ['4 working hours before', 'count back in hours, or in working or bank days'],
    ['4 working hours, that day included', 'leave it out'],
    ['5 Days', 'calendar days, working days or bank days'],
    ['0 Bank Days', 'must be a positive whole number'],
  ])('%j: the refusal says "%s"', (text, said) => {
    expect(parseTerm(text)).toMatchObject({ message: expect.stringContaining(said) });
  });

  test('the refusal of bare days names the three kinds', () => {
    expect(parseTerm('5 days')).toMatchObject({
      message: expect.stringMatching(/calendar days.*working days.*bank days/),
    });
  });

  test('a text of any length is refused in a short sentence', () => {
    expect((parseTerm('x'.repeat(100_000)) as { message: string }).message.length).toBeLessThan(400);
  });
});
