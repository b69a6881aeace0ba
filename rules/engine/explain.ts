import type { Fact } from '../facts/fact.js';
import { deriveDeadline } from '../law/deadline.js';
import { formatDay } from '../law/day.js';
import type { Derivation, Start } from '../law/types.js';
import type { Clause, Reading, Rule, Titles } from '../offer/types.js';
import { latestOf } from './acts.js';
import { countingOf } from './clocks.js';
import { calledFor } from './claims.js';
import { liftOf } from './spans.js';
import { runMachine } from './judge.js';
import { dayNamed } from './named.js';
import type { Cause } from './cause.js';
import { keyOf, type Clock, type Machine, type Right, type Span } from './state.js';
import type { Act, Law, View } from './types.js';
import { wantedOf } from './wanted.js';

/** One step of a proof, from the fact on. */
export type ProofStep =
  | {
      readonly step: 'fact';
      readonly id: string;
      readonly type: string;
      readonly at: string;
      readonly recordedAt: string;
      readonly subject: string;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | {
      readonly step: 'clock';
      readonly clause: string;
      readonly title: Titles;
      readonly subject: string;
      readonly debtor: string | null;
      readonly opened: string;
      readonly lastDay: string | null;
      readonly due: string | null;
      readonly state: string;
      readonly closed: string | null;
      readonly closedBy: string | null;
      readonly derivation: Derivation | null;
      /** Why `lastDay` is not the counted one: the notice named a day, or another end comes earlier. */
      readonly instead: 'named' | 'earlier' | null;
    }
  | {
      readonly step: 'right';
      readonly clause: string;
      readonly title: Titles;
      readonly holder: string;
      readonly openedAt: string;
      readonly state: string;
      readonly usedAt: string | null;
    }
  | { readonly step: 'performance'; readonly clause: string; readonly kind: string; readonly at: string };

/** The chain from an effect back to clause text, facts and counted days. */
export interface Proof {
  readonly key: string;
  readonly offer: string;
  readonly edition: string;
  readonly kind: string;
  readonly clause: string;
  readonly title: Titles;
  readonly source: string;
  readonly subject: string;
  /** The legal instant. */
  readonly at: string;
  readonly performedAt: string | null;
  readonly undoneAt: string | null;
  /** `stands`: the law calls for it; `fell away`: it was done and the law no longer calls for it. */
  readonly state: 'stands' | 'fell away';
  readonly content: Readonly<Record<string, unknown>>;
  readonly steps: readonly ProofStep[];
  readonly readings: readonly Reading[];
}

interface Found {
  readonly kind: string;
  readonly clause: string;
  readonly subject: string;
  readonly at: number;
  readonly content: Readonly<Record<string, unknown>>;
  readonly origin: Cause;
  /** The rule that the origin started; null where only its clause is known. */
  readonly rule: Rule | null;
  /** The money that opened it and the reversal that closed it again, and the fact that ended what a lift opens again. */
  readonly after: readonly (string | null)[];
}

/**
 * The proof of an effect, right or presumption by its key, at a view. `facts` is the whole record, receipts included.
 * Null when nothing of this key was ever wanted or done in this view.
 */
export function explain(law: Law, facts: readonly Fact[], view: View, key: string): Proof | null {
  const machine = runMachine(law, facts, view);
  const found = findOrigin(machine, key);
  const act = latestOf(machine.acts.get(key));
  if (!found && !act) return null;
  const { zone } = law.offer;
  const maybe = (at: number | null | undefined): string | null =>
    at === null || at === undefined ? null : zone.format(at);
  const clause = clauseOf(law, found?.clause ?? act?.clause ?? '');
  const steps = found
    ? [
        ...chainOf(machine, facts, found.origin, found.rule),
        ...found.after.flatMap((id) => stepsOf(machine, facts, id)),
        ...rightStepsOf(machine, key),
      ]
    : act === undefined
      ? []
      : standing(machine, facts, act);
  return {
    key,
    offer: law.offer.id,
    edition: law.offer.edition,
    kind: found?.kind ?? act?.kind ?? '',
    clause: clause.ref,
    title: clause.title,
    source: clause.source,
    subject: found?.subject ?? act?.subject ?? '',
    at: zone.format(found?.at ?? act?.legalAt ?? view.asOf),
    performedAt: maybe(act?.performedAt),
    undoneAt: maybe(act?.undoneAt),
    state: found ? 'stands' : 'fell away',
    content: found?.content ?? act?.content ?? {},
    steps,
    readings: clause.readings,
  };
}

const clauseOf = (law: Law, ref: string): Clause =>
  law.offer.clauses.find((one) => one.ref === ref) ??
  ({
    ref,
    kind: '',
    title: { kk: ref, ru: ref, en: ref },
    source: ref,
    cites: [],
    readings: [],
    why: null,
    rules: [],
  } as Clause);

function findOrigin(machine: Machine, key: string): Found | null {
  const right = machine.rights.get(key);
  if (right)
    return {
      kind: 'right',
      clause: right.rule.clause,
      subject: right.subject,
      at: right.openedAt,
      content: {},
      origin: right.origin,
      rule: right.rule,
      after: [],
    };
  for (const one of machine.presumptions)
    if (keyOf(one.clause, one.subject, '1', 'presume') === key)
      return {
        kind: 'presumption',
        clause: one.clause,
        subject: one.subject,
        at: one.at,
        content: { meaning: one.meaning },
        origin: one.origin,
        rule: null,
        after: [],
      };
  const wanted = wantedOf(machine).get(key);
  if (!wanted) return null;
  const span = spanOf(machine, key);
  const source = span ?? sourceOf(machine, key);
  return source === null
    ? null
    : {
        kind: wanted.kind,
        clause: wanted.clause,
        subject: wanted.subject,
        at: wanted.at,
        content: wanted.content,
        origin: source.origin,
        rule: source.rule,
        after: span === null ? [] : [...span.between, wanted.kind === 'lift' ? span.endedBy : null],
      };
}

/** What a restriction, or the lift of one, is about. */
const spanOf = (machine: Machine, key: string): Span | null =>
  machine.spans.find((span) => span.what === 'restrict' && (span.key === key || liftOf(span) === key)) ?? null;

/** The claim or message that an effect is the document of. */
function sourceOf(machine: Machine, key: string): { readonly rule: Rule; readonly origin: Cause } | null {
  for (const claim of machine.claims) {
    const { documents, standing } = calledFor(machine, claim);
    if (standing?.key === key || documents.some((document) => document.key === key)) return claim;
  }
  for (const message of machine.messages) if (message.key === key) return message;
  return null;
}

/** The links from the first fact to what it led to, in that order. `rule`: what the last link started. */
function chainOf(machine: Machine, facts: readonly Fact[], cause: Cause, rule: Rule | null): readonly ProofStep[] {
  const steps: ProofStep[] = [];
  let started = rule;
  for (let link: Cause | undefined = cause; link !== undefined;) {
    const { via }: Cause = link;
    const beside = started === null ? [] : besides(machine, facts, started, link);
    if (via === null) {
      steps.unshift(...beside, ...stepsOf(machine, facts, link.factId));
      break;
    }
    if (via.how === 'performance') {
      const { clause, kind } = via;
      steps.unshift(...beside, { step: 'performance', clause, kind, at: machine.law.offer.zone.format(via.at) });
      link = via.before;
      started = null;
    } else if (via.how === 'use') {
      steps.unshift(...beside, rightStep(machine, via.right), ...decisionOn(machine, via.right));
      link = via.right.origin;
      started = via.right.rule;
    } else {
      steps.unshift(...beside, clockStep(machine, via.clock));
      link = via.clock.origin;
      started = via.clock.rule;
    }
  }
  return steps;
}

/** How a right stands that is asked about itself. */
function rightStepsOf(machine: Machine, key: string): readonly ProofStep[] {
  const right = machine.rights.get(key);
  return right === undefined ? [] : [rightStep(machine, right), ...decisionOn(machine, right)];
}

/** The choice of a person to use a right, or the notice by which it was used; a policy's own use is told by the right itself. */
function decisionOn(machine: Machine, { rule, subject, usedAt }: Right): readonly ProofStep[] {
  const fact = machine.record.facts.find(
    (one) =>
      one.at === usedAt &&
      one.data['clause'] === rule.clause &&
      one.data['policy'] === undefined &&
      (one.subject === subject || one.subject === 'contract') &&
      (one.type === 'right.used' || one.type.startsWith('termination.')),
  );
  return fact === undefined ? [] : [factStep(machine, fact)];
}

/** What else a rule waited for that takes the later of several: the last of them is the cause, and the others are grounds of the same weight. */
function besides(machine: Machine, facts: readonly Fact[], rule: Rule, last: Cause): readonly ProofStep[] {
  if (!rule.all) return [];
  const about = (subject: string): boolean => rule.subject === 'contract' || subject === last.subject;
  return rule.on.flatMap(({ what }): readonly ProofStep[] => {
    if (what.on === 'fact') {
      const fact = machine.record.facts.find(
        (one) => one.type === what.type && one.type !== last.type && one.at <= last.at && about(one.subject),
      );
      return fact === undefined ? [] : [factStep(machine, fact)];
    }
    if (what.on !== 'met') return [];
    const clock = machine.clocks.find(
      (one) => one.rule.clause === what.ref && one.state === 'met' && about(one.subject) && one !== clockOf(last),
    );
    return clock === undefined
      ? []
      : [
          ...chainOf(machine, facts, clock.origin, clock.rule),
          clockStep(machine, clock),
          ...stepsOf(machine, facts, clock.closedBy),
        ];
  });
}

const clockOf = ({ via }: Cause): Clock | null =>
  via !== null && (via.how === 'lapse' || via.how === 'met') ? via.clock : null;

/** The step that a fact is; none where there is no such fact. */
function stepsOf(machine: Machine, facts: readonly Fact[], id: string | null): readonly ProofStep[] {
  const fact = id === null ? undefined : facts.find((one) => one.id === id);
  return fact === undefined ? [] : [factStep(machine, fact)];
}

/**
 * What fell away: how the clocks that it could have come from stand now, and the facts that made them so. Of another subject's only those
 * count that ran at its instant, each with the fact that started it: another paid year keeps the one that ran out from closing anything.
 */
function standing(machine: Machine, facts: readonly Fact[], act: Act): readonly ProofStep[] {
  const { clause, subject, legalAt } = act;
  const sources = new Set([clause]);
  for (const rule of machine.law.offer.rules)
    if (rule.clause === clause) for (const { what } of rule.on) if ('ref' in what) sources.add(what.ref);
  const others = (clock: Clock): boolean =>
    subject !== 'contract' && clock.subject !== 'contract' && clock.subject !== subject;
  const ranThen = (clock: Clock): boolean =>
    clock.opened <= legalAt && (clock.closed === null || clock.closed > legalAt);
  // Everything is about the contract: there only the clauses that lead here have to do with it.
  const clocks = machine.clocks.filter(
    (clock) =>
      (sources.has(clock.rule.clause) && (!others(clock) || ranThen(clock))) ||
      (subject !== 'contract' && clock.subject === subject),
  );
  const steps = clocks.flatMap((clock) => [
    ...(others(clock) ? stepsOf(machine, facts, clock.origin.factId) : []),
    clockStep(machine, clock),
    ...stepsOf(machine, facts, clock.closedBy),
  ]);
  const told = new Set(steps.map((step) => (step.step === 'fact' ? step.id : null)));
  const news = machine.record.facts.filter((fact) => !told.has(fact.id) && undid(machine, act, fact));
  return [...steps, ...news.map((fact) => factStep(machine, fact)), ...retracted(machine, facts, told)];
}

/** Whether a fact may have taken the ground away: a decision that overturned it, or what became known only after it had been done. */
function undid(machine: Machine, act: Act, fact: Fact): boolean {
  if (fact.type === 'review.decided') return fact.data['decision'] === 'overturn' && fact.subject === act.subject;
  if (fact.subject !== act.subject && fact.subject !== 'contract') return false;
  const until = act.undoneAt ?? machine.view.knownAt;
  return fact.recordedAt > fact.at && fact.recordedAt > (act.performedAt ?? act.legalAt) && fact.recordedAt <= until;
}

/** Voids, each after the fact that it takes away where that was not told, and force majeure. */
function retracted(machine: Machine, facts: readonly Fact[], told: ReadonlySet<string | null>): readonly ProofStep[] {
  const voids = facts.filter((fact) => fact.type === 'fact.voided' && fact.recordedAt <= machine.view.knownAt);
  const known = new Set([...told, ...voids.map((one) => one.id)]);
  return [
    ...voids.flatMap((one) => {
      const target = String(one.data['fact']);
      return [...(known.has(target) ? [] : stepsOf(machine, facts, target)), factStep(machine, one)];
    }),
    ...machine.record.facts
      .filter((fact) => fact.type.startsWith('forcemajeure.'))
      .map((fact) => factStep(machine, fact)),
  ];
}

const factStep = (machine: Machine, fact: Fact): ProofStep => ({
  step: 'fact',
  id: fact.id,
  type: fact.type,
  at: machine.law.offer.zone.format(fact.at),
  recordedAt: machine.law.offer.zone.format(fact.recordedAt),
  subject: fact.subject,
  data: fact.data,
});

function rightStep(machine: Machine, right: Right): ProofStep {
  const { zone } = machine.law.offer;
  return {
    step: 'right',
    clause: right.rule.clause,
    title: clauseOf(machine.law, right.rule.clause).title,
    holder: right.holder,
    openedAt: zone.format(right.openedAt),
    state: right.state,
    usedAt: right.usedAt === null ? null : zone.format(right.usedAt),
  };
}

function clockStep(machine: Machine, clock: Clock): ProofStep {
  const { zone } = machine.law.offer;
  const { within } = clock.rule;
  const start = startOf(machine, clock);
  const lastDay = clock.deadline.lastDay === null ? null : formatDay(clock.deadline.lastDay);
  const derivation =
    start === null || within === null || within.form === 'open' || within.form === 'end'
      ? null
      : deriveDeadline(within.term, start, countingOf(machine, clock.rule, clock.debtor, clock.opened));
  const other = within?.form === 'named' || within?.form === 'earlier' ? within.form : null;
  return {
    step: 'clock',
    clause: clock.rule.clause,
    title: clauseOf(machine.law, clock.rule.clause).title,
    subject: clock.subject,
    debtor: clock.debtor,
    opened: zone.format(clock.opened),
    lastDay,
    due: clock.deadline.due === null ? null : zone.format(clock.deadline.due),
    state: clock.state,
    closed: clock.closed === null ? null : zone.format(clock.closed),
    closedBy: clock.closedBy,
    derivation,
    instead: derivation === null || derivation.lastDay === lastDay ? null : other,
  };
}

/** Where the count of a run starts that can be shown day by day; null of a later run of a recurring clause, which counts from the first. */
function startOf(machine: Machine, { rule, multiple, origin, start }: Clock): Start | null {
  if (multiple !== 1) return null;
  if (rule.within?.form !== 'before') return start;
  const day = dayNamed(machine, origin.data[rule.within.field]);
  return day === null ? null : { day };
}
