import { expect } from 'vitest';
import { explain, judge, latestOf, liveOut, reconcile, simulate } from '../../rules/engine/index.js';
import type { Outcome } from '../../rules/engine/outcome.js';
import type { Judgement, Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';

/** What holds of every contract under every offer. Each claim throws where it does not. */
const DAY = 86_400_000;

/** The outcome without what grows by itself and without the instants of looking. */
export function still(outcome: Outcome): unknown {
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
export const legal = (outcome: Outcome): unknown => ({
  timelines: outcome.timelines,
  rights: outcome.rights,
  presumptions: outcome.presumptions,
  restrictions: outcome.restrictions,
  contract: outcome.contract,
});

/** The same list in another order; the noise is drawn once for each. */
export const shuffle = <T>(list: readonly T[], noise: Iterator<number>): readonly T[] =>
  list
    .map((one) => [noise.next().value as number, one] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one);

/** Property 1: the same bytes, however often and in whatever order of the list. */
export function judgesTheSame(law: Law, facts: readonly Fact[], asOf: number, noise: Iterator<number>): void {
  const view = { asOf, knownAt: asOf };
  const once = JSON.stringify(judge(law, facts, view).outcome);
  expect(JSON.stringify(judge(law, facts, view).outcome)).toBe(once);
  expect(JSON.stringify(judge(law, shuffle(facts, noise), view).outcome)).toBe(once);
}

/** Property 5: the outcome at (T, R) does not feel facts that are later on either axis. */
export function blindToLater(law: Law, facts: readonly Fact[], asOf: number, knownAt: number): void {
  const view = { asOf, knownAt };
  const seen = facts.filter((fact) => fact.recordedAt <= knownAt && (fact.at <= asOf || fact.type === 'fact.voided'));
  expect(judge(law, seen, view).outcome).toEqual(judge(law, facts, view).outcome);
}

/** Property 4: nothing changes by itself before `next`, at `next` something does, and nothing wakes before it. */
export function stillUntilNext(law: Law, facts: readonly Fact[], asOf: number, part: number): void {
  const record = liveOut(law, facts, { asOf, knownAt: asOf }).filter((fact) => fact.recordedAt <= asOf);
  const now = judge(law, record, { asOf, knownAt: asOf });
  if (now.wakeAt !== null) expect(now.wakeAt).toBeGreaterThanOrEqual(now.next ?? Infinity);
  if (now.next === null || record.some((fact) => fact.at > asOf)) return;
  const between = asOf + Math.floor((now.next - asOf) * part);
  if (between > asOf && between < now.next)
    expect(still(judge(law, record, { asOf: between, knownAt: between }).outcome)).toEqual(still(now.outcome));
  expect(still(judge(law, record, { asOf: now.next, knownAt: now.next }).outcome)).not.toEqual(still(now.outcome));
}

/** Property 4, for the world: what is wanted stays as it is until `wakeAt`, or for 400 days. */
export function wantedUntilWake(law: Law, facts: readonly Fact[], asOf: number): void {
  const record = liveOut(law, facts, { asOf, knownAt: asOf });
  const now = judge(law, record, { asOf, knownAt: asOf });
  if (record.some((fact) => fact.at > asOf)) return;
  const before = (now.wakeAt ?? asOf + 400 * DAY) - 1;
  if (before <= asOf) return;
  const later = judge(law, record, { asOf: before, knownAt: before });
  expect([...later.wanted.keys()].sort()).toEqual([...now.wanted.keys()].sort());
  expect(reconcile(later)).toEqual([]);
}

/**
 * Properties 7, 8 and 9: after its own steps nothing is left to do; what was done less what was undone is what is
 * wanted; generations grow by one, each but the last undone; each run ends in exactly one way (property 15).
 */
export function nothingLeftToDo(law: Law, facts: readonly Fact[], asOf: number): Judgement {
  const judgement = simulate(law, facts, { asOf, knownAt: asOf });
  const { wanted, acts } = judgement;
  expect(reconcile(judgement)).toEqual([]);
  for (const history of acts.values()) {
    history.generations.forEach((act, position) => {
      expect(act.generation).toBe(position + 1);
      if (position < history.generations.length - 1) expect(act.state).toBe('undone');
    });
    const last = latestOf(history);
    if (last?.state === 'done' && last.kind !== 'request-signature') expect([...wanted.keys()]).toContain(last.key);
  }
  for (const one of wanted.values())
    if (!one.past && (one.kind === 'lift' || !judgement.held(one.clause, one.subject)))
      expect(latestOf(acts.get(one.key))?.state).toBe('done');
  return judgement;
}

/** Property 15: a run is there once, and what is closed says when; only a closed run is met, lapsed or cancelled. */
export function eachRunEndsOnce(outcome: Outcome): void {
  // Of a recurring clause one run may be met and the next begin on one day: of a name at most one is still open.
  const open = outcome.timelines.filter((one) => one.closed === null);
  const runs = open.map((one) => [one.clause, one.subject, one.run, one.debtor].join('~'));
  expect(new Set(runs).size).toBe(runs.length);
  for (const one of outcome.timelines) {
    const closed = one.state === 'met' || one.state === 'lapsed' || one.state === 'cancelled';
    expect([one.clause, one.state, one.closed !== null]).toEqual([one.clause, one.state, closed]);
    // Backward from a near day a term can be over before it begins: then it lapses at its opening.
    const over = Math.max(Date.parse(one.due ?? one.opened), Date.parse(one.opened));
    if (one.state === 'lapsed' && one.due !== null) expect(Date.parse(one.closed as string)).toBe(over);
    if (one.closed !== null) expect(Date.parse(one.closed)).toBeGreaterThanOrEqual(Date.parse(one.opened));
    if (one.state === 'met' && one.due !== null && one.closed !== one.opened)
      expect(Date.parse(one.closed as string)).toBeLessThan(Date.parse(one.due));
  }
}

const SIGN = { invoice: 1n, fine: 1n, penalty: 1n, refund: 1n, payment: -1n, credit: -1n } as const;
const tiyn = (amount: string): bigint => BigInt(amount.replace('.', ''));

/**
 * Property 12 and the rest of 7: amounts are positive, the balance is the sum of the entries, refunds never exceed
 * payments, and access is closed by exactly the restrictions that stand.
 */
export function settlesInTheLedger(outcome: Outcome): void {
  const sum = { all: 0n, payment: 0n, refund: 0n };
  for (const one of outcome.ledger.entries) {
    const amount = tiyn(one.amount ?? '0.00');
    expect(amount >= 0n).toBe(true);
    sum.all += SIGN[one.kind] * amount;
    if (one.kind === 'payment' || one.kind === 'refund') sum[one.kind] += amount;
  }
  expect(sum.all).toBe(tiyn(outcome.ledger.balance['KZT'] ?? '0.00'));
  expect(sum.refund <= sum.payment).toBe(true);
  if (outcome.contract.state === 'ended' || outcome.contract.concludedAt === null) return;
  for (const [name, { open, causes }] of Object.entries(outcome.access)) {
    const standing = outcome.restrictions.filter(
      (one) =>
        one.to === null &&
        (one.functions.includes(name) || one.functions.includes('portal')) &&
        Date.parse(one.from) <= Date.parse(outcome.asOf),
    );
    expect(causes.map((one) => `${one.clause}~${one.subject}~${one.since}`).sort()).toEqual(
      standing.map((one) => `${one.clause}~${one.subject}~${one.from}`).sort(),
    );
    expect(open).toBe(causes.length === 0);
  }
}

/**
 * Properties 10 and 16: whatever stands is proven by `explain`, its chain begins with a fact that is in the record and
 * was not voided; judged from the facts of the record alone the same comes out, so that the proof derives it again.
 */
export function everyEffectIsProven(law: Law, facts: readonly Fact[], asOf: number): void {
  const view = { asOf, knownAt: asOf };
  const record = liveOut(law, facts, view);
  const { outcome, wanted } = judge(law, record, view);
  const keys = [...outcome.effects.map((one) => one.key), ...outcome.rights.map((one) => one.key)];
  for (const key of keys) {
    const proof = explain(law, record, view, key);
    expect([key, proof === null]).toEqual([key, false]);
    if (proof === null || proof.state === 'fell away') continue;
    const first = proof.steps[0];
    expect([key, first?.step]).toEqual([key, 'fact']);
    if (first?.step !== 'fact') continue;
    const fact = record.find((one) => one.id === first.id);
    expect([key, fact !== undefined && fact.at <= asOf]).toEqual([key, true]);
    const one = wanted.get(key);
    if (one) expect([key, Date.parse(proof.at), proof.content]).toEqual([key, one.at, one.content]);
    // Without the fact at its beginning it does not stand in the same way.
    const without = record.filter((other) => other.id !== first.id);
    const again = explain(law, without, view, key);
    if (again !== null) expect([key, again.steps]).not.toEqual([key, proof.steps]);
  }
}
