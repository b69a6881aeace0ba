import type { Participant, Step } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import type { Advanced, Result, WorkItem } from '../prisma/types.js';

/** An act that this hand holds until its lease runs out. */
export interface Claim {
  /** Names the lease; settling needs it. */
  readonly lease: string;
  readonly idempotencyKey: string;
  readonly step: Step;
  /** An earlier try may have gone out: a lease on this act ran out without a settlement. */
  readonly repeated: boolean;
  /** When it was first claimed and what time it is, on the contract's own clock. */
  readonly claimedAt: Instant;
  readonly now: Instant;
  readonly contract: ClaimedContract;
}

/** What a hand needs to know of the contract. */
export interface ClaimedContract {
  readonly offer: string;
  readonly operator: string;
  readonly participant: Participant;
  readonly test: boolean;
  /** How the performance of this effect is scripted (test clocks only). */
  readonly performance: { readonly after?: string; readonly fails?: boolean } | null;
}

/** How an act ended, or that nobody knows. */
export interface Settlement {
  readonly outcome: 'sent' | 'performed' | 'confirmed' | 'refused' | 'failed' | 'unknown';
  readonly receipt: Readonly<Record<string, unknown>>;
}

/** A contract's access as it is wanted now. The version grows with every change, so a receiver keeps the highest and ignores what comes late. */
export interface AccessState {
  readonly version: number;
  readonly functions: Readonly<Record<string, { readonly open: boolean; readonly causes: readonly unknown[] }>>;
}

/** A message in somebody's portal inbox. Putting the same id twice is putting it once. */
export interface InboxMessage {
  readonly id: string;
  readonly to: 'participant' | 'operator';
  readonly at: Instant;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly clause: string;
}

/** A document that is to get the next number of its series. Issuing the same id twice gives the first one again. */
export interface DocumentDraft {
  readonly id: string;
  readonly series: string;
  readonly kind: string;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The record as the hands see it: everything that activities read or write. Worker and tests give the implementation. */
export interface HandsRecord {
  /** Judges and writes the differences; `to` moves a test clock. */
  advance(tenant: string, contract: string, to?: Instant): Promise<Result<Advanced>>;
  /** Takes an act for `leaseMs` milliseconds; null when it is no longer wanted, or another hand has it. */
  claim(tenant: string, item: WorkItem, leaseMs: number): Promise<Claim | null>;
  /** Writes the receipt and pokes the contract; a lease that is no longer ours changes nothing. */
  settle(tenant: string, item: WorkItem, lease: string, settlement: Settlement): Promise<void>;
  /** Gives the lease back without a receipt: the act may be claimed again at once, as a repeated one. */
  release(tenant: string, item: WorkItem, lease: string): Promise<void>;
  access(tenant: string, contract: string): Promise<AccessState>;
  putMessage(tenant: string, contract: string, message: InboxMessage): Promise<void>;
  /** Number without gaps and document in one transaction. */
  issueDocument(tenant: string, contract: string, draft: DocumentDraft): Promise<{ readonly number: string }>;
}
