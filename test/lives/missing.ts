import { expect } from 'vitest';
import type { Outcome, RightView, TimelineView } from '../../rules/engine/outcome.js';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import type { EventSpec, Predicate, Rule } from '../../rules/offer/types.js';
import { seenAt } from '../model/record.js';
import { valuesAt } from './grounds.js';

/**
 * The other half of having grounds: what has its grounds is there, and what waits for something that has come waits no
 * more. Read from the offer's words and the facts that stand; where a condition looks at more than the fact itself
 * (other clocks, debt), nothing is said.
 */
export function nothingIsMissing(law: Law, record: readonly Fact[], outcome: Outcome, asOf: number): void {
  const all = seenAt(record, asOf, asOf).filter((fact) => !fact.type.startsWith('effect.'));
  const facts = all.filter((fact) => counts(fact, all));
  const concluded = instant(outcome.contract.concludedAt);
  if (concluded === null) return;
  const ended = instant(outcome.contract.endedAt);
  for (const run of outcome.timelines) {
    const rule = only(law, run.clause, (one) => one.within !== null);
    if (rule === null) continue;
    // With the contract ends what the offer does not let go on after it.
    if (ended !== null && !rule.survives && rule.within?.form !== 'end')
      expect([run.clause, run.subject, run.closed !== null]).toEqual([run.clause, run.subject, true]);
    if (run.state !== 'met' && run.state !== 'cancelled')
      for (const spec of [...rule.met, ...rule.cancel])
        notCome(facts, outcome, run, spec, run.run === '1' && !rule.recurring && rule.met.includes(spec));
  }
  for (const one of outcome.restrictions) {
    const until = onlyUntil(law, one.clause);
    if (one.to !== null || until === null) continue;
    const from = Date.parse(one.from);
    const alone = outcome.rights.filter((right) => sameThing(right, one)).length < 2;
    const first = alone && outcome.restrictions.filter((other) => sameThing(other, one)).length < 2;
    const ends = facts.find(
      (fact) =>
        until.some(
          (spec) =>
            (fact.at > from || (first && looksBack(spec, one.subject, fact, from))) && fits(spec, fact, one.subject),
        ) ||
        (fact.at > from &&
          fact.type === 'right.released' &&
          fact.data['clause'] === one.clause &&
          (fact.subject === one.subject || fact.subject === 'contract')),
    );
    expect([one.clause, one.subject, one.from, 'ended by', ends?.id]).toEqual([
      one.clause,
      one.subject,
      one.from,
      'ended by',
      undefined,
    ]);
  }
  // What was chosen after a lift stands, though the lift be voided later; and what was chosen while a hold was voided, though the void be voided.
  const lifts = record.filter((fact) => fact.type === 'hold.lifted' || fact.type === 'review.decided');
  const voided = (fact: Fact): boolean =>
    record.some((one) => one.type === 'fact.voided' && one.data['fact'] === fact.id);
  const steady =
    lifts.every((fact) => fact.recordedAt > asOf || all.includes(fact)) &&
    !all.some((fact) => fact.type === 'hold.placed' && voided(fact));
  rightsAreDecided(law, facts, outcome, steady);
  overturnedIsGone(all, outcome);
  if (all.some((fact) => fact.type === 'review.decided')) return;
  const begun = new Set<string>();
  for (const rule of law.offer.rules) {
    if (rule.all || rule.recurring || rule.then.some((one) => one.do === 'conclude')) continue;
    for (const spec of rule.on)
      for (const { at, subject, fact } of causesOf(spec, facts, outcome)) {
        if (at <= concluded || (ended !== null && at >= ended && !(rule.survives && at > ended))) continue;
        if (fact !== null && rule.kind === 'termination' && /^(termination|withdrawal)\./.test(fact.type)) continue;
        if ([spec.when, rule.when].some((when) => when !== null && (fact === null || decide(when, fact) !== true)))
          continue;
        const about = aboutWhat(rule, subject, fact);
        if (about === null || (once(rule, about) && begun.has(`${rule.order}|${about}`))) continue;
        begun.add(`${rule.order}|${about}`);
        started(rule, about, at, outcome);
      }
  }
}

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));

