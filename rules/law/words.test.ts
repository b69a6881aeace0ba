import { describe, expect, test } from 'vitest';
import { parseTerm } from './term.js';
import type { Term } from './types.js';
import { en } from './words-en.js';
import { kk } from './words-kk.js';
import { ru } from './words-ru.js';

const term = (text: string): Term => parseTerm(text) as Term;

describe('terms in words', () => {
  test.each([
    ['1 bank day', '1 банковский день', '1 банк күні'],
    ['2 bank days', '2 банковских дня', '2 банк күні'],
    ['5 bank days', '5 банковских дней', '5 банк күні'],
    ['11 working days', '11 рабочих дней', '11 жұмыс күні'],
    ['12 working days', '12 рабочих дней', '12 жұмыс күні'],
    ['21 calendar days', '21 календарный день', '21 күнтізбелік күн'],
    ['22 calendar days', '22 календарных дня', '22 күнтізбелік күн'],
    ['111 calendar days', '111 календарных дней', '111 күнтізбелік күн'],
    ['1 hour', '1 час', '1 сағат'],
    ['24 hours', '24 часа', '24 сағат'],
    ['1 working hour', '1 рабочий час', '1 жұмыс сағаты'],
    ['2 working hours', '2 рабочих часа', '2 жұмыс сағаты'],
    ['11 working hours', '11 рабочих часов', '11 жұмыс сағаты'],
    ['more than 1 working hour', 'более 1 рабочего часа', '1 жұмыс сағатынан астам'],
    ['more than 4 working hours', 'более 4 рабочих часов', '4 жұмыс сағатынан астам'],
    ['1 week before', '1 неделю', '1 апта'],
    ['21 weeks before', '21 неделю', '21 апта'],
    ['2 weeks', '2 недели', '2 апта'],
    ['1 half-month', 'половина месяца (15 дней)', 'жарты ай (15 күн)'],
    ['2 half-months', '2 полумесяца (30 дней)', '2 жарты ай (30 күн)'],
    ['1 half-year', '1 полугодие', 'жарты жыл'],
    ['3 quarters', '3 квартала', '3 тоқсан'],
    ['5 years', '5 лет', '5 жыл'],
    ['more than 1 calendar day', 'более 1 календарного дня', '1 күнтізбелік күннен астам'],
    ['more than 3 months', 'более 3 месяцев', '3 айдан астам'],
    ['more than 15 calendar days', 'более 15 календарных дней', '15 күнтізбелік күннен астам'],
    ['more than 1 year', 'более 1 года', '1 жылдан астам'],
    ['more than 2 years', 'более 2 лет', '2 жылдан астам'],
    ['more than 1 half-month', 'более половины месяца (15 дней)', 'жарты айдан астам (15 күн)'],
  ])('%s: %s, %s', (text, russian, kazakh) => {
    expect(ru.length(term(text))).toBe(russian);
    expect(kk.length(term(text))).toBe(kazakh);
  });

  test.each([
    ['2026-03-14', '2026-03-15', '14-15 March 2026', '14–15 марта 2026 года', '2026 жылғы 14–15 наурыз'],
    [
      '2026-04-30',
      '2026-05-01',
      '30 April to 1 May 2026',
      'с 30 апреля по 1 мая 2026 года',
      '2026 жылғы 30 сәуір – 1 мамыр',
    ],
    [
      '2025-12-31',
      '2026-01-02',
      '31 December 2025 to 2 January 2026',
      'с 31 декабря 2025 года по 2 января 2026 года',
      '2025 жылғы 31 желтоқсан – 2026 жылғы 2 қаңтар',
    ],
  ])('from %s to %s', (from, to, english, russian, kazakh) => {
    expect([en.dates(from, to), ru.dates(from, to), kk.dates(from, to)]).toEqual([english, russian, kazakh]);
  });

  test('every name of a day off that the law gives has a name in Russian and Kazakh', () => {
    expect(Object.keys(kk.reasons).sort()).toEqual(Object.keys(ru.reasons).sort());
  });
});
