import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffle } from '../../test/lives/claims.js';
import { livesAt } from '../../test/lives/offer-life.js';
import { lawOf, OFFERS } from '../../test/lives/random-life.js';
import { receive, type Delivery } from '../../test/lives/receiver.js';
import type { Fact } from '../facts/fact.js';
import { judge, liveOut } from './index.js';
import type { Law } from './types.js';

const numRuns = Number(process.env['MERZIM_RUNS'] ?? 60);

/** The states of access of a life in the order of their versions: a new one when something opened or closed. */
function versions(law: Law, facts: readonly Fact[], asOf: number): readonly Delivery[] {
  const record = liveOut(law, facts, { asOf, knownAt: asOf });
  const turns = [...new Set([...record.flatMap((fact) => [fact.at, fact.recordedAt]), asOf])]
    .filter((at) => at <= asOf)
    .sort((a, b) => a - b);
  const sent: Delivery[] = [];
  for (const at of turns) {
    const { access } = judge(law, record, { asOf: at, knownAt: at }).outcome;
    const open = Object.fromEntries(Object.entries(access).map(([name, one]) => [name, one.open]));
    if (JSON.stringify(open) !== JSON.stringify(sent.at(-1)?.open)) sent.push({ version: sent.length + 1, open });
  }
  return sent;
}

describe.each(OFFERS)('%s', (offer) => {
  const law = lawOf(offer);
  const noise = fc.infiniteStream(fc.nat());
  const lost = fc.array(fc.nat());

  it('deliveries that are late, doubled or lost leave the receiver at the highest version that came', () => {
    fc.assert(
      fc.property(livesAt(law), noise, lost, ([facts, asOf], order, missing) => {
        const sent = versions(law, facts, asOf);
        const newest = sent[sent.length - 1] as Delivery;
        const kept = sent.filter((one) => one === newest || !missing.includes(one.version));
        // The port drains what is undelivered, so the newest always arrives; where it stands in the queue is chance.
        const arriving = shuffle([...kept, ...kept], order);
        expect(arriving.reduce<Delivery | null>(receive, null)).toEqual(newest);
        const { access } = judge(law, liveOut(law, facts, { asOf, knownAt: asOf }), { asOf, knownAt: asOf }).outcome;
        for (const [name, open] of Object.entries(newest.open))
          expect([name, access[name]?.open]).toEqual([name, open]);
      }),
      { numRuns },
    );
  });
});
