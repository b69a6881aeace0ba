import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindToLater,
  documentsNetToTheLedger,
  eachRunEndsOnce,
  everyEffectIsProven,
  judgesTheSame,
  lapsesComeFirst,
  legal,
  nothingLeftToDo,
  portsMayFail,
  runsStayClosed,
  settlesInTheLedger,
  shuffle,
  stillUntilNext,
  wantedUntilWake,
  worldly,
} from '../../test/lives/claims.js';
import { everyTermIsCounted } from '../../test/lives/counted.js';
import { everythingHasGrounds } from '../../test/lives/grounds.js';
import { nothingIsMissing } from '../../test/lives/missing.js';
import { livesAt, livesOf, looksAt } from '../../test/lives/offer-life.js';
import { BIRTH, lawOf, OFFERS, policies } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { judge, liveOut, simulate } from './index.js';
import type { Judgement, Law } from './types.js';

/** Every property over lives that are drawn from each offer's own vocabulary, under policies that ship and others. */
const RUNS = Math.ceil(Number(process.env['MERZIM_RUNS'] ?? 200) / 2);
const DAY = 86_400_000;
const END = BIRTH + 400 * DAY;
const laws = OFFERS.map((offer) => [offer, lawOf(offer)] as const);
const check = (property: fc.IProperty<never> | fc.IProperty<unknown>): void =>
  fc.assert(property as fc.IProperty<unknown>, { numRuns: RUNS });

/** Clauses that a receipt of ours starts or meets: what was done when is part of their law. */
function byDoing(law: Law): ReadonlySet<string> {
  const rules = law.offer.rules.filter((rule) =>
    [rule.on, rule.met, rule.cancel].flat().some((event) => event.what.on === 'performance'),
  );
  return new Set(rules.map((rule) => rule.clause));
}

/** What the world should see and still can: what is past when it is first wanted is never sent, and so has no lift. */
const stands = ({ wanted }: Judgement) =>
  [...wanted.values()]
    .filter((one) => !one.past && one.kind !== 'lift')
    .map(({ key, at, content }) => ({ key, at, content }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));

/** A document of days of delay that are owed still stands though the penalty runs on, where never would have been one yet. */
const owedStill =
  (never: Judgement) =>
  ({ key, content }: ReturnType<typeof stands>[number]): boolean =>
    content['claim'] === 'penalty' &&
    !never.wanted.has(key) &&
    never.outcome.ledger.entries.some(
      (entry) =>
        entry.kind === 'penalty' &&
        entry.subject === content['invoice'] &&
        (entry.days ?? 0) >= Number(content['days']),
    );

/** The balance, without currencies in which documents and their credits come to nothing. */
const owed = ({ outcome }: Judgement): unknown =>
  Object.fromEntries(Object.entries(outcome.ledger.balance).filter(([, amount]) => amount !== '0.00'));

/** What a person has to take back, and what a hold keeps from closing again. */
const waitsForSomebody = ({ held }: Judgement, kind: string, clause: string, subject: string): boolean =>
  kind === 'request-signature' || (kind === 'lift' && held(clause, subject));

/** Under `ask` and `leave` only people use rights. */
const choosesItself = ({ policy }: Law): boolean => policy.id !== 'ask' && policy.id !== 'leave';

const voidOf = (target: Fact, at: number): Fact => ({
  id: 'void',
  type: 'fact.voided',
  at,
  recordedAt: at,
  subject: 'contract',
  data: { fact: target.id, reason: 'a mistake' },
});

