import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindToLater,
  eachRunEndsOnce,
  everyEffectIsProven,
  judgesTheSame,
  legal,
  nothingLeftToDo,
  settlesInTheLedger,
  stillUntilNext,
  wantedUntilWake,
} from '../../test/lives/claims.js';
import { BIRTH, instants, lawOf, lives, OFFERS } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { judge, liveOut, simulate } from './index.js';
import type { Judgement, Law } from './types.js';

const RUNS = Number(process.env['MERZIM_RUNS'] ?? 150);
const laws = OFFERS.map((offer) => [offer, lawOf(offer)] as const);
const check = (property: fc.IProperty<never> | fc.IProperty<unknown>): void =>
  fc.assert(property as fc.IProperty<unknown>, { numRuns: RUNS });

/** Whether a clause of this offer waits for such a thing. */
const listens = (law: Law, what: string): boolean =>
  law.offer.rules.some((rule) => rule.on.some((event) => event.what.on === what));

/** What the world should see and still can: what is past when it is first wanted is never sent, and so has no lift. */
const stands = ({ wanted }: Judgement): unknown =>
  [...wanted.values()]
    .filter((one) => !one.past && one.kind !== 'lift' && one.kind !== 'restrict')
    .map(({ key, at, content }) => ({ key, at, content }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

describe.each(laws)('%s', (_offer, law) => {
  it('judging twice gives the same bytes, whatever the order of the list', () => {
    check(
      fc.property(lives, instants, fc.infiniteStream(fc.nat()), (facts, asOf, noise) =>
        judgesTheSame(law, liveOut(law, facts, { asOf, knownAt: asOf }), asOf, noise),
      ),
    );
  });

  it('the outcome at (T, R) does not feel facts that are later on either axis', () => {
    check(fc.property(lives, instants, instants, (facts, asOf, knownAt) => blindToLater(law, facts, asOf, knownAt)));
  });

  it('nothing changes by itself before next, and at next something does', () => {
    const part = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    check(fc.property(lives, instants, part, (facts, asOf, where) => stillUntilNext(law, facts, asOf, where)));
  });

  it('nothing that reaches the world changes before wakeAt', () => {
    check(fc.property(lives, instants, (facts, asOf) => wantedUntilWake(law, facts, asOf)));
  });

  it('after its own steps nothing is left to do, and what was done less what was undone is what is wanted', () => {
    check(
      fc.property(lives, instants, (facts, asOf) => {
        const { outcome } = nothingLeftToDo(law, facts, asOf);
        settlesInTheLedger(outcome);
        eachRunEndsOnce(outcome);
      }),
    );
  });

  it('every effect, right and presumption has a proof that begins with a fact and derives it again', () => {
    check(fc.property(lives, instants, (facts, asOf) => everyEffectIsProven(law, facts, asOf)));
  });

  it('the order in which facts arrive moves neither law nor balance', () => {
    check(
      fc.property(lives, (facts) => {
        const end = BIRTH + 400 * 86_400_000;
        const late = simulate(law, facts, { asOf: end, knownAt: end }).outcome;
        const early = simulate(
          law,
          facts.map((fact) => ({ ...fact, recordedAt: fact.at })),
          { asOf: end, knownAt: end },
        ).outcome;
        if (!listens(law, 'performance')) {
          expect(late.ledger.balance).toEqual(early.ledger.balance);
          expect(legal(late)).toEqual(legal(early));
        }
      }),
    );
  });

  it('a fact and its void leave the law as if neither had been', () => {
    check(
      fc.property(lives, fc.nat(), (facts, pick) => {
        const end = BIRTH + 400 * 86_400_000;
        const target = facts[1 + (pick % (facts.length - 1))] as Fact;
        if (facts.some((fact) => fact.type === 'fact.voided')) return;
        const voided: Fact = {
          id: 'v',
          type: 'fact.voided',
          at: end - 1,
          recordedAt: end - 1,
          subject: 'contract',
          data: { fact: target.id, reason: 'a mistake' },
        };
        const without = judge(
          law,
          facts.filter((fact) => fact !== target),
          { asOf: end, knownAt: end },
        ).outcome;
        const undone = judge(law, [...facts, voided], { asOf: end, knownAt: end }).outcome;
        expect(legal(undone)).toEqual(legal(without));
      }),
    );
  });

  it('a fact and its void leave the world as if neither had been, plus exactly the corrections', () => {
    check(
      fc.property(lives, fc.nat(), fc.integer({ min: 0, max: 60 }), (facts, pick, days) => {
        if (facts.some((fact) => fact.type === 'fact.voided') || listens(law, 'performance')) return;
        const end = BIRTH + 400 * 86_400_000;
        const target = facts[1 + (pick % (facts.length - 1))] as Fact;
        const at = target.recordedAt + days * 86_400_000;
        const data = { fact: target.id, reason: 'a mistake' };
        const voided: Fact = { id: 'v', type: 'fact.voided', at, recordedAt: at, subject: 'contract', data };
        const without = simulate(
          law,
          facts.filter((fact) => fact !== target),
          { asOf: end, knownAt: end },
        );
        const undone = simulate(law, [...facts, voided], { asOf: end, knownAt: end });
        expect(stands(undone)).toEqual(stands(without));
        for (const { key, state, kind, undoes } of undone.outcome.effects)
          if (undoes === null && !undone.wanted.has(key) && kind !== 'request-signature')
            expect([key, state]).toEqual([key, 'undone']);
      }),
    );
  });

  it('the same record judged at any stops in between ends the same', () => {
    check(
      fc.property(lives, fc.array(instants, { maxLength: 6 }), (facts, stops) => {
        const end = BIRTH + 300 * 86_400_000;
        const view = { asOf: end, knownAt: end };
        // A visit that no clause looks at makes the driver stop and judge at its instant.
        const marks = stops.map((at, position): Fact => ({
          id: `m${position}`,
          type: 'details.unused',
          at,
          recordedAt: at,
          subject: 'contract',
          data: {},
        }));
        expect(simulate(law, [...facts, ...marks], view).outcome).toEqual(simulate(law, facts, view).outcome);
      }),
    );
  });
});
