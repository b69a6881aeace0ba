import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from './canonical.js';

test('canonical JSON is that of the reference implementation, whatever the value and however often', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.nat(20).map(String),
    fc.constantFrom('__proto__', 'toJSON', 'é'),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'medium' },
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false, undefined, -0, 1e21, '\\ud800', '\u2028'),
      fc.date({ noInvalidDate: true }),
      fc.array(tie('any')),
      fc.dictionary(key, tie('any')),
    ),
  })).any;
  fc.assert(
    fc.property(value, (one) => {
      const text = canonicalize(one);
      fc.pre(text !== undefined);
      expect(canonical(one)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('what JSON cannot say is refused, at any depth', () => {
  for (const wrong of [NaN, Infinity, '\ud800', undefined])
    for (const value of wrong === undefined ? [wrong] : [wrong, [wrong], { deep: [{ wrong }] }])
      expect(() => canonical(value)).toThrow();
  expect(() => canonical({ '\udc00': 1 })).toThrow();
});

test('very deep values are written too', () => {
  let value: unknown = 'x';
  for (let depth = 0; depth < 5_000; depth += 1) value = { b: value, a: [depth] };
  expect(canonical(value)).toBe(canonicalize(value));
});
