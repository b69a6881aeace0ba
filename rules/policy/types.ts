/** What an operator does with its rights. `automatic`, `ask` and `leave` are built in; a file holds json-rules-engine conditions per right. */
export interface Policy {
  readonly id: string;
  /** Of a policy file: its name with the hash of its content, so that a changed file is another law. */
  readonly edition?: string;
  /** Decides for one opened right of the operator. Pure and synchronous. */
  decide(right: PolicyQuestion): 'use' | 'ask' | 'leave';
}

/** What a policy may look at. */
export interface PolicyQuestion {
  readonly clause: string;
  readonly subject: string;
  /** What use of the right does: restrict, claim, end, move … */
  readonly does: readonly string[];
  readonly amount: number | null;
  readonly currency: string | null;
  readonly participant: { readonly kind?: string; readonly resident?: boolean };
  readonly history: { readonly lapses: number; readonly breaches: number };
}
