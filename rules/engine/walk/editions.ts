import type { Fact } from '../../facts/fact.js';
import type { Instant } from '../../law/types.js';
import type { CompiledOffer, Rule, RuleStart, Topic } from '../../offer/types.js';
import type { Machine } from './state.js';

/** One edition coming into force, and the fact that brought it. */
export interface Adoption {
  readonly at: Instant;
  readonly edition: number;
  readonly fact: string | null;
}

/** The edition in force now. */
export const inForce = (machine: Machine): CompiledOffer =>
  machine.law.offer.editions[machine.edition] as CompiledOffer;

/** The edition that a rule stands in: a timeline keeps the one that was in force when it opened (reading 15). */
export const editionOf = (machine: Machine, rule: Rule): CompiledOffer =>
  machine.law.offer.editions[rule.edition] as CompiledOffer;

/** What a topic starts under the edition in force. */
export const startsOf = (machine: Machine, topic: Topic): readonly RuleStart[] =>
  topic.starts[machine.edition] as readonly RuleStart[];

/** The rule of the edition in force that stands where this recurring one stood: the next run opens under it. Null where that edition has none. */
export function successorOf(machine: Machine, rule: Rule): Rule | null {
  if (rule.edition === machine.edition) return rule;
  const next = inForce(machine).rules.find((one) => one.place === rule.place) ?? null;
  // Under a text that has it again it begins anew.
  if (next === null) machine.concluded.delete(rule.place);
  return next;
}

/** The provision that a number of the edition in force is. */
export const provisionOf = (machine: Machine, ref: string): string =>
  machine.law.offer.editions.length === 1 ? ref : (inForce(machine).provisions.get(ref) ?? ref);

/** What a number that somebody names may mean: the provision that it is in the edition in force, else in any. */
export function provisionsNamed(machine: Machine, ref: string): readonly string[] {
  const { editions } = machine.law.offer;
  if (editions.length === 1) return [ref];
  const now = inForce(machine).provisions.get(ref);
  if (now !== undefined) return [now];
  return editions.flatMap(({ provisions }) => provisions.get(ref) ?? []);
}

/** Whether a number that somebody names means this rule: the number under which it is shown, or another that its provision has. */
export const isMeant = (machine: Machine, rule: Rule, ref: string): boolean =>
  rule.clause === ref ||
  (machine.law.offer.editions.length > 1 &&
    machine.law.offer.editions.some(({ provisions }) => provisions.get(ref) === rule.provision));

/** Whether facts of this type name an edition that the contract may come under. */
export const bringsEdition = (type: string): boolean => type === 'edition.adopted' || type === 'amendment.published';

/** A fact as far as it may bring an edition or a policy; its data are null after an erasure. */
interface Told {
  readonly type: string;
  readonly data: Fact['data'] | null;
}

/** What facts bring, in the order in which it became known: editions, of an amendment or adopted by decision; and policies. */
export function broughtBy(facts: readonly Told[]): {
  readonly adopted: readonly string[];
  readonly policies: readonly string[];
} {
  const named = (name: string, brings: (type: string) => boolean): readonly string[] => {
    const found = facts.flatMap(({ type, data }) => (brings(type) ? [data?.[name]] : []));
    return [...new Set(found.filter((one) => typeof one === 'string'))];
  };
  return {
    adopted: named('edition', bringsEdition),
    policies: named('policy', (type) => type === 'policy.adopted'),
  };
}
