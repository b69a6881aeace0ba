import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livesAt } from '../../test/lives/offer-life.js';
import { adopted, knowing, otherTerms, sameInOtherWords } from '../../test/lives/other-edition.js';
import { BIRTH, lawOf, OFFERS, policies } from '../../test/lives/random-life.js';
import type { CompiledOffer } from '../offer/types.js';
import { judge, liveOut, reconcile } from './index.js';
import type { Outcome } from './outcome.js';

/** A contract may come under another edition: properties over lives of every offer. */
const RUNS = Math.ceil(Number(process.env['MERZIM_RUNS'] ?? 200) / 4);
const DAY = 86_400_000;
const check = (property: fc.IProperty<unknown>): void => fc.assert(property, { numRuns: RUNS });

/** An outcome without the names of editions. */
const unnamed = (outcome: Outcome): unknown => ({
  ...outcome,
  offer: outcome.offer.id,
  timelines: outcome.timelines.map(({ edition: _edition, ...rest }) => rest),
});

describe.each(OFFERS.map((offer) => [offer, lawOf(offer)] as const))('editions of %s', (_offer, law) => {
  const ruled = policies(law);
  const scene = livesAt(law);
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const same: CompiledOffer = sameInOtherWords(law);
  const other: CompiledOffer = otherTerms(law);

  it('a text that is not in force changes nothing', () => {
    check(
      fc.property(ruled, scene, (under, [facts, asOf]) => {
        const view = { asOf, knownAt: asOf };
        const record = liveOut(under, facts, view);
        const alone = judge(under, record, view);
        const beside = judge(knowing(under, other), record, view);
        expect(beside.outcome).toEqual(alone.outcome);
        expect(beside.next).toEqual(alone.next);
        expect(reconcile(beside)).toEqual(reconcile(alone));
      }),
    );
  });

  it('a text that says the same, adopted at any instant, changes the name only', () => {
    check(
      fc.property(ruled, scene, part, (under, [facts, asOf], where) => {
        const view = { asOf, knownAt: asOf };
        const at = Math.round(BIRTH + where * Math.max(0, asOf - BIRTH));
        const record = liveOut(under, facts, view);
        const alone = judge(under, record, view);
        const beside = judge(knowing(under, same), [...record, adopted(same, at)], view);
        expect(unnamed(beside.outcome)).toEqual(unnamed(alone.outcome));
        expect(beside.next).toEqual(alone.next);
        expect(reconcile(beside)).toEqual(reconcile(alone));
      }),
    );
  });

  it('adopted before anything else, it is as if the contract had been concluded under it', () => {
    check(
      fc.property(ruled, scene, (under, [facts, asOf]) => {
        const view = { asOf, knownAt: asOf };
        const fresh = { ...under, offer: other };
        const record = liveOut(fresh, facts, view);
        const alone = judge(fresh, record, view);
        const beside = judge(knowing(under, other), [...record, adopted(other, BIRTH - 400 * DAY)], view);
        expect(beside.outcome).toEqual(alone.outcome);
        expect(beside.next).toEqual(alone.next);
      }),
    );
  });

  it('a timeline keeps the edition in force when it opened, and what is not known yet is not in force', () => {
    check(
      fc.property(ruled, scene, part, fc.integer({ min: 0, max: 60 }), (under, [facts, asOf], where, late) => {
        const at = Math.round(BIRTH + where * Math.max(0, asOf - BIRTH));
        const knownFrom = at + late * DAY;
        const both = knowing(under, other);
        const life = [...facts, adopted(other, at, knownFrom)];
        const view = { asOf, knownAt: Math.max(asOf, knownFrom) };
        const { outcome } = judge(both, liveOut(both, life, view), view);
        const ended = outcome.contract.endedAt === null ? Infinity : Date.parse(outcome.contract.endedAt);
        for (const line of outcome.timelines)
          if (at <= asOf && at < ended)
            expect([line.clause, line.opened, line.edition]).toEqual([
              line.clause,
              line.opened,
              Date.parse(line.opened) < at ? under.offer.edition : other.edition,
            ]);
        const before = { asOf, knownAt: knownFrom - 1 };
        const record = liveOut(both, life, view);
        expect(judge(both, record, before).outcome).toEqual(
          judge(
            both,
            record.filter((fact) => fact.type !== 'edition.adopted'),
            before,
          ).outcome,
        );
      }),
    );
  });
});
