import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from './fact.js';
import { compareFacts, compareIds, rankOf } from './order.js';
import { VOCABULARY } from './vocabulary.js';

const fact = (id: string, type = 'portal.visited', at = 0): Fact => ({
  id,
  type,
  at,
  recordedAt: at,
  subject: 'contract',
  data: {},
});

describe('the order of facts', () => {
  test('is when they happened, then the order of the vocabulary, then the id', () => {
    const facts = [
      fact('a', 'fact.voided'),
      fact('b', 'invoice.presented'),
      fact('f10'),
      fact('f2'),
      fact('c', 'fact.voided', -1),
    ];
    expect(facts.sort(compareFacts).map(({ id }) => id)).toEqual(['c', 'b', 'f2', 'f10', 'a']);
  });

  test('an invoice comes before the money of the same instant, a declared type after all, a receipt last', () => {
    const ranks = [
      'participant.registered',
      'invoice.presented',
      'payment.credited',
      'fact.voided',
      'lesson.missed',
      'effect.claimed',
      'effect.performed',
    ].map(rankOf);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  test('no type stands in the vocabulary twice', () => {
    expect(new Set(VOCABULARY.map(({ type }) => type)).size).toBe(VOCABULARY.length);
    expect(VOCABULARY).toHaveLength(92);
  });

  test.each([
    ['f2', 'f10', -1],
    ['f10', 'f2', 1],
    ['INV-1', 'INV-01', 1],
    ['a', 'a1', -1],
    ['99999999999999999999', '100000000000000000000', -1],
    ['a', 'a', 0],
  ])('%s against %s', (a, b, sign) => expect(Math.sign(compareIds(a, b))).toBe(sign));

  test('ids are in one total order: antisymmetric, transitive, equal only to themselves', () => {
    const id = fc.stringMatching(/^[a0-9]{1,4}$/);
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareIds(a, b)) + Math.sign(compareIds(b, a))).toBe(0);
        expect(compareIds(a, b) === 0).toBe(a === b);
        if (compareIds(a, b) <= 0 && compareIds(b, c) <= 0) expect(compareIds(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
