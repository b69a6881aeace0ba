import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysToCap,
  documentsNetToTheLedger,
  legal,
  nothingLeftToDo,
  settlesInTheLedger,
} from '../../test/lives/claims.js';
import { moneyInstants, moneyLives } from '../../test/lives/payment-life.js';
import { lawOf, OFFERS } from '../../test/lives/random-life.js';
import { tiyn } from '../../test/model/record.js';
import type { Fact } from '../facts/fact.js';
import { simulate } from './index.js';
import type { Outcome } from './outcome.js';

const numRuns = Number(process.env['MERZIM_RUNS'] ?? 150);

/** The same life with each payment for one invoice credited in two parts at one instant; those that somebody names stay whole. */
function split(facts: readonly Fact[], part: number): readonly Fact[] {
  const named = new Set(facts.flatMap((fact) => [fact.data['payment'], fact.data['fact']]));
  return facts.flatMap((fact) => {
    const whole = fact.type === 'payment.credited' ? tiyn(fact.data['amount']) : 0n;
    if (whole < 2n || named.has(fact.id) || fact.data['allocate'] !== undefined) return [fact];
    const first = 1n + ((whole - 2n) * BigInt(part)) / 100n;
    const credit = (id: string, amount: bigint): Fact => ({
      ...fact,
      id,
      data: { ...fact.data, amount: `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}` },
    });
    return [credit(fact.id, first), credit(`${fact.id}99`, whole - first)];
  });
}

/** All that money decides, apart from the payments' own entries. */
const decided = (outcome: Outcome): unknown => ({
  law: legal(outcome),
  access: outcome.access,
  balance: outcome.ledger.balance,
  entries: outcome.ledger.entries.filter((one) => one.kind !== 'payment'),
  effects: outcome.effects,
});

/** The offers under which an invoice has to be paid, with the fact that its term counts from. */
const paid = OFFERS.flatMap((offer) => {
  const presented = [...lawOf(offer).offer.index.topics.values()].find((topic) => topic.pays[0])?.key;
  return presented === 'invoice.presented' || presented === 'invoice.received' ? [[offer, presented] as const] : [];
});

describe.each(paid)('%s', (offer, presented) => {
  const law = lawOf(offer);

  it('a payment in two parts at one instant changes nothing', () => {
    fc.assert(
      fc.property(moneyLives(presented), moneyInstants, fc.integer({ min: 0, max: 100 }), (facts, asOf, part) => {
        const view = { asOf, knownAt: asOf };
        expect(decided(simulate(law, split(facts, part), view).outcome)).toEqual(
          decided(simulate(law, facts, view).outcome),
        );
      }),
      { numRuns },
    );
  });

  it('no penalty is above its cap, no more is paid back than was paid, and documents net to the ledger', () => {
    const caps = law.offer.rules.flatMap((rule) =>
      rule.then.flatMap((one) =>
        one.do === 'penalty' && one.capPerMyriad !== null ? [[rule.clause, BigInt(one.capPerMyriad)] as const] : [],
      ),
    );
    fc.assert(
      fc.property(moneyLives(presented), moneyInstants, (facts, asOf) => {
        const judgement = nothingLeftToDo(law, facts, asOf);
        documentsNetToTheLedger(law, judgement);
        settlesInTheLedger(judgement.outcome);
        // On the day on which a penalty would reach its cap, too.
        for (const { clause, days } of judgement.outcome.ledger.entries) {
          const left = clause === null || days === undefined ? 0 : daysToCap(law, clause) - days;
          if (left <= 0 || left > 60) continue;
          const later = asOf + left * 86_400_000;
          documentsNetToTheLedger(law, simulate(law, facts, { asOf: later, knownAt: later }));
        }
        const { entries } = judgement.outcome.ledger;
        const sum = (kind: string): bigint =>
          entries.filter((one) => one.kind === kind).reduce((total, one) => total + tiyn(one.amount), 0n);
        expect(sum('refund') <= sum('payment')).toBe(true);
        for (const [clause, cap] of caps)
          for (const one of entries.filter((entry) => entry.kind === 'penalty' && entry.clause === clause)) {
            const invoice = entries.find((entry) => entry.kind === 'invoice' && entry.subject === one.subject);
            const credit = entries.filter((entry) => entry.kind === 'credit' && entry.subject === one.subject);
            // A claim whose invoice was voided stays as a document beside its credit.
            if (invoice === undefined || credit.length > 0) continue;
            expect(tiyn(one.amount) * 10_000n <= tiyn(invoice.amount) * cap + 5_000n).toBe(true);
          }
      }),
      { numRuns },
    );
  });
});