/** A refusal without reasons is taken and has no effect; what only concerns who chose a tariff is left to the scenarios. */
function counts(fact: Fact, all: readonly Fact[]): boolean {
  const refuses = /^(act|reconciliation)\.refused$/.test(fact.type) || fact.data['answer'] === 'refused';
  if (refuses && String(fact.data['reasons'] ?? '').trim() === '') return false;
  if (fact.type === 'invoice.cancelled')
    return all.some(
      (one) => one.subject === fact.subject && one.at < fact.at && /^invoice\.(presented|received)$/.test(one.type),
    );
  return fact.type !== 'tariff.closed' && fact.type !== 'tariff.ended';
}

/** What a condition says of a fact by itself; null when it asks for anything else. */
function decide(when: Predicate, fact: Fact): boolean | null {
  try {
    return when(valuesAt(fact));
  } catch {
    return null;
  }
}

/** What came earlier about the same subject meets, ends and takes the ground away at the opening of its first run. */
const looksBack = (spec: EventSpec, subject: string, fact: Fact, from: number): boolean =>
  !spec.afterOpening && spec.subject !== 'any' && subject !== 'contract' && fact.at < from;

interface OfThing {
  readonly clause: string;
  readonly subject: string;
}

const sameThing = (one: OfThing, other: OfThing): boolean =>
  one.clause === other.clause && one.subject === other.subject;

const fits = ({ what, when, subject }: EventSpec, fact: Fact, about: string): boolean =>
  what.on === 'fact' &&
  what.type === fact.type &&
  (subject === 'any' || fact.subject === about) &&
  (when === null || decide(when, fact) === true);

/** The one rule of a clause of a kind; null when there are several, between which the outcome does not tell. */
function only(law: Law, clause: string, counted: (rule: Rule) => boolean): Rule | null {
  const found = law.offer.rules.filter((rule) => rule.clause === clause && counted(rule));
  return found.length === 1 ? (found[0] as Rule) : null;
}

function onlyUntil(law: Law, clause: string): readonly EventSpec[] | null {
  const found = law.offer.rules
    .filter((rule) => rule.clause === clause)
    .flatMap((rule) => [...rule.then, ...rule.fulfilled])
    .flatMap((one) => (one.do === 'restrict' ? [one] : []));
  // What reaches back does not show when it was opened.
  if (found.some((one) => one.from?.back === true)) return null;
  return found.length === 1 ? (found[0]?.until ?? null) : null;
}

/** A run that was not met: nothing of what meets or cancels it came while it was open. */
function notCome(
  facts: readonly Fact[],
  outcome: Outcome,
  run: TimelineView,
  spec: EventSpec,
  earlierToo: boolean,
): void {
  const from = Date.parse(run.opened);
  const to = Math.min(instant(run.due) ?? Infinity, instant(run.closed) ?? Infinity);
  const within = (at: number): boolean => at > from && at < to;
  const fact = facts.find(
    (one) =>
      (within(one.at) || (earlierToo && looksBack(spec, run.subject, one, from))) &&
      fits(spec, one, run.subject) &&
      !byTheOther(one, run.debtor),
  );
  const { what } = spec;
  const chained =
    (what.on === 'lapse' || what.on === 'met') && spec.when === null
      ? outcome.timelines.find(
          (one) =>
            one.clause === what.ref &&
            one.state === (what.on === 'lapse' ? 'lapsed' : 'met') &&
            (spec.subject === 'any' || one.subject === run.subject) &&
            within(Date.parse(one.closed as string)),
        )
      : undefined;
  expect([run.clause, run.subject, run.opened, run.state, 'closed by', fact?.id, chained?.clause]).toEqual([
    run.clause,
    run.subject,
    run.opened,
    run.state,
    'closed by',
    undefined,
    undefined,
  ]);
}

