import { formatDay } from '../../law/day.js';
import type { EventSpec, Party, Rule, RuleStart } from '../../offer/types.js';
import { openClock } from './clocks.js';
import { fieldsFor } from './fields.js';
import { overturned } from './holds.js';
import { openRight } from './rights.js';
import { changed, type Cause } from './cause.js';
import type { Machine } from './state.js';
import { partiesBy } from '../tolls.js';

const NOBODY: readonly (Party | null)[] = [null];
const PARTICIPANT: readonly Party[] = ['participant'];
const OPERATOR: readonly Party[] = ['operator'];
const BOTH: readonly Party[] = ['operator', 'participant'];

function debtorsOf(rule: Rule, cause: Cause): readonly (Party | null)[] {
  switch (rule.debtor) {
    case null:
      return NOBODY;
    case 'participant':
      return PARTICIPANT;
    case 'operator':
      return OPERATOR;
    case 'named':
      return partiesBy(cause.data['by']);
    case 'other':
      return partiesBy(cause.data['by']).map((party) => (party === 'operator' ? 'participant' : 'operator'));
    case 'either':
      return BOTH;
    case 'same':
      return [cause.debtor];
  }
}

const concludes = (rule: Rule): boolean => rule.then.some((one) => one.do === 'conclude');

/** Starts a rule on what happened, unless its conditions say otherwise: a clock opens, a right opens, or consequences come at once. */
export function startRule(machine: Machine, { rule, spec }: RuleStart, cause: Cause): void {
  if (machine.concludedAt === null && !concludes(rule)) return;
  if (machine.endedAt !== null && !rule.survives) return;
  const subject = subjectOf(rule, cause);
  const byConclusion = spec.what.on === 'conclusion' && machine.law.offer.editions.length > 1;
  if (byConclusion) machine.concluded.set(rule.place, conditionOf({ rule, spec }));
  if (overturned(machine, rule, subject, cause.at)) return;
  const ordinal = (machine.triggered[rule.place] ?? 0) + 1;
  machine.triggered[rule.place] = ordinal;
  const field = spec.when === null && rule.when === null ? null : fieldsFor(machine, cause, cause, ordinal, subject);
  if (field !== null && spec.when !== null && !spec.when(field)) return;
  if (rule.all) {
    const place = placeOf(rule, subject);
    const latch = machine.latch.get(place) ?? { come: new Set(), done: false };
    machine.latch.set(place, latch);
    latch.come.add(nameOf(spec));
    if (latch.done || !rule.on.every((one) => latch.come.has(nameOf(one)))) return;
    latch.done = true;
  }
  if (field !== null && rule.when !== null && !rule.when(field)) return;
  if (byConclusion) machine.concluded.set(rule.place, null);
  const started = subject === cause.subject ? cause : changed(cause, { subject });
  const debtors = debtorsOf(rule, cause);
  if (rule.within !== null) {
    for (const debtor of debtors) openClock(machine, rule, subject, debtor, started);
    return;
  }
  if (rule.holder !== null) return openRight(machine, rule, subject, '1', debtors[0] ?? null, started);
  const place = placeOf(rule, subject);
  const former = machine.started.has(place);
  if (former && subject !== 'contract' && !rule.again) return;
  machine.started.add(place);
  const run = former ? formatDay(machine.law.offer.zone.dayOf(machine.now)) : '1';
  machine.hooks.apply(machine, rule, subject, run, started, rule.then);
}

/** The condition of a start, as text. */
export const conditionOf = ({ rule, spec }: RuleStart): string => JSON.stringify([spec.whenSource, rule.whenSource]);

/** What a rule waits for, as any edition may say it. */
const nameOf = ({ topic, whenSource }: EventSpec): string =>
  whenSource === null ? topic.key : `${topic.key} ${JSON.stringify(whenSource)}`;

const placeOf = (rule: Rule, subject: string): string => `${rule.place}|${subject}`;

function subjectOf(rule: Rule, cause: Cause): string {
  if (rule.subject === 'trigger') return cause.subject;
  if (rule.subject === 'contract') return 'contract';
  return String(cause.data[rule.subject.field] ?? cause.subject);
}
