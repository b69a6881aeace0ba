import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindToLater,
  documentsNetToTheLedger,
  eachRunEndsOnce,
  everyEffectIsProven,
  judgesTheSame,
  nothingLeftToDo,
  settlesInTheLedger,
  stillUntilNext,
  wantedUntilWake,
} from '../../test/lives/claims.js';
import { livesAt, livesOf, looksAt } from '../../test/lives/offer-life.js';
import { changing, fewerClauses, knowing, moreConsequences, otherTerms } from '../../test/lives/other-edition.js';
import { BIRTH, lawOf, OFFERS, policies } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { judge, liveOut, simulate } from './index.js';
import type { Law } from './types.js';

/** The properties of judging, over lives in which the text changes: other terms, fewer clauses, back again, at once and late. */
const RUNS = Math.ceil(Number(process.env['MERZIM_RUNS'] ?? 200) / 8);
const DAY = 86_400_000;
const check = (property: fc.IProperty<unknown>): void => fc.assert(property, { numRuns: RUNS });

describe.each(OFFERS.map((offer) => [offer, lawOf(offer)] as const))('%s, changed', (_offer, law) => {
  const editions = [otherTerms(law), fewerClauses(law), moreConsequences(law)];
  const texts = [...editions, law.offer];
  const { offer } = knowing(law, ...editions);
  const under = policies(law).map((one): Law => ({ ...one, offer }));
  const lives = fc.tuple(livesOf(law), changing(texts)).map(([facts, change]) => change(facts));
  const scene = fc
    .tuple(livesAt(law), changing(texts))
    .map(([[facts, asOf], change]): readonly [readonly Fact[], number] => [change(facts), asOf]);

  it('judging twice gives the same bytes, whatever the order of the list', () => {
    check(
      fc.property(under, scene, fc.infiniteStream(fc.nat()), (ruled, [facts, asOf], noise) =>
        judgesTheSame(ruled, liveOut(ruled, facts, { asOf, knownAt: asOf }), asOf, noise),
      ),
    );
  });

  it('the outcome at (T, R) does not feel what is later on either axis', () => {
    check(
      fc.property(under, scene, fc.nat({ max: 400 }), (ruled, [facts, asOf], other) => {
        const knownAt = looksAt([...facts], other, 1);
        const end = Math.max(asOf, knownAt) + 30 * DAY;
        blindToLater(ruled, liveOut(ruled, facts, { asOf: end, knownAt: end }), asOf, knownAt);
      }),
    );
  });

  it('nothing changes by itself before next, and at next something does; nothing reaches the world before wakeAt', () => {
    check(
      fc.property(under, scene, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (ruled, [facts, asOf], where) => {
        stillUntilNext(ruled, facts, asOf, where);
        wantedUntilWake(ruled, facts, asOf);
      }),
    );
  });

  it('after its own steps nothing is left to do, documents add up to the ledger, and each run ends once', () => {
    check(
      fc.property(under, scene, (ruled, [facts, asOf]) => {
        const judgement = nothingLeftToDo(ruled, facts, asOf);
        settlesInTheLedger(judgement.outcome);
        documentsNetToTheLedger(ruled, judgement);
        eachRunEndsOnce(ruled, judgement.outcome);
      }),
    );
  });

  it('every effect has a proof that derives it again', () => {
    check(
      fc.property(under, scene, (ruled, [facts, asOf]) =>
        everyEffectIsProven(ruled, liveOut(ruled, facts, { asOf, knownAt: asOf }), asOf),
      ),
    );
  });

  it('looking in between does not matter', () => {
    const looks = fc.array(fc.nat({ max: 7_200 }), { maxLength: 6 });
    check(
      fc.property(under, lives, looks, (ruled, facts, hours) => {
        const end = BIRTH + 300 * DAY;
        const marks = hours.map((hour, position): Fact => {
          const at = BIRTH + hour * 3_600_000;
          return {
            id: `look-${position}`,
            type: 'nothing.happened',
            at,
            recordedAt: at,
            subject: 'contract',
            data: {},
          };
        });
        const view = { asOf: end, knownAt: end };
        expect(simulate(ruled, [...facts, ...marks], view).outcome).toEqual(simulate(ruled, facts, view).outcome);
      }),
    );
  });

  it('a law that knows editions of later facts judges what was before them to the byte as before', () => {
    check(
      fc.property(under, scene, (ruled, [facts, asOf]) => {
        const view = { asOf, knownAt: asOf };
        const record = liveOut(ruled, facts, view);
        const named = new Set(record.filter((one) => one.recordedAt <= asOf).map((one) => one.data['edition']));
        const then = knowing({ ...ruled, offer: law.offer }, ...editions.filter((one) => named.has(one.edition)));
        expect(judge(ruled, record, view).outcome).toEqual(judge(then, record, view).outcome);
      }),
    );
  });
});
