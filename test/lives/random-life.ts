import fc from 'fast-check';
import { lawFor, offerIds } from '../../compose/library.js';
import type { Law } from '../../rules/engine/types.js';
import type { Policy } from '../../rules/policy/types.js';

/** 2026-03-02T10:00:00+05:00, a Monday. */
export const BIRTH = Date.UTC(2026, 2, 2, 5);

/** The law of an offer under a policy; throws when it does not compile, which is a bug of the tests. */
export function lawOf(offer: string, policy = 'automatic'): Law {
  const law = lawFor(offer, { policy, participant: { kind: 'legal-entity', resident: true } });
  if ('code' in law) throw new Error(`${law.code}: ${law.message}`);
  return law;
}

/** The offers that the properties run over: all that ship, and one that the product does not know. */
export const OFFERS = [...offerIds(), 'test/fixtures/rental/offer.yaml'] as const;

/** A policy that nobody would write: any right is used, asked about or left, by its clause and subject. */
const whimsical = (seed: number): Policy => ({
  id: `chance ${seed}`,
  decide: ({ clause, subject }) => {
    const sum = [...`${clause}${subject}`].reduce((total, letter) => total * 31 + letter.charCodeAt(0), seed);
    return (['use', 'ask', 'leave'] as const)[sum % 3] ?? 'use';
  },
});

/** A law under the policies that ship, `automatic` most often, and under others. */
export const policies = (law: Law): fc.Arbitrary<Law> =>
  fc
    .oneof(
      { weight: 5, arbitrary: fc.constant('automatic') },
      { weight: 1, arbitrary: fc.constantFrom('ask', 'leave') },
      { weight: 2, arbitrary: fc.nat({ max: 8 }) },
    )
    .map((name) => ({
      ...law,
      policy: typeof name === 'number' ? whimsical(name) : lawOf(OFFERS[0], name).policy,
      [fc.toStringMethod]: () => `policy ${name}`,
    }));
