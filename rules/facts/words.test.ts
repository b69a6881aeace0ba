import { describe, expect, it } from 'vitest';
import { VOCABULARY } from './vocabulary.js';
import { wordsOf } from './words.js';

describe('what happened, in words', () => {
  it.each(VOCABULARY.map(({ type }) => type))('%s has words of its own in three languages', (type) => {
    const [en, ru, kk] = [wordsOf(type, 'en'), wordsOf(type, 'ru'), wordsOf(type, 'kk')];
    expect(en).toMatch(/^[A-Za-z ]+$/);
    expect(ru).toMatch(/^[А-Яа-яёA-Z -]+$/);
    expect(kk).toMatch(/^[А-Яа-яёәғқңөұүһіӘҒҚҢӨҰҮҺІA-Z -]+$/);
  });

  it('no two facts are called the same', () => {
    for (const language of ['en', 'ru', 'kk'] as const)
      expect(new Set(VOCABULARY.map(({ type }) => wordsOf(type, language))).size).toBe(VOCABULARY.length);
  });

  it('what an offer declares for itself is called as it is, whatever its name', () => {
    expect(wordsOf('parcel.lost', 'ru')).toBe('parcel.lost');
    expect(wordsOf('constructor', 'en')).toBe('constructor');
  });
});
