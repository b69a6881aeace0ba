import type { Reading } from '../types.js';

/** `error`: the text contradicts itself or cannot work; without a reading it stops publication. `warning`: a lawyer should look. */
export type Severity = 'error' | 'warning';

/** What lint can find, and how grave it is. */
export const LINT_CODES = {
  'dangling-reference': ['error', 'A clause names a number that the document does not have.'],
  'mis-aimed-reference': ['error', 'A clause names a number under which something of another kind stands.'],
  'slip-of-the-pen': ['warning', 'A clause writes what cannot be meant.'],
  'duplicate-number': ['error', 'One number stands over two provisions.'],
  'columns-differ': ['error', 'The language columns number a provision differently, or say different things.'],
  'two-addresses': ['warning', 'The document gives two addresses where one must be meant.'],
  'two-terms': ['error', 'Two sentences give different terms for the same thing.'],
  'two-sanctions': ['error', 'Two clauses punish the same default in the same way.'],
  'silence-with-two-meanings': ['error', 'The same silence means one thing here and another there.'],
  'unit-not-named': ['warning', 'A term says "days" and not which kind.'],
  'never-starts': ['error', 'Nothing can start the rule, so the clause is out of reach.'],
  'never-happens': ['error', 'A rule waits for something that cannot happen.'],
  'never-stops': ['error', 'Nothing can stop the clock.'],
  'lapse-without-consequence': ['warning', 'A term runs out and nothing follows.'],
  'restriction-without-end': ['warning', 'What is closed has no end but the will of the one who closed it.'],
  'ends-before-it-begins': ['warning', 'A term that is tied to a named day can be over before it begins.'],
  'ends-after-what-it-guards': ['error', 'A term can end after the moment that it is there to come before.'],
  'unknown-fact': ['error', 'A fact that neither the vocabulary nor the offer has.'],
  'unknown-field': ['error', 'A field that what happens does not carry.'],
  'unknown-function': ['error', 'A function of access that the offer does not have.'],
  'unknown-clause': ['error', 'A clause that the offer does not have.'],
  'impossible-condition': ['error', 'A condition that can never hold.'],
  'formation-without-rule': ['error', 'The header and the clauses disagree about what concludes the contract.'],
  'settles-nothing': ['warning', 'A reading settles a finding that is not there.'],
} as const satisfies Readonly<Record<string, readonly [Severity, string]>>;

export type LintCode = keyof typeof LINT_CODES;

/** One thing that lint has found. */
export interface Finding {
  readonly code: LintCode;
  readonly severity: Severity;
  /** The clauses that it is about, in the order of the document. */
  readonly clauses: readonly string[];
  readonly message: string;
  /** A recorded reading decides it. */
  readonly silenced: boolean;
  /** That reading, with the clause at which it stands; null while there is none. */
  readonly reading: (Reading & { readonly clause: string }) | null;
}

/** A finding before readings are looked at. */
export interface Raw {
  readonly code: LintCode;
  readonly clauses: readonly string[];
  readonly message: string;
}
