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

export type Port = 'access' | 'invoicing' | 'notices' | 'signing' | 'registry';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