const byTheOther = (fact: Fact, debtor: string | null): boolean =>
  fact.type === 'forcemajeure.notified' &&
  debtor !== null &&
  ![debtor, 'both', undefined].includes(fact.data['by'] as string);

/**
 * Rights that are still open: their ground stands, nobody has decided, and the policy was free to leave them so.
 * @param steady holds, and what lifted them, were never in doubt
 */
function rightsAreDecided(law: Law, facts: readonly Fact[], outcome: Outcome, steady: boolean): void {
  const held = holdsOf(facts);
  for (const one of outcome.rights) {
    const opened = Date.parse(one.openedAt);
    const first = one.key.split('~')[2] === '1';
    const rule = only(law, one.clause, (each) => each.holder !== null);
    if (rule === null) continue;
    const open = one.state === 'open' || one.state === 'asked';
    const claims = rule.then.some((what) => what.do === 'fine' || what.do === 'penalty');
    const grounds =
      rule.expires.length > 0 || claims
        ? rule.expires
        : rule.then.flatMap((what) => (what.do === 'restrict' ? what.until : []));
    const gone = facts.find(
      (fact) =>
        grounds.some(
          (spec) =>
            (fact.at > opened || (first && looksBack(spec, one.subject, fact, opened))) &&
            fits(spec, fact, one.subject),
        ) ||
        (fact.at > opened &&
          fact.type === 'right.declined' &&
          fact.data['clause'] === one.clause &&
          fact.subject === one.subject &&
          (fact.data['holder'] ?? fact.data['by'] ?? fact.by) === one.holder),
    );
    expect([one.key, one.state, 'gone by', open ? gone?.id : undefined]).toEqual([
      one.key,
      one.state,
      'gone by',
      undefined,
    ]);
    if (one.holder === 'participant') continue;
    // `automatic` and `ask` leave nothing open but what is held.
    if (['automatic', 'ask'].includes(law.policy.id) && one.state === 'open')
      expect([one.key, held(one.clause, one.subject, Infinity)]).toEqual([one.key, true]);
    if (steady) heldUnused(facts, one, held);
  }
}

/** A policy uses nothing that is held. What it chose before it knew of a hold stands (reading 10). */
function heldUnused(facts: readonly Fact[], right: RightView, held: ReturnType<typeof holdsOf>): void {
  if (right.usedAt === null) return;
  const used = Date.parse(right.usedAt);
  const uses = facts.filter((fact) => fact.at === used && /^(right\.used|termination\.|withdrawal\.)/.test(fact.type));
  if (uses.some((fact) => fact.data['policy'] === undefined)) return;
  const chosenAt = uses.find(
    (fact) => fact.data['clause'] === right.clause && fact.subject === right.subject,
  )?.recordedAt;
  expect([right.key, held(right.clause, right.subject, used, chosenAt)]).toEqual([right.key, false]);
}

/** Whether a clause is frozen for a subject at an instant: a hold was placed before it, and nothing has lifted it by then. */
function holdsOf(facts: readonly Fact[]) {
  const names = (fact: Fact, clause: string): boolean => {
    const clauses = (fact.data['clauses'] ?? []) as readonly string[];
    return clauses.length === 0 || clauses.includes(clause);
  };
  const lifts = (lift: Fact, hold: Fact): boolean =>
    (lift.type === 'hold.lifted' || lift.type === 'review.decided') &&
    lift.subject === hold.subject &&
    lift.at >= hold.at;
  return (clause: string, subject: string, at: number, knownAt = Infinity): boolean =>
    facts.some(
      (hold) =>
        hold.recordedAt <= knownAt &&
        hold.type === 'hold.placed' &&
        hold.at < at &&
        names(hold, clause) &&
        (hold.subject === 'contract' || hold.subject === subject) &&
        !facts.some((lift) => lifts(lift, hold) && lift.at <= at && names(lift, clause)),
    );
}

