import type { Fact } from '../../facts/fact.js';
import type { CompiledOffer, Rule } from '../../offer/types.js';
import { latestOf } from '../acts.js';
import { calledFor } from '../money/claims.js';
import { isMeant } from '../walk/editions.js';
import type { Cause } from '../walk/cause.js';
import { fellAway } from './fell-away.js';
import { runMachine } from '../judge.js';
import {
  clauseOf,
  clockStep,
  editionSteps,
  factStep,
  rightStep,
  stepsOf,
  type Proof,
  type ProofStep,
} from './proof.js';
import { liftOf } from '../walk/spans.js';
import { keyOf, type Clock, type Machine, type Right, type Span } from '../walk/state.js';
import type { Act, Law, View } from '../types.js';
import { wantedOf } from '../wanted.js';

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
  const then = found === null && act !== undefined ? asKnownThen(law, facts, act) : null;
  const rule = found?.rule ?? (then === null ? null : findOrigin(then, key)?.rule);
  const under = rule?.edition ?? machine.edition;
  const clause = clauseOf(law, found?.clause ?? act?.clause ?? '', under);
  const { edition } = law.offer.editions[under] as CompiledOffer;
  const at = found?.at ?? act?.legalAt ?? view.asOf;
  const steps = found
    ? [
        ...chainOf(machine, facts, found.origin, found.rule),
        ...found.after.flatMap((id) => stepsOf(machine, facts, id)),
        ...rightStepsOf(machine, key),
      ]
    : act === undefined
      ? []
      : fellAway(machine, facts, act);
  return {
    key,
    offer: law.offer.id,
    edition,
    kind: found?.kind ?? act?.kind ?? '',
    clause: clause.ref,
    title: clause.title,
    source: clause.source,
    subject: found?.subject ?? act?.subject ?? '',
    at: zone.format(at),
    performedAt: maybe(act?.performedAt),
    undoneAt: maybe(act?.undoneAt),
    state: found ? 'stands' : 'fell away',
    content: found?.content ?? act?.content ?? {},
    steps: [
      ...steps,
      ...editionSteps(machine, then?.adoptions ?? [], facts, steps, { clause: clause.ref, edition, at }),
    ],
    readings: clause.readings,
  };
}

/** How things stood when it was done that fell away, as it was known then; null where there never was another text. */
function asKnownThen(law: Law, facts: readonly Fact[], { legalAt, performedAt }: Act): Machine | null {
  if (law.offer.editions.length === 1) return null;
  const then = performedAt ?? legalAt;
  return runMachine(law, facts, { asOf: Math.max(then, legalAt), knownAt: then });
}

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
      isMeant(machine, rule, String(one.data['clause'])) &&
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
      (one) => one.rule.provision === what.ref && one.state === 'met' && about(one.subject) && one !== clockOf(last),
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
