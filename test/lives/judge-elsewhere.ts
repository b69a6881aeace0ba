import fc from 'fast-check';
import { judge, liveOut } from '../../rules/engine/index.js';
import { livesAt } from './offer-life.js';
import { lawOf, OFFERS, policies } from './random-life.js';

/** The outcomes of some lives of every offer as one text: for a comparison with another process, in another zone. */
export function outcomesOf(seed: number, numRuns: number): string {
  return OFFERS.map((offer) => {
    const law = lawOf(offer);
    return fc
      .sample(fc.tuple(policies(law), livesAt(law)), { seed, numRuns })
      .map(([ruled, [facts, asOf]]) => {
        const view = { asOf, knownAt: asOf };
        const { outcome, wanted, next, wakeAt } = judge(ruled, liveOut(ruled, facts, view), view);
        return JSON.stringify([outcome, [...wanted.values()], next, wakeAt]);
      })
      .join('\n');
  }).join('\n');
}