/** A contested thing that was overturned starts nothing (reading 20). */
function overturnedIsGone(facts: readonly Fact[], outcome: Outcome): void {
  for (const fact of facts) {
    if (fact.type !== 'review.decided' || fact.data['decision'] !== 'overturn') continue;
    const clauses = (fact.data['clauses'] ?? []) as readonly string[];
    const about = (one: { readonly clause: string; readonly subject: string }, opened: string): boolean =>
      clauses.includes(one.clause) && one.subject === fact.subject && Date.parse(opened) <= fact.at;
    const left = [
      ...outcome.timelines.filter((one) => about(one, one.opened)),
      ...outcome.rights.filter((one) => about(one, one.openedAt)),
    ];
    expect([fact.id, left]).toEqual([fact.id, []]);
  }
}

/** What needs no time and opens no right comes about once for each thing. */
const once = (rule: Rule, subject: string): boolean =>
  rule.within === null && rule.holder === null && subject !== 'contract' && !rule.again;

interface Started {
  readonly at: number;
  readonly subject: string;
  readonly fact: Fact | null;
}

/** When such a thing has happened, as facts and outcome tell. */
function causesOf({ what }: EventSpec, facts: readonly Fact[], outcome: Outcome): readonly Started[] {
  switch (what.on) {
    case 'fact':
      return facts
        .filter((fact) => fact.type === what.type)
        .map((fact) => ({ at: fact.at, subject: fact.subject, fact }));
    case 'lapse':
    case 'met':
      return outcome.timelines
        .filter((run) => run.clause === what.ref && run.state === (what.on === 'lapse' ? 'lapsed' : 'met'))
        .map((run) => ({ at: Date.parse(run.closed as string), subject: run.subject, fact: null }));
    case 'use':
      return outcome.rights
        .filter((right) => right.clause === what.ref && right.usedAt !== null)
        .map((right) => ({ at: Date.parse(right.usedAt as string), subject: right.subject, fact: null }));
    default:
      return [];
  }
}

function aboutWhat(rule: Rule, subject: string, fact: Fact | null): string | null {
  if (rule.subject === 'contract') return 'contract';
  if (rule.subject === 'trigger') return subject;
  return fact === null ? null : String(fact.data[rule.subject.field] ?? subject);
}

/** What the rule calls for is there: a run that is this one's or was running already, a right, a presumption, a message. */
function started(rule: Rule, subject: string, at: number, outcome: Outcome): void {
  const { clause } = rule;
  const here = [clause, subject, new Date(at).toISOString()];
  if (rule.within !== null) {
    if (rule.within.form === 'before') return;
    const runs = outcome.timelines.filter((run) => run.clause === clause && run.subject === subject);
    const once = subject !== 'contract' && !rule.again;
    const there = runs.some(
      (run) => Date.parse(run.opened) <= at && (once || run.closed === null || Date.parse(run.closed) >= at),
    );
    expect([...here, there]).toEqual([...here, true]);
    return;
  }
  if (rule.holder !== null) {
    if (rule.holder === 'same') return;
    const there = outcome.rights.some(
      (right) => right.clause === clause && right.subject === subject && Date.parse(right.openedAt) <= at,
    );
    expect([...here, there]).toEqual([...here, true]);
    return;
  }
  for (const one of rule.then) {
    if (one.do === 'presume') {
      const there = outcome.presumptions.some(
        (each) => each.clause === (one.as ?? clause) && each.subject === subject && Date.parse(each.at) <= at,
      );
      expect([...here, one.meaning, there]).toEqual([...here, one.meaning, true]);
    }
    if (one.do === 'refuse amendment') {
      const amendment = outcome.amendments.find((each) => each.subject === subject);
      const refused =
        Date.parse(amendment?.publishedAt ?? '') > at ||
        amendment === undefined ||
        amendment.state === 'refused' ||
        Date.parse(amendment.appliesAt ?? '') <= at;
      expect([...here, one.do, refused]).toEqual([...here, one.do, true]);
    }
    if (one.do === 'message') {
      const there = outcome.effects.some(
        (each) => each.clause === clause && each.subject === subject && each.kind === one.kind,
      );
      expect([...here, one.kind, there]).toEqual([...here, one.kind, true]);
    }
  }
}
