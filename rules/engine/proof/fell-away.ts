import type { Fact } from '../../facts/fact.js';
import { clockStep, factStep, stepsOf, type ProofStep } from './proof.js';
import type { Clock, Machine } from '../walk/state.js';
import type { Act } from '../types.js';

/**
 * What fell away: how the clocks that it could have come from stand now, and the facts that made them so. Of another subject's only those
 * count that ran at its instant, each with the fact that started it: another paid year keeps the one that ran out from closing anything.
 */
export function fellAway(machine: Machine, facts: readonly Fact[], act: Act): readonly ProofStep[] {
  const { clause, subject, legalAt } = act;
  const sources = new Set<string>();
  for (const { rules } of machine.law.offer.editions)
    for (const { clause: ref, provision, on } of rules)
      if (ref === clause) for (const { what } of on) sources.add(provision).add('ref' in what ? what.ref : provision);
  const others = (clock: Clock): boolean =>
    subject !== 'contract' && clock.subject !== 'contract' && clock.subject !== subject;
  const ranThen = (clock: Clock): boolean =>
    clock.opened <= legalAt && (clock.closed === null || clock.closed > legalAt);
  // Everything is about the contract: there only the clauses that lead here have to do with it.
  const clocks = machine.clocks.filter(
    (clock) =>
      (sources.has(clock.rule.provision) && (!others(clock) || ranThen(clock))) ||
      (subject !== 'contract' && clock.subject === subject),
  );
  const steps = clocks.flatMap((clock) => [
    ...(others(clock) ? stepsOf(machine, facts, clock.origin.factId) : []),
    clockStep(machine, clock),
    ...stepsOf(machine, facts, clock.closedBy),
  ]);
  const told = new Set(steps.map((step) => (step.step === 'fact' ? step.id : null)));
  const { facts: world, adoptions } = machine.record;
  const news = [...world, ...adoptions].filter((fact) => !told.has(fact.id) && undid(machine, act, fact));
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
