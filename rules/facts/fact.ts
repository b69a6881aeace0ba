import type { Instant } from '../law/types.js';

/** Something that happened, checked and with its instants as numbers. Never changed; a wrong one is voided by a later fact. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  /** When in the world. */
  readonly at: Instant;
  /** When it became known. */
  readonly recordedAt: Instant;
  readonly by?: string;
  /** The invoice, act, claim … it is about; `contract` by default. */
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fact as it stands in scenarios and requests. */
export interface FactInput {
  readonly id?: string;
  readonly type: string;
  readonly at?: string;
  readonly on?: string;
  readonly recordedAt?: string;
  readonly by?: string;
  readonly subject?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The engine's own facts: what became of an effect. They are refused from outside. */
export type ReceiptType =
  | 'effect.claimed'
  | 'effect.sent'
  | 'effect.performed'
  | 'effect.confirmed'
  | 'effect.refused'
  | 'effect.failed'
  | 'effect.unknown';

/** Data of a receipt. It carries the content of what was done, so that a document stands though it is no longer wanted. */
export interface ReceiptData {
  readonly key: string;
  readonly generation: number;
  readonly operation: 'do' | 'undo' | 'correct';
  readonly kind: string;
  readonly clause: string;
  readonly subject: string;
  /** The legal instant of the effect, ISO. */
  readonly legalAt: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
  /** What the port answered: a message id, a document number … */
  readonly receipt?: Readonly<Record<string, unknown>>;
}
