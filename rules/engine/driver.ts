import type { Fact, ReceiptData, ReceiptType } from '../facts/fact.js';
import { DAY, HOUR } from '../law/span.js';
import { parseTerm } from '../law/term.js';
import type { Instant } from '../law/types.js';
import { judge, judgeBare } from './judge.js';
import { reconcile } from './reconcile.js';
import type { Choice, Judgement, Law, Step, View } from './types.js';

/** How single effects are performed in a simulation: late, or not at all. By effect key; the others are performed when they are first wanted. */
export type Performance = Readonly<Record<string, { readonly after?: string; readonly fails?: boolean }>>;

/** `2 hours`, `90 minutes`, `3 calendar days` as milliseconds; throws on anything else, because a scenario that says it was checked before. */
export function delayOf(text: string): number {
  const minutes = /^(\d+) minutes?$/.exec(text);
  if (minutes) return Number(minutes[1]) * 60_000;
  const term = parseTerm(text);
  if (!('code' in term) && term.kind === 'length') {
    if (term.unit === 'hours') return term.n * HOUR;
    if (term.unit === 'calendar days') return term.n * DAY;
    if (term.unit === 'weeks') return term.n * 7 * DAY;
  }
  throw new RangeError(`"${text}" is not a delay such as "2 hours"`);
}

/** The fact that a step's receipt becomes. */
export function receiptOf(law: Law, step: Step, type: ReceiptType, at: Instant, recordedAt: Instant): Fact {
  const data: ReceiptData = {
    key: step.key,
    generation: step.generation,
    operation: step.operation,
    kind: step.kind,
    clause: step.clause,
    subject: step.subject,
    legalAt: law.offer.zone.format(step.at),
    content: step.content,
    fingerprint: step.fingerprint,
  };
  return {
    id: `${step.key}~${step.generation}~${step.operation}~${type}~${at}`,
    type,
    at,
    recordedAt,
    subject: step.subject,
    data: data as unknown as Readonly<Record<string, unknown>>,
  };
}

const choiceFact = (choice: Choice, recordedAt: Instant): Fact => ({
  id: choice.id,
  type: choice.type,
  at: choice.at,
  recordedAt,
  subject: choice.subject,
  data: choice.data,
});

/**
 * Runs a contract as the live product would: facts become known at `recordedAt`, time passes, an effect is performed when it is first
 * wanted and undone when it stops being wanted. What becomes known at an instant is read before anything is performed at it.
 * With `knownAt` before `asOf` the run goes on with what was known then, and what it does on the way counts as known (a forecast).
 */
export function simulate(law: Law, facts: readonly Fact[], view: View, performance: Performance = {}): Judgement {
  return judge(law, liveOut(law, facts, view, performance), view);
}

/**
 * A contract that lives, looked at beyond what is known: from `knownAt` on it goes on as it would if nothing more were heard, its effects performed
 * when they are wanted. What it did before stands as recorded.
 */
export function forecast(law: Law, facts: readonly Fact[], view: View): Judgement {
  return judge(law, liveOut(law, facts, view, {}, view.knownAt), view);
}

/** The record as it stands after such a run: the facts known by the view, choices and receipts. The run begins with the first fact, or at `from`. */
export function liveOut(
  law: Law,
  facts: readonly Fact[],
  view: View,
  performance: Performance = {},
  from?: Instant,
): readonly Fact[] {
  const known = oneVisitADay(
    law,
    facts.filter((fact) => fact.recordedAt <= view.knownAt),
  );
  const arrivals = [...new Set(known.map((fact) => fact.recordedAt))].sort((left, right) => left - right);
  const end = Math.max(view.asOf, view.knownAt);
  const record: Fact[] = [...known];
  const written = new Set<string>(known.map((fact) => fact.id));
  const late: Fact[] = [];
  const add = (fact: Fact): void => {
    if (written.has(fact.id)) return;
    written.add(fact.id);
    record.push(fact);
  };

  let now = from ?? arrivals[0] ?? end;
  let arrival = 0;
  while (now <= end) {
    const knownNow = Math.min(now, view.knownAt);
    for (const fact of late.filter((one) => one.at <= now)) add(fact);
    let judgement = judgeBare(law, record, { asOf: now, knownAt: knownNow });
    for (;;) {
      for (const choice of judgement.choices) add(choiceFact(choice, knownNow));
      const steps = reconcile(judgement);
      if (steps.length === 0) break;
      for (const step of steps) perform(law, step, now, view.knownAt, performance[step.key], add, late);
      judgement = judgeBare(law, record, { asOf: now, knownAt: knownNow });
    }
    while (arrival < arrivals.length && (arrivals[arrival] as number) <= now) arrival++;
    // Facts known a little ahead of their own instant take effect when it comes.
    const ahead = record.reduce(
      (least, fact) => (fact.at > now && fact.recordedAt <= now && fact.at < least ? fact.at : least),
      Infinity,
    );
    const lateAt = late.reduce((least, fact) => (fact.at > now && fact.at < least ? fact.at : least), Infinity);
    now = Math.min(arrivals[arrival] ?? Infinity, judgement.wakeAt ?? Infinity, ahead, lateAt);
  }
  return record;
}

/** Of visits to the portal about one thing the record keeps the one of a day that became known first. */
function oneVisitADay(law: Law, facts: readonly Fact[]): readonly Fact[] {
  const visits = facts.filter((fact) => fact.type === 'portal.visited');
  if (visits.length < 2) return facts;
  const kept = new Map<string, Fact>();
  for (const visit of [...visits].sort((left, right) => left.recordedAt - right.recordedAt)) {
    const place = `${law.offer.zone.dayOf(visit.at)} ${visit.subject}`;
    if (!kept.has(place)) kept.set(place, visit);
  }
  const stay = new Set(kept.values());
  return facts.filter((fact) => fact.type !== 'portal.visited' || stay.has(fact));
}

function perform(
  law: Law,
  step: Step,
  now: Instant,
  knownAt: Instant,
  script: Performance[string] | undefined,
  add: (fact: Fact) => void,
  late: Fact[],
): void {
  const recordedAt = Math.min(now, knownAt);
  if (script?.fails === true && step.operation === 'do')
    return add(receiptOf(law, step, 'effect.failed', now, recordedAt));
  if (script?.after === undefined || step.operation !== 'do')
    return add(receiptOf(law, step, 'effect.performed', now, recordedAt));
  const done = now + delayOf(script.after);
  add(receiptOf(law, step, 'effect.claimed', now, recordedAt));
  late.push(receiptOf(law, step, 'effect.performed', done, Math.min(done, knownAt)));
}
