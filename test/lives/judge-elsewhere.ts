import fc from 'fast-check';
import { judge, liveOut } from '../../rules/engine/index.js';
import { instants, lawOf, lives, OFFERS } from './random-life.js';

/** The outcomes of some lives of every offer as one text: for a comparison with another process, in another zone. */
export function outcomesOf(seed: number, numRuns: number): string {
  return OFFERS.map((offer) => {
    const law = lawOf(offer);
    return fc
      .sample(fc.tuple(lives, instants), { seed, numRuns })
      .map(([facts, asOf]) => {
        const view = { asOf, knownAt: asOf };
        return JSON.stringify(judge(law, liveOut(law, facts, view), view));
      })
      .join('\n');
  }).join('\n');
}
