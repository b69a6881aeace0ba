import type { Fact } from '../../facts/fact.js';
import { causeOf, changed, type Cause } from './cause.js';
import { endInSight } from './clocks.js';
import { startsOf } from './editions.js';
import { conditionOf, startRule } from './starting.js';
import type { Machine } from './state.js';

/**
 * An edition comes into force now. What runs goes on under the edition that it opened under; what opens from now on opens under this one. A
 * clause that counts from the conclusion and that no edition had before counts from now.
 * Throws when the law was put together without this edition.
 */
export function adoptEdition(machine: Machine, edition: string, cause: Cause): void {
  // From the instant of its end on a contract is not changed any more.
  if ((endInSight(machine) ?? Infinity) <= machine.now) return;
  const { editions } = machine.law.offer;
  const next = editions.findIndex((one) => one.edition === edition);
  if (next < 0) throw new Error(`edition ${edition} was adopted and is none of this law's`);
  if (next === machine.edition) return;
  machine.edition = next;
  machine.adoptions.push({ at: machine.now, edition: next, fact: cause.factId });
  // What opens from now on counts by the hours and terms of this edition.
  machine.counting.length = 0;
  machine.reached = true;
  machine.agenda.add(machine.now, 0, 'contract', { what: 'new clauses', edition: next, cause });
}

/**
 * Starts what the edition in force has that counts from the conclusion and that has not started, unless it would have under the same words: it counts
 * from the adoption. Its conditions look at what concluded the contract.
 */
export function startNewClauses(machine: Machine, cause: Cause): void {
  const { conclusion, now } = machine;
  const { factId, via } = cause;
  const from = changed(conclusion ?? cause, { at: now, subject: 'contract', start: { event: now }, factId, via });
  for (const start of startsOf(machine, machine.law.offer.index.own.conclusion)) {
    const looked = machine.concluded.get(start.rule.place);
    if (looked === undefined || (looked !== null && looked !== conditionOf(start))) startRule(machine, start, from);
  }
}

/** Takes an edition or a policy that was adopted by decision. */
export function adopt(machine: Machine, fact: Fact): void {
  if (fact.type === 'edition.adopted') adoptEdition(machine, String(fact.data['edition']), causeOf(fact));
  else adoptPolicy(machine, String(fact.data['policy']));
}

/** A policy decides on rights that open from now on; what was chosen, or put to a person, stays as it is. */
function adoptPolicy(machine: Machine, id: string): void {
  const { policy, policies = [] } = machine.law;
  const found = [policy, ...policies].find((one) => one.id === id);
  if (found === undefined) throw new Error(`policy ${id} was adopted and is none of this law's`);
  machine.policy = found;
}