describe.each(laws)('%s', (_offer, law) => {
  const ruled = policies(law);
  const scene = livesAt(law);
  const pick = fc.nat({ max: 400 });
  const done = byDoing(law);

  it('judging twice gives the same bytes, whatever the order of the list', () => {
    check(
      fc.property(ruled, scene, fc.infiniteStream(fc.nat()), (under, [facts, asOf], noise) =>
        judgesTheSame(under, liveOut(under, facts, { asOf, knownAt: asOf }), asOf, noise),
      ),
    );
  });

  it('the outcome at (T, R) does not feel what is later on either axis', () => {
    check(
      fc.property(ruled, scene, pick, (under, [facts, asOf], other) => {
        const knownAt = looksAt(facts, other, 1);
        const end = Math.max(asOf, knownAt) + 30 * DAY;
        blindToLater(under, liveOut(under, facts, { asOf: end, knownAt: end }), asOf, knownAt);
      }),
    );
  });

  it('nothing changes by itself before next, and at next something does; nothing reaches the world before wakeAt', () => {
    const part = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    check(
      fc.property(ruled, scene, part, (under, [facts, asOf], where) => {
        stillUntilNext(under, facts, asOf, where);
        wantedUntilWake(under, facts, asOf);
      }),
    );
  });

  it('after its own steps nothing is left to do: the world, access and the ledger say what the law says', () => {
    check(
      fc.property(ruled, scene, (under, [facts, asOf]) => {
        const judgement = nothingLeftToDo(under, facts, asOf);
        settlesInTheLedger(judgement.outcome);
        documentsNetToTheLedger(under, judgement);
        eachRunEndsOnce(under, judgement.outcome);
      }),
    );
  });

  it('what a port could not do lies before a person, and what came too late is taken back', () => {
    const script = fc.array(
      fc.constantFrom(undefined, { fails: true }, { after: '5 hours' }, { after: '20 calendar days' }),
      { minLength: 8, maxLength: 8 },
    );
    check(
      fc.property(ruled, scene, script, (under, [facts, asOf], scripts) =>
        portsMayFail(under, facts, asOf, (position) => scripts[position % scripts.length]),
      ),
    );
  });

  it('everything that stands has its grounds, its count and a proof that derives it again, and what has grounds stands', () => {
    check(
      fc.property(ruled, scene, (under, [facts, asOf]) => {
        const record = liveOut(under, facts, { asOf, knownAt: asOf });
        const { outcome } = judge(under, record, { asOf, knownAt: asOf });
        everythingHasGrounds(under, record, outcome, asOf);
        nothingIsMissing(under, record, outcome, asOf);
        everyTermIsCounted(under, record, outcome, asOf);
        everyEffectIsProven(under, record, asOf);
      }),
    );
  });

  it('a run that has ended never ends otherwise', () => {
    check(
      fc.property(ruled, scene, fc.integer({ min: 1, max: 90 }), (under, [facts, asOf], days) => {
        const later = asOf + days * DAY;
        const record = liveOut(under, facts, { asOf: later, knownAt: later });
        // A notice of force majeure and a decision on a review reach back.
        const back = (fact: Fact): boolean => /^(forcemajeure|review|effect)\./.test(fact.type) && fact.at > asOf;
        if (record.some((fact) => back(fact))) return;
        const at = (instant: number) => judge(under, record, { asOf: instant, knownAt: later }).outcome;
        runsStayClosed(at(asOf), at(later));
      }),
    );
  });

  it('what falls due at an instant comes before what happens at it', () => {
    check(fc.property(ruled, scene, (under, [facts, asOf]) => lapsesComeFirst(under, facts, asOf)));
  });

  it('the order in which facts arrive moves neither law nor wants nor balance', () => {
    check(
      fc.property(ruled, livesOf(law), fc.infiniteStream(fc.nat()), (under, life, noise) => {
        const view = { asOf: END, knownAt: END };
        const facts = life.filter((fact) => fact.recordedAt <= END);
        // With the same receipts: whatever becomes known when, and in whatever order it stands in the list.
        const record = liveOut(under, facts, view);
        const arrivals = shuffle(record, noise).map((fact, position) =>
          fact.type === 'fact.voided' ? fact : { ...fact, recordedAt: Math.min(END, fact.at + position * 3_600_000) },
        );
        const told = judge(under, record, view);
        const otherwise = judge(under, arrivals, view);
        expect(legal(otherwise.outcome)).toEqual(legal(told.outcome));
        expect(otherwise.outcome.presumptions).toEqual(told.outcome.presumptions);
        expect(otherwise.outcome.ledger).toEqual(told.outcome.ledger);
        expect(worldly(otherwise)).toEqual(worldly(told));
        // Lived through: what had been done too early was taken back.
        // A choice that was made before a hold was known stands (reading 10).
        const held = facts.some((fact) => /^(hold|review)\./.test(fact.type));
        if (facts.some((fact) => fact.type === 'fact.voided') || (choosesItself(under) && held)) return;
        const early = simulate(
          under,
          facts.map((fact) => ({ ...fact, recordedAt: fact.at })),
          view,
        );
        if ([...early.outcome.timelines, ...told.outcome.timelines].some((one) => done.has(one.clause))) return;
        expect(legal(early.outcome)).toEqual(legal(told.outcome));
        expect(owed(early)).toEqual(owed(told));
        expect(stands(early)).toEqual(stands(told));
      }),
    );
  });

  it('a fact and its void leave law and world as if neither had been, plus exactly the corrections', () => {
    check(
      fc.property(ruled, livesOf(law), fc.nat(), fc.nat({ max: 60 }), (under, facts, which, days) => {
        const view = { asOf: END, knownAt: END };
        const target = facts[which % facts.length] as Fact;
        if (facts.some((fact) => fact.type === 'fact.voided')) return;
        const without = facts.filter((fact) => fact !== target);
        const voided = voidOf(target, Math.min(target.recordedAt + days * DAY, END - 2));
        const law = legal(judge(under, without, view).outcome);
        expect(legal(judge(under, [...facts, voided], view).outcome)).toEqual(law);
        // A void of the void brings everything back.
        const restored = { ...voidOf(voided, END - 1), id: 'void of void' };
        expect(legal(judge(under, [...facts, voided, restored], view).outcome)).toEqual(
          legal(judge(under, facts, view).outcome),
        );
        // What a policy chose under a hold that never was, or because of one that was never lifted, is a choice and stands.
        if (choosesItself(under) && facts.some((fact) => /^(hold|review)\./.test(fact.type))) return;
        const never = simulate(under, without, view);
        const undone = simulate(under, [...facts, voided], view);
        if ([...never.outcome.timelines, ...undone.outcome.timelines].some((one) => done.has(one.clause))) return;
        const drawn = owedStill(never);
        expect(stands(undone).filter((one) => !drawn(one))).toEqual(stands(never));
        expect(owed(undone)).toEqual(owed(never));
        for (const { key, state, kind, undoes, clause, subject } of undone.outcome.effects)
          if (undoes === null && !undone.wanted.has(key) && !waitsForSomebody(undone, kind, clause, subject))
            expect([key, state]).toEqual([key, 'undone']);
      }),
    );
  });

  it('the same record judged at any stops in between ends the same', () => {
    check(
      fc.property(ruled, livesOf(law), fc.array(fc.nat({ max: 7200 }), { maxLength: 6 }), (under, facts, stops) => {
        const view = { asOf: BIRTH + 300 * DAY, knownAt: BIRTH + 300 * DAY };
        // A fact that no clause looks at makes the driver stop and judge at its instant.
        const marks = stops.map((hours, position): Fact => {
          const at = BIRTH + hours * 3_600_000;
          return { id: `m${position}`, type: 'details.unused', at, recordedAt: at, subject: 'contract', data: {} };
        });
        expect(simulate(under, [...facts, ...marks], view).outcome).toEqual(simulate(under, facts, view).outcome);
      }),
    );
  });
});
