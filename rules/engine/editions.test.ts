import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawFor, loadOffer } from '../../compose/library.js';
import { livesAt } from '../../test/lives/offer-life.js';
import { adopted, knowing, otherTerms, sameInOtherWords } from '../../test/lives/other-edition.js';
import { BIRTH, lawOf, OFFERS, policies } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { isRefusal } from '../law/refusal.js';
import type { CompiledOffer } from '../offer/types.js';
import { readScenario } from '../scenario/read.js';
import { loadScenario, runScenario, type ScenarioRules } from '../scenario/run.js';
import { explain, judge, liveOut, reconcile, sayProof, simulate } from './index.js';
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

describe('an invented offer that is changed twice', () => {
  const folder = fileURLToPath(new URL('../../test/fixtures/editions', import.meta.url));
  const beside = (file: string): string => join(folder, 'scenarios', file);
  const rules: ScenarioRules = {
    simulate,
    lawFor: (offer, choice) => lawFor(beside(offer), choice),
    editionAt: (file) => loadOffer(beside(file)),
  };
  const told = (name: string) => {
    const scenario = readScenario(readFileSync(join(folder, 'scenarios', name), 'utf8'), name);
    if (isRefusal(scenario)) throw new Error(scenario.message);
    return scenario;
  };

  it.each(readdirSync(join(folder, 'scenarios')))('%s', (name) => {
    const result = runScenario(told(name), rules);
    if (isRefusal(result)) throw new Error(result.message);
    expect(result.failures).toEqual([]);
    expect(result.passed).toBeGreaterThan(0);
  });

  it('the proof says which clause stands in which edition, and what brought it', () => {
    const loaded = loadScenario(told('published-with-an-amendment.yaml'), rules);
    if (isRefusal(loaded)) throw new Error(loaded.message);
    const { law, facts } = loaded;
    const at = Date.parse('2026-04-24T00:00:00+05:00');
    const view = { asOf: at, knownAt: at };
    const [own, second] = law.offer.editions.map((one) => one.edition.slice(0, 12));
    const proof = explain(law, liveOut(law, facts, view), view, '2.2~INV-1~1~restrict');
    if (proof === null) throw new Error('there is no such effect');
    expect(proof.edition).toBe(law.offer.editions[1]?.edition);
    expect(sayProof(proof, 'en').slice(-3)).toEqual([
      `Edition ${own} of the offer, under which the contract was concluded: clause 2.1.`,
      'Fact f2: a change was published, A-1, 01.04.2026 10:00.',
      `Edition ${second} of the offer, in force from 14.04.2026 00:00: clause 2.2.`,
    ]);
    expect(sayProof(proof, 'ru').slice(-3)).toEqual([
      `Редакция оферты ${own}, по которой заключён договор: пункт 2.1.`,
      'Факт f2: изменение опубликовано, A-1, 01.04.2026 10:00.',
      `Редакция оферты ${second}, действует с 14.04.2026 00:00: пункт 2.2.`,
    ]);
    expect(sayProof(proof, 'kk').slice(-3)).toEqual([
      `Офертаның ${own} редакциясы, шарт осы редакция бойынша жасалған: 2.1-тармақ.`,
      'Факт f2: өзгеріс жарияланды, A-1, 01.04.2026 10:00.',
      `Офертаның ${second} редакциясы, 14.04.2026 00:00 бастап қолданылады: 2.2-тармақ.`,
    ]);
  });

  it('the proof of what fell away with an adoption says what had brought its text', () => {
    const loaded = loadScenario(told('one-after-another.yaml'), rules);
    if (isRefusal(loaded)) throw new Error(loaded.message);
    const { law, facts } = loaded;
    const adoption = facts.find((fact) => fact.type === 'edition.adopted');
    if (adoption === undefined) throw new Error('there is no adoption');
    const at = Date.parse('2026-10-09T00:00:00+05:00');
    const voided: Fact = {
      ...adoption,
      id: 'void',
      type: 'fact.voided',
      at,
      recordedAt: at,
      data: { fact: adoption.id },
    };
    const view = { asOf: at + 1, knownAt: at + 1 };
    const life = [...facts.filter((fact) => fact.at <= adoption.at), voided];
    const proof = explain(law, liveOut(law, life, view), view, '4.1~contract~1~notify');
    if (proof === null) throw new Error('there is no such effect');
    const [, second] = law.offer.editions.map((one) => one.edition.slice(0, 12));
    expect(proof.state).toBe('fell away');
    expect(sayProof(proof, 'en')).toContain(
      `Edition ${second} of the offer, in force from 07.04.2026 00:00: clause 4.1.`,
    );
  });

  it('an edition that is none of the scenario’s is refused, wherever it is named', () => {
    const text = readFileSync(join(folder, 'scenarios', 'voided.yaml'), 'utf8');
    const refused = (from: string, to: string) => {
      const scenario = readScenario(text.replace(from, to), 'x.yaml');
      return isRefusal(scenario) ? scenario : loadScenario(scenario, rules);
    };
    expect(refused('edition: third', 'edition: fourth')).toMatchObject({
      code: 'scenario.edition',
      message: expect.stringContaining('"fourth" is none of the editions: lockers, second, third'),
    });
    expect(refused('../third.yaml', '../fourth.yaml')).toMatchObject({ code: 'offer.unknown' });
    expect(refused('../third.yaml', '../../rental/offer.yaml')).toMatchObject({ where: 'x.yaml editions' });
    const none = readScenario(text, 'x.yaml');
    if (isRefusal(none)) throw new Error(none.message);
    const { editionAt: _none, ...without } = rules;
    expect(loadScenario(none, without)).toMatchObject({ code: 'scenario.edition' });
  });

  it('a law that was put together without an edition that was adopted does not guess', () => {
    const loaded = loadScenario(told('one-after-another.yaml'), rules);
    if (isRefusal(loaded)) throw new Error(loaded.message);
    const own = loadOffer(beside('../offer.yaml'));
    if (isRefusal(own)) throw new Error(own.message);
    const at = Date.parse('2026-04-24T00:00:00+05:00');
    expect(() => judge({ ...loaded.law, offer: own }, loaded.facts, { asOf: at, knownAt: at })).toThrow(
      /was adopted and is none of this law's/,
    );
  });
});
