import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../law/refusal.js';
import { compileCondition, fieldsOf, OPERATOR_NAMES, type Condition } from './condition.js';

/** Few names and few values, so that facts and conditions meet. */
const NAMES = ['kind', 'by', 'amount', 'ordinal', 'seen act.signed', 'invoice.kind'];
const LISTED = ['in', 'notIn'];

const scalar = fc.oneof(
  fc.constantFrom('subscription', 'credit', '', '3', '3 days', '007', 'NaN'),
  fc.constantFrom(-1, 0, 0.1, 2, 3, 1e21),
  fc.boolean(),
  fc.constant(null),
);
const list = fc.array(scalar, { maxLength: 4 });
const fieldValue = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: list });
const facts = fc.dictionary(fc.constantFrom(...NAMES), fieldValue, { noNullPrototype: true });
const name = fc.constantFrom(...NAMES);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: name,
    operator: fc.constantFrom(...OPERATOR_NAMES.filter((one) => !LISTED.includes(one))),
    value: fc.oneof({ weight: 4, arbitrary: fieldValue }, { weight: 1, arbitrary: fc.record({ fact: name }) }),
  }),
  fc.record({ fact: name, operator: fc.constantFrom(...LISTED), value: list }),
);

const { condition } = fc.letrec<{ condition: Condition; group: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie('group')),
  group: fc.oneof(
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

/** What json-rules-engine says of each set of facts. The library wants a group at the top. */
async function library(source: Condition, many: readonly Record<string, unknown>[]): Promise<readonly boolean[]> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addRule({ conditions: { all: [source] } as never, event: { type: 'holds' } });
  const said: boolean[] = [];
  for (const one of many) said.push((await engine.run(one)).events.length > 0);
  return said;
}

function compiled(source: Condition, many: readonly Record<string, unknown>[]): readonly boolean[] {
  const predicate = compileCondition(source, 'when');
  if (isRefusal(predicate)) throw new Error(predicate.message);
  return many.map((one) => predicate((field) => one[field]));
}

describe('a compiled condition', () => {
  it('says what json-rules-engine says, for any condition and any facts', async () => {
    let held = 0;
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(condition, fc.array(facts, { minLength: 4, maxLength: 4 }), async (source, many) => {
        const ours = compiled(source, many);
        expect(ours).toEqual(await library(source, many));
        for (const one of ours)
          if (one) held++;
          else failed++;
      }),
      { numRuns: 3000 },
    );
    // Both answers were asked for often enough to mean something.
    expect(held).toBeGreaterThan(1000);
    expect(failed).toBeGreaterThan(1000);
  });

  it('looks at no other fields than fieldsOf names', () => {
    fc.assert(
      fc.property(condition, facts, (source, one) => {
        const predicate = compileCondition(source, 'when');
        if (isRefusal(predicate)) throw new Error(predicate.message);
        const looked = new Set<string>();
        predicate((field) => {
          looked.add(field);
          return one[field];
        });
        const named = fieldsOf(source);
        expect([...looked].filter((field) => !named.includes(field))).toEqual([]);
      }),
    );
  });

  it('is refused where the library would throw: an operator that is unknown, a list that is none', async () => {
    const wrong = [
      { fact: 'kind', operator: 'like', value: 'x' },
      { fact: 'kind', operator: 'in', value: 3 },
    ];
    for (const one of wrong) {
      expect(compileCondition(one, 'when')).toMatchObject({ code: 'offer.condition', where: 'when' });
      await expect(library(one, [{ kind: 'x' }])).rejects.toThrow();
    }
  });

  it.each([
    ['beside "all" nothing else may stand', { all: [], any: [] }],
    ['"any" holds a list of conditions', { any: { fact: 'kind', operator: 'equal', value: 1 } }],
    ['a condition names a fact', { operator: 'equal', value: 1 }],
    ['a condition has a value', { fact: 'kind', operator: 'equal' }],
    ['is not part of a condition', { fact: 'kind', operator: 'equal', value: 1, path: '$.x' }],
    ['a value is a constant, a list, or { fact: name }', { fact: 'kind', operator: 'equal', value: { path: '$.x' } }],
    ['looks into a list', { fact: 'kind', operator: 'in', value: 'subscription' }],
    ['a condition is an object', ['kind']],
  ])('is refused with its place: %s', (message, wrong) => {
    expect(compileCondition({ not: wrong }, 'when')).toMatchObject({
      code: 'offer.condition',
      message: expect.stringContaining(message),
      where: expect.stringMatching(/^when\.not/),
    });
  });
});
