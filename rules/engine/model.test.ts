import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyInstants, moneyLives } from '../../test/lives/payment-life.js';
import { lawOf } from '../../test/lives/random-life.js';
import { edocAt, idocsAt, type ModelOutcome } from '../../test/model/contract.js';
import { tiyn } from '../../test/model/record.js';
import type { Fact } from '../facts/fact.js';
import { judge, liveOut } from './index.js';
import type { LedgerEntry, Outcome } from './outcome.js';
import type { Law } from './types.js';

/** The engine beside the second model: the same clocks, causes, fines, penalties and balance, whatever the life. */
const numRuns = Number(process.env['MERZIM_RUNS'] ?? 250);

const OFFERS = [
  {
    offer: 'edoc',
    presented: 'invoice.presented',
    clauses: ['5.4', '5.8'],
    accrual: '5.9',
    closes: 'portal',
    model: edocAt,
  },
  {
    offer: 'idocs',
    presented: 'invoice.received',
    clauses: ['4.6'],
    accrual: '9.20',
    closes: 'outgoing',
    model: idocsAt,
  },
] as const;
type Compared = (typeof OFFERS)[number];

/** What the model knows of the engine's outcome, in the model's words. */
function seen(outcome: Outcome, { clauses, accrual, closes }: Compared): ModelOutcome {
  const timelines = outcome.timelines.filter((one) => (clauses as readonly string[]).includes(one.clause));
  const entries = outcome.ledger.entries.filter((one) => one.clause === accrual);
  return {
    clocks: Object.fromEntries(
      timelines.map(({ subject, state, lastDay, tolledDays }) => [
        subject,
        {
          state,
          lastDay: state === 'met' || state === 'cancelled' ? null : lastDay,
          ...(state === 'lapsed' ? { tolledDays } : {}),
        },
      ]),
    ),
    causes: (outcome.access[closes]?.causes ?? [])
      .map((one) => `${one.clause} ${one.subject} ${Date.parse(one.since)}`)
      .sort(),
    suspended: outcome.contract.state === 'suspended',
    fines: Object.fromEntries(
      entries.filter((one) => one.kind === 'fine').map((one) => [one.subject, tiyn(one.amount)]),
    ),
    penalties: Object.fromEntries(
      entries
        .filter((one) => one.kind === 'penalty')
        .map((one) => [one.subject, { amount: tiyn(one.amount), days: one.days ?? 0 }]),
    ),
    balance: tiyn(outcome.ledger.balance['KZT'] ?? '0.00'),
  };
}

/** Where a document was credited, what was claimed stays beside its credit: only what is left can be compared. */
function net(outcome: Outcome, accrual: string): Record<string, bigint> {
  const left: Record<string, bigint> = {};
  const add = (one: LedgerEntry, sign: bigint): void => {
    left[one.subject] = (left[one.subject] ?? 0n) + sign * tiyn(one.amount);
  };
  for (const one of outcome.ledger.entries) if (one.clause === accrual) add(one, one.kind === 'credit' ? -1n : 1n);
  return Object.fromEntries(Object.entries(left).filter(([, amount]) => amount !== 0n));
}

const netOf = (model: ModelOutcome): Record<string, bigint> =>
  Object.fromEntries(
    Object.entries(model.penalties)
      .map(([subject, one]) => [subject, one.amount + (model.fines[subject] ?? 0n)] as const)
      .filter(([, amount]) => amount !== 0n),
  );

function compare(engine: Outcome, model: ModelOutcome, compared: Compared): void {
  const credited = engine.ledger.entries.some((one) => one.clause === compared.accrual && one.kind === 'credit');
  const claims = credited ? { fines: {}, penalties: {} } : {};
  expect({ ...seen(engine, compared), ...claims }).toEqual({ ...model, ...claims });
  expect(net(engine, compared.accrual)).toEqual(netOf(model));
}

/** On which day of delay the penalty of a clause reaches its cap. */
function daysToCap(law: Law, clause: string): number {
  const [penalty] = law.offer.rules
    .filter((rule) => rule.clause === clause)
    .flatMap((rule) => rule.then.flatMap((one) => (one.do === 'penalty' ? [one] : [])));
  return penalty?.capPerMyriad == null ? Infinity : Math.ceil(penalty.capPerMyriad / penalty.perMyriad);
}

/** The first document of a penalty: a millisecond before it was drawn there was a day of delay less, or the money had not moved. */
function drawnWhenItStops(law: Law, facts: readonly Fact[], asOf: number): void {
  const record = liveOut(law, facts, { asOf, knownAt: asOf });
  const { outcome, wanted } = judge(law, record, { asOf, knownAt: asOf });
  // A document whose payment never was stands while its penalty runs on: nothing calls for it to be drawn.
  const called = judge(law, facts, { asOf, knownAt: asOf }).wanted;
  for (const { key, clause, subject, at, content } of wanted.values()) {
    if (content['claim'] !== 'penalty' || !key.endsWith('~penalty') || !called.has(key)) continue;
    if (outcome.ledger.entries.some((one) => Date.parse(one.at) === at && one.subject === subject)) continue;
    const before = judge(law, record, { asOf: at - 1, knownAt: asOf }).outcome.ledger.entries.find(
      (one) => one.kind === 'penalty' && one.clause === clause && one.subject === subject,
    );
    expect(before?.days ?? 0).toBeLessThan(Number(content['days']));
    expect(Number(content['days'])).toBeLessThanOrEqual(daysToCap(law, clause));
  }
}

describe.each(OFFERS)('$offer beside the second model', (compared) => {
  const law = lawOf(compared.offer);
  const lives = moneyLives(compared.presented);

  it('the product as it runs, at any instant', () => {
    fc.assert(
      fc.property(lives, moneyInstants, (facts, asOf) => {
        const record = liveOut(law, facts, { asOf, knownAt: asOf });
        compare(judge(law, record, { asOf, knownAt: asOf }).outcome, compared.model(facts, asOf, asOf), compared);
      }),
      { numRuns },
    );
  });

  it('the document of a penalty is drawn when its accrual stops, and no later', () => {
    fc.assert(
      fc.property(lives, moneyInstants, (facts, asOf) => drawnWhenItStops(law, facts, asOf)),
      { numRuns },
    );
  });

  it('an earlier instant as it is known later', () => {
    fc.assert(
      fc.property(lives, moneyInstants, moneyInstants, (facts, one, other) => {
        const [asOf, knownAt] = one < other ? [one, other] : [other, one];
        const record: readonly Fact[] = liveOut(law, facts, { asOf: knownAt, knownAt });
        compare(judge(law, record, { asOf, knownAt }).outcome, compared.model(facts, asOf, knownAt), compared);
      }),
      { numRuns },
    );
  });
});
