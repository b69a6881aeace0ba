import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIRTH, instants, lawOf, lives, OFFERS } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { judge, latestOf, liveOut, reconcile, simulate } from './index.js';
import type { Outcome } from './outcome.js';

const RUNS = Number(process.env['MERZIM_RUNS'] ?? 150);
const laws = OFFERS.map((offer) => [offer, lawOf(offer)] as const);
const check = (property: fc.IProperty<never> | fc.IProperty<unknown>): void =>
  fc.assert(property as fc.IProperty<unknown>, { numRuns: RUNS });

/** The outcome without what grows by itself and without the instants of looking. */
function still(outcome: Outcome): unknown {
  return {
    ...outcome,
    asOf: null,
    knownAt: null,
    next: null,
    wakeAt: null,
    timelines: outcome.timelines.map((one) => ({ ...one, tolledDays: 0 })),
    ledger: outcome.ledger.entries.map((one) => (one.kind === 'penalty' ? { ...one, amount: null, days: null } : one)),
  };
}

/** What the law says, apart from the moments of doing. */
const legal = (outcome: Outcome): unknown => ({
  timelines: outcome.timelines,
  rights: outcome.rights,
  presumptions: outcome.presumptions,
  restrictions: outcome.restrictions,
  contract: outcome.contract,
});

describe.each(laws)('%s', (_offer, law) => {
  it('judging twice gives the same bytes, whatever the order of the list', () => {
    check(
      fc.property(lives, instants, fc.infiniteStream(fc.nat()), (facts, asOf, noise) => {
        const view = { asOf, knownAt: asOf };
        const shuffled = [...facts]
          .map((fact) => [noise.next().value as number, fact] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, fact]) => fact);
        const once = judge(law, facts, view).outcome;
        expect(JSON.stringify(judge(law, facts, view).outcome)).toBe(JSON.stringify(once));
        expect(JSON.stringify(legal(judge(law, shuffled, view).outcome))).toBe(JSON.stringify(legal(once)));
      }),
    );
  });

  it('the outcome at (T, R) does not feel facts that are later on either axis', () => {
    check(
      fc.property(lives, instants, instants, (facts, asOf, knownAt) => {
        const view = { asOf, knownAt };
        const seen = facts.filter(
          (fact) => fact.recordedAt <= knownAt && (fact.at <= asOf || fact.type === 'fact.voided'),
        );
        expect(judge(law, seen, view).outcome).toEqual(judge(law, facts, view).outcome);
      }),
    );
  });

  it('nothing changes by itself before next, and at next something does', () => {
    check(
      fc.property(lives, instants, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (facts, asOf, part) => {
        const record = liveOut(law, facts, { asOf, knownAt: asOf }).filter((fact) => fact.recordedAt <= asOf);
        const now = judge(law, record, { asOf, knownAt: asOf });
        if (now.wakeAt !== null) expect(now.wakeAt).toBeGreaterThanOrEqual(now.next ?? Infinity);
        if (now.next === null || record.some((fact) => fact.at > asOf)) return;
        const between = asOf + Math.floor((now.next - asOf) * part);
        if (between > asOf && between < now.next)
          expect(still(judge(law, record, { asOf: between, knownAt: between }).outcome)).toEqual(still(now.outcome));
        expect(still(judge(law, record, { asOf: now.next, knownAt: now.next }).outcome)).not.toEqual(
          still(now.outcome),
        );
      }),
    );
  });

  it('nothing that reaches the world changes before wakeAt', () => {
    check(
      fc.property(lives, instants, (facts, asOf) => {
        const record = liveOut(law, facts, { asOf, knownAt: asOf });
        const now = judge(law, record, { asOf, knownAt: asOf });
        if (record.some((fact) => fact.at > asOf)) return;
        const before = (now.wakeAt ?? asOf + 400 * 86_400_000) - 1;
        if (before <= asOf) return;
        const later = judge(law, record, { asOf: before, knownAt: before });
        expect([...later.wanted.keys()].sort()).toEqual([...now.wanted.keys()].sort());
        expect(reconcile(later)).toEqual([]);
      }),
    );
  });

  it('after its own steps nothing is left to do, and what was done less what was undone is what is wanted', () => {
    check(
      fc.property(lives, instants, (facts, asOf) => {
        const { wanted, acts, ...judgement } = simulate(law, facts, { asOf, knownAt: asOf });
        expect(reconcile({ ...judgement, wanted, acts })).toEqual([]);
        for (const history of acts.values()) {
          history.generations.forEach((act, position) => {
            expect(act.generation).toBe(position + 1);
            if (position < history.generations.length - 1) expect(act.state).toBe('undone');
          });
          const last = latestOf(history);
          if (last?.state === 'done' && last.kind !== 'request-signature')
            expect([...wanted.keys()]).toContain(last.key);
        }
        for (const one of wanted.values()) if (!one.past) expect(latestOf(acts.get(one.key))?.state).toBe('done');
      }),
    );
  });

  it('the balance is the sum of the ledger, and the order in which facts arrive does not move it', () => {
    check(
      fc.property(lives, (facts) => {
        const end = BIRTH + 400 * 86_400_000;
        const late = simulate(law, facts, { asOf: end, knownAt: end }).outcome;
        const early = simulate(
          law,
          facts.map((fact) => ({ ...fact, recordedAt: fact.at })),
          { asOf: end, knownAt: end },
        ).outcome;
        const sign = { invoice: 1, fine: 1, penalty: 1, refund: 1, payment: -1, credit: -1 } as const;
        const sum = late.ledger.entries.reduce(
          (total, one) => total + sign[one.kind] * Math.round(Number(one.amount ?? 0) * 100),
          0,
        );
        expect(sum).toBe(Math.round(Number(late.ledger.balance['KZT']) * 100));
        const paths = law.offer.rules.some((rule) => rule.on.some((event) => event.what.on === 'performance'));
        if (!paths) {
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
