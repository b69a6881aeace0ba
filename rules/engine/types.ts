import type { Fact } from '../facts/fact.js';
import type { Calendar, Instant } from '../law/types.js';
import type { CompiledOffer } from '../offer/types.js';
import type { History } from './acts.js';
import type { EffectKind, EffectState, Outcome } from './outcome.js';
import type { Policy } from '../policy/types.js';

/** The first argument of judge: everything but the record and the clock. */
export interface Law {
  readonly offer: CompiledOffer;
  readonly calendar: Calendar;
  readonly policy: Policy;
  /** Policies that the facts of the contract bring after that one. */
  readonly policies?: readonly Policy[];
  readonly participant: Participant;
}

export interface Participant {
  readonly kind?: string;
  readonly resident?: boolean;
  readonly name?: string;
  readonly email?: string;
  readonly bin?: string;
  readonly language?: string;
}

/** The two axes of time. */
export interface View {
  readonly asOf: Instant;
  readonly knownAt: Instant;
}

/** What the world must see, as it stands after judging. */
export interface Wanted {
  readonly key: string;
  readonly kind: EffectKind;
  readonly clause: string;
  readonly subject: string;
  /** The legal instant. */
  readonly at: Instant;
  readonly content: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
  /** The interval of a restriction is already past: law, and never sent unless it was sent before. */
  readonly past: boolean;
}

/** One generation of one effect, folded from its receipts. */
export interface Act {
  readonly key: string;
  readonly generation: number;
  readonly kind: EffectKind;
  readonly clause: string;
  readonly subject: string;
  readonly legalAt: Instant;
  readonly performedAt: Instant | null;
  readonly undoneAt: Instant | null;
  readonly content: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
  readonly state: EffectState;
  /** The operation that is claimed or sent and has no answer yet. */
  readonly pending: 'do' | 'undo' | 'correct' | null;
  readonly corrections: readonly Correction[];
  /** A correction or an undoing that nobody knows the end of, or a correction that could not be made: it waits for a person. */
  readonly unsettled: Unsettled | null;
}

/** What was tried with an act that stands, and with which content. */
export type Unsettled = { readonly fingerprint: string } & (
  | { readonly operation: 'undo'; readonly how: 'unknown' }
  | { readonly operation: 'correct'; readonly how: 'unknown' | 'failed' }
);

/** New content for an act that stands: when it went out, what had stood, and what the document said. */
export interface Correction {
  readonly at: Instant;
  readonly content: Readonly<Record<string, unknown>>;
  readonly said: Readonly<Record<string, unknown>>;
}

/** One thing to be done in the world. `kind` is what goes out: undoing changes it (`restrict` → `lift`, `claim` → `credit`, `notify` → `correct`). */
export interface Step {
  readonly key: string;
  readonly generation: number;
  readonly operation: 'do' | 'undo' | 'correct';
  /** The kind of the effect itself. */
  readonly kind: EffectKind;
  /** The kind of what goes out now. */
  readonly sends: EffectKind;
  readonly clause: string;
  readonly subject: string;
  readonly at: Instant;
  readonly content: Readonly<Record<string, unknown>>;
  readonly fingerprint: string;
}

/** What judging gives: the outcome for people, and what the machine needs from it. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly next: Instant | null;
  readonly wakeAt: Instant | null;
  /** Clause and subject of what wakes next, for the timer's summary. */
  readonly wakeClause: string | null;
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly acts: ReadonlyMap<string, History>;
  /** Whether a hold freezes the effects of this clause for this subject now. */
  readonly held: (clause: string, subject: string) => boolean;
  /** Rights that a policy has just used: facts to be written (`right.used`, `at` = the opening). */
  readonly choices: readonly Choice[];
}

/** A fact that a policy's choice becomes. Its id is derived from the right's key, so that writing it twice is writing it once. */
export interface Choice {
  readonly id: string;
  readonly type: 'right.used';
  readonly at: Instant;
  readonly subject: string;
  readonly data: { readonly clause: string; readonly holder: string; readonly policy: string };
}

/** judge(law, facts, view): a pure function. Facts may be in any order and beyond the view. */
export type Judge = (law: Law, facts: readonly Fact[], view: View) => Judgement;
/** reconcile(judgement): what the world must still be told, corrected or taken back. Deterministic order: by legal instant, then key. */
export type Reconcile = (judgement: Judgement) => readonly Step[];
