import type { Fact } from '../../facts/fact.js';
import { deriveDeadline } from '../../law/deadline.js';
import { formatDay } from '../../law/day.js';
import type { Derivation, Instant, Start } from '../../law/types.js';
import type { Clause, Reading, Titles } from '../../offer/types.js';
import { countingOf } from '../walk/clocks.js';
import { editionOf, type Adoption } from '../walk/editions.js';
import { dayNamed } from '../walk/named.js';
import type { Clock, Machine, Right } from '../walk/state.js';
import type { Law } from '../types.js';

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
      readonly edition: string;
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
      readonly edition: string;
      readonly title: Titles;
      readonly holder: string;
      readonly openedAt: string;
      readonly state: string;
      readonly usedAt: string | null;
    }
  | { readonly step: 'performance'; readonly clause: string; readonly kind: string; readonly at: string }
  /** Only where the contract has come under another edition: which clauses of the proof stand in which, and since when that one was in force (null: from the conclusion on). */
  | {
      readonly step: 'edition';
      readonly edition: string;
      readonly clauses: readonly string[];
      readonly from: string | null;
      readonly fact: string | null;
    };

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

/** A clause by its reference, as an edition has it, else as another one does; of one that no edition has, its name. */
export const clauseOf = ({ offer }: Law, ref: string, edition: number): Clause =>
  [offer.editions[edition], ...offer.editions].flatMap((one) => one?.clauses ?? []).find((one) => one.ref === ref) ??
  ({
    ref,
    kind: '',
    title: { kk: ref, ru: ref, en: ref },
    source: ref,
    cites: [],
    readings: [],
    why: null,
    was: [],
    rules: [],
  } as Clause);

/** The step that a fact is; none where there is no such fact. */
export function stepsOf(machine: Machine, facts: readonly Fact[], id: string | null): readonly ProofStep[] {
  const fact = id === null ? undefined : facts.find((one) => one.id === id);
  return fact === undefined ? [] : [factStep(machine, fact)];
}

/** What a fact was, and since when it is known. */
export const factStep = (machine: Machine, fact: Fact): ProofStep => ({
  step: 'fact',
  id: fact.id,
  type: fact.type,
  at: machine.law.offer.zone.format(fact.at),
  recordedAt: machine.law.offer.zone.format(fact.recordedAt),
  subject: fact.subject,
  data: fact.data,
});

/** Which clause a run or a right is of: the edition that it stands in, and its title there. */
const standing = (machine: Machine, { rule }: Clock | Right) => ({
  clause: rule.clause,
  edition: editionOf(machine, rule).edition,
  title: clauseOf(machine.law, rule.clause, rule.edition).title,
});

/** How a right stands. */
export function rightStep(machine: Machine, right: Right): ProofStep {
  const { zone } = machine.law.offer;
  return {
    step: 'right',
    ...standing(machine, right),
    holder: right.holder,
    openedAt: zone.format(right.openedAt),
    state: right.state,
    usedAt: right.usedAt === null ? null : zone.format(right.usedAt),
  };
}

/** How a term runs, with the days that were counted. */
export function clockStep(machine: Machine, clock: Clock): ProofStep {
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
    ...standing(machine, clock),
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

/** A clause of a proof, the edition that it stands in, and when it was looked at: that edition may have been in force more than once. */
interface Placed {
  readonly clause: string;
  readonly edition: string;
  readonly at: Instant;
}

/** Which editions the clauses of a proof stand in, and what brought each, or had brought it as was known (`fallen`); nothing where the contract never came under another one. */
export function editionSteps(
  machine: Machine,
  fallen: readonly Adoption[],
  facts: readonly Fact[],
  before: readonly ProofStep[],
  about: Placed,
): readonly ProofStep[] {
  const { editions, zone } = machine.law.offer;
  const placed = [...before.flatMap(placeOf), about];
  if (machine.adoptions.length === 0 && placed.every(({ edition }) => edition === editions[0]?.edition)) return [];
  const steps = new Map<string, Extract<ProofStep, { step: 'edition' }>>();
  for (const { clause, edition, at } of placed) {
    const brings = (one: Adoption): boolean => editions[one.edition]?.edition === edition && one.at <= at;
    // What brought it may have fallen away itself.
    const adoption = machine.adoptions.findLast(brings) ?? fallen.findLast(brings);
    const name = `${edition} ${adoption?.at ?? ''}`;
    const known = steps.get(name);
    const clauses = [...new Set([...(known?.clauses ?? []), clause])];
    const from = adoption === undefined ? null : zone.format(adoption.at);
    steps.set(name, { step: 'edition', edition, clauses, from, fact: adoption?.fact ?? null });
  }
  const told = new Set(before.map((step) => (step.step === 'fact' ? step.id : null)));
  return [...steps.values()].flatMap((step) => [
    ...(told.has(step.fact) ? [] : stepsOf(machine, facts, step.fact)),
    step,
  ]);
}

/** The clause of a step, where it is of one. */
function placeOf(step: ProofStep): readonly Placed[] {
  if (step.step === 'clock') return [{ ...step, at: Date.parse(step.opened) }];
  return step.step === 'right' ? [{ ...step, at: Date.parse(step.openedAt) }] : [];
}
