import type { Instant, Refusal } from '../rules/law/types.js';
import type { Participant, Step } from '../rules/engine/types.js';

/** One contract as it was made. */
export interface ContractRow {
  readonly tenant: string;
  readonly id: string;
  readonly externalId: string | null;
  readonly offer: string;
  /** Content hash of the offer's edition. */
  readonly edition: string;
  /** The editions that its facts bring after that one, in the order in which they became known. */
  readonly adopted: readonly string[];
  readonly policy: string;
  /** The policies that its facts bring after that one. */
  readonly policies: readonly string[];
  readonly participant: Participant;
  /** Set for test-clock contracts: where its own clock stands. */
  readonly testClock: Instant | null;
  /** Scripted performance of a test-clock contract: `{ <effect key>: { after: '2 hours' } | { fails: true } }`. */
  readonly performance: Readonly<Record<string, { readonly after?: string; readonly fails?: boolean }>>;
  /** Sequence of the last fact, and the sequence that the last advance read. */
  readonly head: number;
  readonly advanced: number;
  readonly asOf: Instant | null;
  readonly wakeAt: Instant | null;
  readonly createdAt: Instant;
}

/** A fact as the journal keeps it. */
export interface JournalRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string | null;
  /** Empty after an erasure. */
  readonly subject: string;
  /** Null after an erasure; the digest stays. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** SHA-256 of salt ‖ canonical payload, hex. */
  readonly digest: string;
  /** SHA-256 over the form version, the previous hash and the row's header with the digest, hex. */
  readonly hash: string;
}

/** What appending answers: the rows as they are in the journal, in order of the request; `repeated` when all were there before. */
export interface Appended {
  readonly facts: readonly { readonly id: string; readonly seq: number; readonly recordedAt: Instant }[];
  readonly repeated: boolean;
}

/** What one advance answers to the clock. Delays, not instants, so that clocks that differ cannot spin. */
export interface Advanced {
  readonly contract: string;
  /** The sequence that was read. */
  readonly seq: number;
  readonly asOf: Instant;
  readonly state: 'offered' | 'active' | 'suspended' | 'ended';
  /** Null when nothing will happen by itself; null for test-clock contracts too. */
  readonly wakeInMs: number | null;
  readonly wakeAt: Instant | null;
  readonly wakeClause: string | null;
  /** Running timelines, one line each, for the workflow's current details. */
  readonly details: string;
  /** Acts that wait for a hand: wanted and not claimed, or claimed with an expired lease. */
  readonly work: readonly WorkItem[];
  readonly operator: string;
  readonly offer: string;
}

/** One act to be done by an activity. */
export interface WorkItem {
  readonly contract: string;
  readonly key: string;
  readonly generation: number;
  readonly operation: Step['operation'];
  readonly port: Port;
  /** Acts of one lane are done one after another; lanes do not wait for each other. */
  readonly lane: string;
}

/** A change of an offer that goes to all of its contracts. */
export interface Change {
  readonly offer: string;
  /** What the operator calls it: the subject of the amendment in every contract. One name is one change. */
  readonly name: string;
  /** Content hash; the newest by default. */
  readonly edition?: string;
  readonly by: string;
  readonly how: Publication | Adoption;
}

/** It is published, and applies when the clauses of each contract say so. */
export interface Publication {
  readonly as: 'amendment';
  readonly effective?: string;
  readonly kind?: 'terms' | 'tariff';
  readonly law?: boolean;
}

/** It holds by decision, from an instant on: by default from when it was started. */
export interface Adoption {
  readonly as: 'adoption';
  readonly from?: Instant;
  readonly reason: string;
}

/** The same with everything fixed: every contract is told this, as of this instant. */
export interface Amending extends Change {
  readonly tenant: string;
  readonly edition: string;
  readonly at: Instant;
}

/** A change by the name that the operator gave it. */
export type NamedChange = Pick<Amending, 'tenant' | 'offer' | 'name'>;

/** How fast a change goes, and whether it goes. */
export interface Pace {
  readonly perSecond: number;
  readonly paused: boolean;
}

/** How far a change has come. */
export interface AmendmentProgress extends Pace {
  readonly amending: Amending;
  readonly state: 'under way' | 'paused' | 'done';
  /** The last contract that was told; null at the beginning. */
  readonly after: string | null;
  readonly told: number;
  readonly refused: number;
  /** The first contracts that refused it, and why. */
  readonly refusals: readonly { readonly contract: string; readonly code: string }[];
}

/** What one page answers to the clock. */
export interface AmendmentPage {
  readonly state: AmendmentProgress['state'];
  /** Until the next page. */
  readonly waitMs: number;
  readonly details: string;
}

export type Port = 'access' | 'invoicing' | 'notices' | 'signing' | 'registry';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
