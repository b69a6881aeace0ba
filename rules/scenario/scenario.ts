import type { Participant } from '../engine/types.js';
import type { Instant } from '../law/types.js';

/** The life of a contract as a file tells it, and what must hold on the way. */
export interface Scenario {
  readonly file: string;
  readonly title: string;
  readonly offer: string;
  /** `automatic`, `ask`, `leave`, or the name of a policy file. */
  readonly policy: string;
  /** Editions that the contract may come under, by a name of the scenario's own: the id or file of each. */
  readonly editions: Readonly<Record<string, string>>;
  /** Policies of its own that the contract may come under, by name: the file of each. */
  readonly policies: Readonly<Record<string, string>>;
  readonly participant: Participant;
  /** Facts as written; they are read in the zone of the offer (`scenarioFacts`). */
  readonly facts: readonly unknown[];
  readonly performance: Performance;
  readonly checks: readonly Check[];
}

/** How effects are performed otherwise than at once: by key. */
export type Performance = Readonly<Record<string, { readonly after?: string; readonly fails?: boolean }>>;

/** What must hold at one view. */
export interface Check {
  readonly asOf: Instant;
  readonly knownAt: Instant;
  /** The part of the outcome that is named. */
  readonly expected: Pattern;
  /** Each innermost pattern of these must match nothing. */
  readonly none: readonly Pattern[];
  /** File and line, for whoever reads a failure. */
  readonly where: string;
}

/** A part of an outcome: names some fields of objects and some entries of lists. */
export type Pattern = string | number | boolean | null | readonly Pattern[] | { readonly [name: string]: Pattern };
