import type { Fact } from '../../facts/fact.js';
import type { Instant, Start } from '../../law/types.js';
import type { Party } from '../../offer/types.js';
import type { Clock, Right } from './state.js';

/** What started, met or ended something. Along a chain of clauses subject and data stay those of the origin. */
export interface Cause {
  readonly at: Instant;
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Where a term that this starts counts from. */
  readonly start: Start;
  readonly factId: string | null;
  /** Who owed what ran out or was met, along a chain. */
  readonly debtor: Party | null;
  /** The clock, right or receipt through which the origin led here; null when the fact itself did. */
  readonly via: Link | null;
}

/** One link of the chain from a fact to what follows from it. */
export type Link =
  | { readonly how: 'lapse' | 'met'; readonly clock: Clock }
  | { readonly how: 'use'; readonly right: Right }
  | {
      readonly how: 'performance';
      readonly clause: string;
      readonly kind: string;
      readonly at: Instant;
      readonly before: Cause;
    };

/** Every cause is made here, so that all have one shape: the engine's commonest look-ups then cost nothing. */
const make = (
  at: Instant,
  type: string,
  subject: string,
  data: Cause['data'],
  start: Start,
  factId: string | null,
  debtor: Party | null,
  via: Link | null,
): Cause => ({ at, type, subject, data, start, factId, debtor, via });

/** A fact as a cause: about its own subject or another, at its own instant or a later one, from which what it starts then counts. */
export const causeOf = (fact: Fact, subject: string = fact.subject, at: Instant = fact.at): Cause =>
  make(at, fact.type, subject, fact.data, { event: at }, fact.id, null, null);

/** A cause with some of it changed. */
export const changed = (cause: Cause, to: Partial<Cause>): Cause =>
  make(
    to.at ?? cause.at,
    to.type ?? cause.type,
    to.subject ?? cause.subject,
    to.data ?? cause.data,
    to.start ?? cause.start,
    to.factId ?? cause.factId,
    to.debtor ?? cause.debtor,
    to.via ?? cause.via,
  );

/** What follows from a run of a clause keeps subject and data of its origin. */
export const causeFrom = (clock: Clock, how: 'lapse' | 'met', at: Instant, start: Start): Cause => {
  const { type, subject, data, factId } = clock.origin;
  return make(at, type, subject, data, start, factId, clock.debtor, { how, clock });
};

/** What comes about by itself, of which a fact may have been the origin. */
export const ownCause = (
  at: Instant,
  type: 'end' | 'application',
  subject: string,
  data: Cause['data'],
  start: Start,
  factId: string | null,
  via: Link | null,
): Cause => make(at, type, subject, data, start, factId, null, via);

/** The cause of nothing: what a reader is aimed at before it is aimed. */
export const NO_CAUSE: Cause = make(0, '', '', {}, { event: 0 }, null, null, null);
