import type { Participant } from '../rules/engine/types.js';
import type { EffectKind } from '../rules/engine/outcome.js';
import type { Instant } from '../rules/law/types.js';
import type { Port as PortName } from '../prisma/types.js';

/**
 * What a port does with the same order twice.
 *
 * - `deduplicating`: it honours the idempotency key; sending again is harmless.
 * - `queryable`: it can be asked whether it has the order; one asks before sending again.
 * - `blind`: neither; the order goes out at least once, and repeats carry the same mark (a Message-ID).
 */
export type PortClass = 'deduplicating' | 'queryable' | 'blind';

/** One thing that shall happen in the world, with all that a port may need to do it. Plain data. */
export interface Order {
  /** The same for every try of one operation of one generation of one effect: `contract/key/generation/operation`. */
  readonly idempotencyKey: string;
  readonly tenant: string;
  readonly contract: string;
  readonly offer: string;
  readonly operator: string;
  /** The effect's key, as in the public contract. */
  readonly effect: string;
  readonly generation: number;
  readonly operation: 'do' | 'undo' | 'correct';
  /** What the effect is, and what goes out now (`claim` taken back goes out as `credit`). */
  readonly kind: EffectKind;
  readonly sends: EffectKind;
  readonly clause: string;
  readonly subject: string;
  /** The legal instant of the effect, and the instant of doing on the contract's own clock. */
  readonly legalAt: Instant;
  readonly now: Instant;
  readonly content: Readonly<Record<string, unknown>>;
  readonly participant: Participant;
  /** The contract lives on a test clock: nothing may reach a state system, and nobody is waited for. */
  readonly test: boolean;
}

/** What a port answers. `sent`: it is under way and a later fact says how it ended. Any other end is an exception (see failures.ts). */
export interface Answer {
  readonly outcome: 'sent' | 'performed' | 'confirmed' | 'refused';
  /** What was given in return: a document's number, a message id, a registration. Goes into the journal as it is. */
  readonly receipt: Readonly<Record<string, unknown>>;
}

interface PortBase {
  readonly name: PortName;
  /** How long one call may take, in milliseconds; after that nobody knows what became of it. */
  readonly timeoutMs: number;
  /** How long a port may stay away before its acts are given up and put to a person, in milliseconds. */
  readonly patienceMs: number;
  /** Does it. Throws what the world throws; `sortFailure` decides what that means. */
  send(order: Order, signal: AbortSignal): Promise<Answer>;
}

/** A port is of one class, and a queryable one can be asked. */
export type Port = PortBase &
  (
    | { readonly class: 'deduplicating' | 'blind' }
    | {
        readonly class: 'queryable';
        /** What became of an order that may have gone out; null: the other side has never seen it. */
        ask(order: Order, signal: AbortSignal): Promise<Answer | null>;
      }
  );

/** All ports of a worker, by name. */
export type Ports = Readonly<Record<PortName, Port>>;

/** What a call of the adapters in this folder may take; a question and a call fit into a lease. */
export const CALL_MS = 15_000;
/** Seven days: after that a person has to know that something could not be delivered. */
export const PATIENCE_MS = 7 * 86_400_000;
