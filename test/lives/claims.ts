import { expect } from 'vitest';
import { explain, judge, latestOf, liveOut, reconcile, simulate } from '../../rules/engine/index.js';
import type { LedgerEntry, Outcome } from '../../rules/engine/outcome.js';
import type { Act, Judgement, Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import { HOUR } from '../../rules/law/span.js';
import { runsInHours } from '../../rules/law/work-hours.js';
import { seenAt } from '../model/record.js';

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

/** What is wanted, whole. */
export const worldly = ({ wanted }: Judgement): unknown =>
  [...wanted.values()].sort((a, b) => (a.key < b.key ? -1 : 1));

/** What the law says, apart from the moments of doing. */
export const legal = (outcome: Outcome): unknown => ({
  timelines: outcome.timelines,
  rights: outcome.rights,
  presumptions: outcome.presumptions,
  restrictions: outcome.restrictions,
  access: outcome.access,
  contract: outcome.contract,
  consents: outcome.consents,
  amendments: outcome.amendments,
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

/**
 * Property 5: the outcome at (T, R) does not feel facts that are later on either axis, receipts and choices of the whole
 * life included. A void and a decision on a review work by knowledge alone.
 */
export function blindToLater(law: Law, record: readonly Fact[], asOf: number, knownAt: number): void {
  const view = { asOf, knownAt };
  const timeless = (fact: Fact): boolean => fact.type === 'fact.voided' || fact.type === 'review.decided';
  const seen = record.filter((fact) => fact.recordedAt <= knownAt && (fact.at <= asOf || timeless(fact)));
  expect(judge(law, seen, view).outcome).toEqual(judge(law, record, view).outcome);
}

/**
 * Property 4: nothing changes by itself before `next` (without one, for 400 days), at `next` something does, and
 * nothing wakes before it.
 */
export function stillUntilNext(law: Law, facts: readonly Fact[], asOf: number, part: number): void {
  const record = liveOut(law, facts, { asOf, knownAt: asOf }).filter((fact) => fact.recordedAt <= asOf);
  const now = judge(law, record, { asOf, knownAt: asOf });
  expect(reconcile(now)).toEqual([]);
  if (now.wakeAt !== null) expect(now.wakeAt).toBeGreaterThanOrEqual(now.next ?? Infinity);
  if (record.some((fact) => fact.at > asOf)) return;
  const next = now.next ?? asOf + 400 * DAY;
  for (const between of [asOf + Math.floor((next - asOf) * part), next - 1])
    if (between > asOf && between < next)
      expect(still(judge(law, record, { asOf: between, knownAt: between }).outcome)).toEqual(still(now.outcome));
  if (now.next === null) return;
  expect(still(judge(law, record, { asOf: next, knownAt: next }).outcome)).not.toEqual(still(now.outcome));
}

/** Property 4, for the world: what is wanted stays as it is until `wakeAt`, or for 400 days. */
export function wantedUntilWake(law: Law, facts: readonly Fact[], asOf: number): void {
  const record = liveOut(law, facts, { asOf, knownAt: asOf });
  const now = judge(law, record, { asOf, knownAt: asOf });
  if (record.some((fact) => fact.at > asOf || fact.recordedAt > asOf)) return;
  const before = (now.wakeAt ?? asOf + 400 * DAY) - 1;
  if (before <= asOf) return;
  const later = judge(law, record, { asOf: before, knownAt: before });
  expect(worldly(later)).toEqual(worldly(now));
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
    const frozen = last?.kind === 'lift' && judgement.held(last.clause, last.subject);
    if (last?.state === 'done' && last.kind !== 'request-signature' && !frozen)
      expect([...wanted.keys()]).toContain(last.key);
  }
  for (const one of wanted.values())
    if (!one.past && (one.kind === 'lift' || !judgement.held(one.clause, one.subject))) {
      const act = latestOf(acts.get(one.key));
      expect([one.key, act?.state]).toEqual([one.key, 'done']);
      // What stands says what is wanted, but for what a person has signed.
      if (one.kind !== 'request-signature') expect([one.key, act?.content]).toEqual([one.key, one.content]);
    }
  for (const history of acts.values()) {
    const act = latestOf(history) as Act;
    for (const each of history.generations) {
      // An act of will is taken back or changed by a person only.
      if (each.kind === 'request-signature')
        expect([each.key, each.undoneAt, each.corrections]).toEqual([each.key, null, []]);
      if (each.undoneAt === null || each.corrections.length > 0) continue;
      const back = judgement.outcome.effects.filter(
        (one) => one.undoes === each.key && one.generation === each.generation,
      );
      expect([each.key, back.map((one) => one.kind)]).toEqual([each.key, [BACK[each.kind]]]);
    }
    // What nobody can take back by itself lies before a person.
    if (act.kind === 'request-signature' && act.state === 'done' && !wanted.has(act.key))
      expect(judgement.outcome.cases.map((one) => one.key)).toContain(act.key);
  }
  return judgement;
}

/** What takes back an effect of each kind, as the public contract has it. */
const BACK: Readonly<Record<string, string>> = {
  restrict: 'lift',
  lift: 'restrict',
  claim: 'credit',
  invoice: 'credit',
  notify: 'correct',
  prepare: 'correct',
  register: 'correct',
};

/**
 * Properties 9 and 10 where ports are slow or fail: what failed lies before a person and is not tried again by itself, what
 * came late stands or was taken back, and nothing that is not called for stands without somebody being asked.
 */
export function portsMayFail(
  law: Law,
  facts: readonly Fact[],
  asOf: number,
  script: (position: number) => { readonly after?: string; readonly fails?: boolean } | undefined,
): void {
  const view = { asOf, knownAt: asOf };
  const keys = [...simulate(law, facts, view).acts.keys()].sort();
  const performance = Object.fromEntries(
    keys.flatMap((key, position) => {
      const one = script(position);
      return one === undefined ? [] : [[key, one]];
    }),
  );
  const judgement = simulate(law, facts, view, performance);
  expect(reconcile(judgement)).toEqual([]);
  const cases = judgement.outcome.cases.map((one) => one.key);
  for (const [key, { generations }] of judgement.acts) {
    generations.forEach((act, position) => {
      expect([key, act.generation]).toEqual([key, position + 1]);
      if (position < generations.length - 1) expect([key, act.state]).toEqual([key, 'undone']);
    });
    const last = generations[generations.length - 1] as Act;
    if (performance[key]?.fails === true) expect([key, last.state]).toEqual([key, 'failed']);
    if (last.state === 'failed') expect(cases).toContain(key);
    const frozen = last.kind === 'lift' && judgement.held(last.clause, last.subject);
    if (last.state === 'done' && !judgement.wanted.has(key) && !frozen) expect(cases).toContain(key);
  }
}

/**
 * Property 7 for documents: what the documents that stand claim is what the ledger says is owed under their clause,
 * credits taken off. A penalty that still runs is owed and not claimed yet, so that its documents come to no more; from the
 * day on which it reaches its cap it runs no more.
 */
export function documentsNetToTheLedger(law: Law, { outcome, acts, held }: Judgement): void {
  const claimed = new Map<string, bigint>();
  const claims = new Set(
    [...acts.values()].filter((one) => one.generations[0]?.kind === 'claim').map((one) => one.key),
  );
  for (const { key, clause, subject, kind, state, data } of outcome.effects) {
    if (!claims.has(key) || (kind !== 'claim' && kind !== 'credit')) continue;
    const place = `${clause}|${subject}`;
    const wentOut = state === 'done' || state === 'undone' || state === 'undoing';
    const amount = wentOut ? tiyn(String(data['amount'])) : 0n;
    claimed.set(place, (claimed.get(place) ?? 0n) + (kind === 'credit' ? -amount : amount));
  }
  const { entries } = outcome.ledger;
  const sum = (counts: (one: LedgerEntry) => boolean): bigint =>
    entries.filter(counts).reduce((total, one) => total + SIGN[one.kind] * tiyn(one.amount ?? '0.00'), 0n);
  const owed = entries.filter((one) => one.kind === 'fine' || one.kind === 'penalty');
  // A document of which the ledger knows nothing is one too many.
  for (const place of new Set([...claimed.keys(), ...owed.map((one) => `${one.clause}|${one.subject}`)])) {
    const [clause, subject] = place.split('|') as [string, string];
    if (held(clause, subject)) continue;
    const net = sum((one) => one.subject === subject && one.clause === clause);
    const documents = claimed.get(place) ?? 0n;
    const runs = entries.some((one) => one.kind === 'penalty' && one.clause === clause && one.subject === subject);
    const unpaid = sum((one) => one.subject === subject && (one.clause === null || one.kind === 'invoice')) > 0n;
    const moved = entries.some((one) => one.subject === subject && one.kind === 'credit' && one.clause === null);
    const days = entries.find(
      (one) => one.kind === 'penalty' && one.clause === clause && one.subject === subject,
    )?.days;
    const capped = !moved && (days ?? 0) >= daysToCap(law, clause) && net >= 1n;
    if (runs && unpaid && !capped) expect([clause, subject, documents <= net]).toEqual([clause, subject, true]);
    else expect([clause, subject, documents]).toEqual([clause, subject, net]);
  }
}

/** After how many days a penalty of a clause has reached its cap, where it accrues on the invoice's amount. */
export function daysToCap(law: Law, clause: string): number {
  for (const rule of law.offer.rules)
    for (const one of rule.clause === clause ? rule.then : [])
      if (one.do === 'penalty' && one.of === 'invoice' && one.capPerMyriad !== null)
        return Math.ceil(one.capPerMyriad / one.perMyriad);
  return Infinity;
}

/** Property 15: a run is there once, and what is closed says when; only a closed run is met, lapsed or cancelled. */
export function eachRunEndsOnce({ offer }: Law, outcome: Outcome): void {
  // Of a recurring clause one run may be met and the next begin on one day: of a name at most one is still open, of each of the clause's clocks.
  const open = new Map<string, number>();
  for (const one of outcome.timelines) {
    if (one.closed !== null) continue;
    const name = [one.clause, one.subject, one.run, one.debtor].join('~');
    open.set(name, (open.get(name) ?? 0) + 1);
    const clocks = offer.rules.filter((rule) => rule.clause === one.clause && rule.within !== null).length;
    expect([name, (open.get(name) ?? 0) <= clocks]).toEqual([name, true]);
  }
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
 * Property 12 and the rest of 7: amounts are positive, the balance of each currency is the sum of its entries, refunds of
 * a subject never exceed its payments, and access is closed by exactly the restrictions that stand.
 */
export function settlesInTheLedger(outcome: Outcome): void {
  const sums = new Map<string, bigint>();
  const moneyOf = new Map<string, bigint>();
  const add = (to: Map<string, bigint>, key: string, amount: bigint): void =>
    void to.set(key, (to.get(key) ?? 0n) + amount);
  for (const one of outcome.ledger.entries) {
    const amount = tiyn(one.amount ?? '0.00');
    expect(amount >= 0n).toBe(true);
    add(sums, one.currency, SIGN[one.kind] * amount);
    if (one.kind === 'payment' || one.kind === 'refund') add(moneyOf, one.subject, -SIGN[one.kind] * amount);
  }
  for (const [currency, amount] of sums)
    expect([currency, tiyn(outcome.ledger.balance[currency] ?? '0.00')]).toEqual([currency, amount]);
  for (const [subject, left] of moneyOf) expect([subject, left >= 0n]).toEqual([subject, true]);
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
 * Property 15: what a run has come to it never leaves. `later` is a view of the same record known at the same time. Of a
 * recurring clause several runs may open at one instant: they are compared as a list.
 */
export function runsStayClosed(earlier: Outcome, later: Outcome): void {
  const name = (one: Outcome['timelines'][number]): string =>
    [one.clause, one.subject, one.run, one.debtor, one.opened].join('~');
  const ended = (one: Outcome['timelines'][number]): string => [name(one), one.state, one.closed].join('~');
  const [names, ends] = [later.timelines.map(name), later.timelines.map(ended)];
  for (const one of earlier.timelines)
    if (one.closed === null) expect(names).toContain(name(one));
    else expect(ends).toContain(ended(one));
}

/**
 * Properties 10 and 16: whatever stands is proven by `explain`, its chain begins with a fact that happened and was not
 * voided; judged from the facts of the record alone the same comes out, so that the proof derives it again.
 */
export function everyEffectIsProven(law: Law, record: readonly Fact[], asOf: number): void {
  const view = { asOf, knownAt: asOf };
  const { outcome, wanted } = judge(law, record, view);
  const standing = new Map(seenAt(record, asOf, asOf).map((fact) => [fact.id, fact]));
  const keys = [...outcome.effects.map((one) => one.key), ...outcome.rights.map((one) => one.key)];
  const without = new Map<string, readonly Fact[]>();
  for (const key of new Set(keys)) {
    const proof = explain(law, record, view, key);
    expect([key, proof === null]).toEqual([key, false]);
    if (proof === null || proof.state === 'fell away') continue;
    const first = proof.steps[0];
    expect([key, first?.step]).toEqual([key, 'fact']);
    if (first?.step !== 'fact') continue;
    expect([key, first.id, standing.has(first.id)]).toEqual([key, first.id, true]);
    const one = wanted.get(key);
    if (one) expect([key, Date.parse(proof.at), proof.content]).toEqual([key, one.at, one.content]);
    // Without the fact at its beginning it does not stand in the same way.
    const rest = without.get(first.id) ?? record.filter((other) => other.id !== first.id);
    without.set(first.id, rest);
    const again = explain(law, rest, view, key);
    if (again !== null) expect([key, again.steps]).not.toEqual([key, proof.steps]);
  }
  for (const key of wanted.keys()) expect([key, explain(law, record, view, key)?.state]).toEqual([key, 'stands']);
}

/**
 * Property 3, at one instant: what falls due at an instant comes before what happens at it, so that what happens at a
 * midnight might as well have happened a millisecond later. Asked while the contract lasts: at its end a day is counted from
 * the day before the instant.
 */
export function lapsesComeFirst(law: Law, facts: readonly Fact[], asOf: number): void {
  const { zone } = law.offer;
  const isMidnight = (at: number): boolean => zone.startOf(zone.dayOf(at)) === at;
  const later = (at: number): number => (isMidnight(at) ? at + 1 : at);
  // A term in hours from a midnight may be late at the very instant of a fact that is not moved with it.
  const tied = (at: number): boolean => facts.some((one) => isMidnight(one.at) && (at - one.at) % HOUR === 0);
  if (countsHours(law) && facts.some(({ at }) => !isMidnight(at) && tied(at))) return;
  const moved = facts.map((fact) => ({ ...fact, at: later(fact.at) }));
  const view = (list: readonly Fact[], now: number): Outcome =>
    judge(law, list, { asOf: now, knownAt: Infinity }).outcome;
  const [before, after] = [view(facts, asOf), view(moved, later(asOf))];
  if (before.contract.endsAt !== null || after.contract.endsAt !== null) return;
  expect(standings(after)).toEqual(standings(before));
}

const countsHours = (law: Law): boolean =>
  law.offer.rules.some(
    ({ within }) =>
      within !== null && 'term' in within && within.term.kind === 'length' && runsInHours(within.term.unit),
  );

/** Where everything stands, without the instants. */
const standings = (outcome: Outcome): unknown => ({
  timelines: outcome.timelines
    .map(({ clause, subject, run, debtor, state }) => [clause, subject, run, debtor, state].join('~'))
    .sort(),
  rights: outcome.rights.map(({ key, state }) => [key, state]).sort(),
  presumptions: outcome.presumptions.map(({ clause, subject, meaning }) => [clause, subject, meaning]).sort(),
  contract: outcome.contract.state,
  balance: outcome.ledger.balance,
  open: Object.entries(outcome.access).map(([name, { open }]) => [name, open]),
});
