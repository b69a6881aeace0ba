import type { Fact } from '../../rules/facts/fact.js';

/**
 * The record as the second model sees it: what is known, what of it was voided, and the local clock of Almaty, which has
 * been five hours ahead of UTC without exception since 1 March 2024.
 */
const HOUR = 3_600_000;

/** The local day of an instant. */
export const dayOf = (at: number): string => new Date(at + 5 * HOUR).toISOString().slice(0, 10);
/** 00:00 of a day. */
export const midnight = (day: string): number => Date.parse(`${day}T00:00:00+05:00`);

/** The order of facts at one instant: the rows of the public table that the model knows. */
const ROWS = [
  'participant.registered',
  'invoice.presented',
  'invoice.received',
  'payment.credited',
  'payment.reversed',
  'invoice.cancelled',
];
const row = (fact: Fact): number => (ROWS.includes(fact.type) ? ROWS.indexOf(fact.type) : ROWS.length);
const natural = (id: string): number => Number(id.replace(/\D/g, ''));

/** What a view as of `asOf`, known at `knownAt`, takes: not voided by what is known, and happened by then; in order. */
export function seenAt(facts: readonly Fact[], asOf: number, knownAt: number): readonly Fact[] {
  const known = facts.filter((fact) => fact.recordedAt <= knownAt);
  const voids = known.filter((fact) => fact.type === 'fact.voided');
  const stands = (fact: Fact): boolean => !voids.some((one) => one.data['fact'] === fact.id && stands(one));
  return known
    .filter((fact) => fact.type !== 'fact.voided' && fact.at <= asOf && stands(fact))
    .sort((a, b) => a.at - b.at || row(a) - row(b) || natural(a.id) - natural(b.id));
}

/** The instants at which a view of now takes something new: a fact has both happened and become known. */
export const turns = (facts: readonly Fact[]): readonly number[] =>
  [
    ...new Set(
      facts.map((fact) => (fact.type === 'fact.voided' ? fact.recordedAt : Math.max(fact.at, fact.recordedAt))),
    ),
  ].sort((a, b) => a - b);

/** Money of a fact in tiyn. */
export const tiyn = (amount: unknown): bigint => BigInt(String(amount).replace('.', ''));
