import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindToLater,
  eachRunEndsOnce,
  judgesTheSame,
  nothingLeftToDo,
  stillUntilNext,
  wantedUntilWake,
} from '../../test/lives/claims.js';
import { goesOnForEver, lawOfFile, offerFiles, randomInstants, randomLives } from '../../test/lives/random-offer.js';
import { liveOut } from './index.js';
import type { Law } from './types.js';

/** Offers put together by chance: judging never throws and never loops, and what holds of the five holds of them. */
const numRuns = Number(process.env['MERZIM_RUNS'] ?? 200);
const policies = fc.constantFrom('automatic', 'automatic', 'ask', 'leave');
const under = (claim: (law: Law) => void) => (file: Parameters<typeof lawOfFile>[0], policy: string) => {
  fc.pre(!goesOnForEver(file));
  const law = lawOfFile(file, policy);
  fc.pre(law !== null);
  claim(law);
};

describe('offers put together by chance', () => {
  it('most of them compile', () => {
    const made = fc.sample(offerFiles, { numRuns: 100, seed: 1 }).map((file) => lawOfFile(file, 'automatic'));
    expect(made.filter((law) => law !== null).length).toBeGreaterThan(50);
  });

  it('judging is a function of the facts, and blind to what is later', () => {
    fc.assert(
      fc.property(
        offerFiles,
        policies,
        randomLives,
        randomInstants,
        randomInstants,
        fc.infiniteStream(fc.nat()),
        (file, policy, facts, asOf, knownAt, noise) =>
          under((law) => {
            const record = liveOut(law, facts, { asOf, knownAt: asOf });
            judgesTheSame(law, record, asOf, noise);
            blindToLater(law, facts, asOf, knownAt);
          })(file, policy),
      ),
      { numRuns },
    );
  });

  it('nothing changes by itself before next, and nothing that reaches the world before wakeAt', () => {
    fc.assert(
      fc.property(
        offerFiles,
        policies,
        randomLives,
        randomInstants,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (file, policy, facts, asOf, part) =>
          under((law) => {
            stillUntilNext(law, facts, asOf, part);
            wantedUntilWake(law, facts, asOf);
          })(file, policy),
      ),
      { numRuns },
    );
  });

  it('after its own steps nothing is left to do, and each run ends once', () => {
    fc.assert(
      fc.property(offerFiles, policies, randomLives, randomInstants, (file, policy, facts, asOf) =>
        under((law) => eachRunEndsOnce(law, nothingLeftToDo(law, facts, asOf).outcome))(file, policy),
      ),
      { numRuns },
    );
  });

  it('clauses that recur, or come round to where they began, end as well', () => {
    fc.assert(
      fc.property(offerFiles, policies, randomLives, randomInstants, (file, policy, facts, asOf) => {
        fc.pre(goesOnForEver(file));
        const law = lawOfFile(file, policy);
        fc.pre(law !== null);
        eachRunEndsOnce(law, nothingLeftToDo(law, facts, asOf).outcome);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});
