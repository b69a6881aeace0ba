import type { Fact } from '../../facts/fact.js';
import type { Instant } from '../../law/types.js';
import type { Amendment, Machine } from './state.js';

/** Begins a change about a subject; what was known about the same one, and has applied or was refused, stays behind it. */
export function beginAmendment(machine: Machine, subject: string, publishedAt: Instant, fact: Fact | null): Amendment {
  const before = machine.amendments.get(subject);
  if (before !== undefined) machine.formerAmendments.push(before);
  const edition = fact === null ? null : editionIn(fact);
  const amendment: Amendment = { subject, fact, publishedAt, edition, appliesAt: null, state: 'pending', ground: null };
  machine.amendments.set(subject, amendment);
  return amendment;
}

/** The edition that a publication carries. */
export const editionIn = ({ data }: Fact): string | null =>
  typeof data['edition'] === 'string' ? data['edition'] : null;

/** Since when it is known that an amendment brings a text; null when it brings none. */
export const textOf = (amendment: Amendment | undefined): Instant | null =>
  amendment === undefined || amendment.edition === null || amendment.fact === null ? null : amendment.fact.recordedAt;
