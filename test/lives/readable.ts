import fc from 'fast-check';
import type { Fact } from '../../rules/facts/fact.js';

const local = (at: number): string => `${new Date(at + 5 * 3_600_000).toISOString().slice(0, -1)}+05:00`;

/** A fact as one line, with its instants in the contract's zone. */
export const lineOf = (fact: Fact): string =>
  `${fact.id} ${fact.type} ${fact.subject} at ${local(fact.at)}` +
  (fact.recordedAt === fact.at ? '' : ` known ${local(fact.recordedAt)}`) +
  ` ${JSON.stringify(fact.data)}`;

/** The same list, printed as one line for each fact when a property fails on it. */
export function readable(facts: readonly Fact[]): readonly Fact[] {
  return Object.defineProperty([...facts], fc.toStringMethod, {
    value: () =>
      `\n  ${[...facts]
        .sort((a, b) => a.at - b.at)
        .map(lineOf)
        .join('\n  ')}\n`,
  });
}
