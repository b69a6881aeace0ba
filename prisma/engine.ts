import type { Fact, FactInput } from '../rules/facts/fact.js';
import type { Judge, Law, Reconcile } from '../rules/engine/types.js';
import type { Instant, Refusal, Zone } from '../rules/law/types.js';
import type { ContractRow } from './types.js';

/** Reads facts of a request: all of them, or why none. `hashId` names what comes without an id. */
export type ReadFacts = (
  inputs: readonly FactInput[],
  options: {
    readonly law: Law;
    readonly now: Instant;
    readonly hashId: (content: string) => string;
  },
) => readonly Fact[] | Refusal;

/** The law as functions: what the record asks and never decides itself. */
export interface Engine {
  /** Changes whenever the same record could be judged otherwise. */
  readonly version: string;
  readonly judge: Judge;
  readonly reconcile: Reconcile;
  readonly readFacts: ReadFacts;
}

/** What names a law: its offer's edition, calendar and policy. */
export interface LawName {
  readonly edition: string;
  readonly calendar: string;
  readonly policy: string;
}

/** Where laws come from. Editions are immutable and named by content hash; one that this build does not ship is learned from its stored text. */
export interface LawSource {
  /** The newest edition of an offer, with its text. */
  current(offer: string): { readonly edition: string; readonly text: string } | Refusal;
  /** True when `lawFor` can answer for this edition. */
  has(edition: string): boolean;
  /** Takes the stored text of an edition in. */
  learn(edition: string, text: string): Refusal | null;
  /** Null when the policy is known, else why it is not. */
  policy(id: string): Refusal | null;
  lawFor(contract: Pick<ContractRow, 'offer' | 'edition' | 'policy' | 'participant'>): Law | Refusal;
  /** Names the law of a contract; equal names mean equal law. */
  nameOf(law: Law): LawName;
}

/** The zone of a law. */
export const zoneOf = (law: Law): Zone => law.offer.zone;
