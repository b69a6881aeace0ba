import type { Advanced, Claimed, Result, Settlement, WorkItem } from '../prisma/index.js';
import type { Instant } from '../rules/law/types.js';

/** An act in this hand, and the two instants on the contract's own clock that a hand needs beside it. */
export interface Claim extends Claimed {
  /** When this act was first claimed. */
  readonly claimedAt: Instant;
  readonly now: Instant;
}

/** A message for the participant's inbox on the portal. Putting the same id twice is putting it once. */
export interface InboxMessage {
  readonly id: string;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: Instant;
}

/** The record as the hands see it: everything that activities read or write. The worker binds it to the real one. */
export interface HandsRecord {
  /** Judges and writes the differences; `to` moves a test clock towards it, never past a waking. */
  advance(tenant: string, contract: string, to?: Instant): Promise<Result<Advanced>>;
  /** Takes an act for `leaseMs`; null when it is no longer wanted, or another hand has it. */
  claim(item: WorkItem, leaseMs: number): Promise<Claim | null>;
  /** Writes the receipt and pokes the contract. Refused when another hand has taken or settled the act meanwhile. */
  settle(item: WorkItem, lease: string, settlement: Settlement): Promise<Result<unknown>>;
  /** Keeps the lease for `ms` more and no longer: this hand, or any other, tries again after that. */
  keep(item: WorkItem, lease: string, ms: number): Promise<void>;
  putMessage(tenant: string, contract: string, message: InboxMessage): Promise<unknown>;
}
