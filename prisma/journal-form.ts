/** The form of an exported journal. A change of it takes another number; what verifies keeps reading the old ones. */
export const JOURNAL_FORM = 'merzim-journal/1';

/** The first line: how the contract was made, where its journal ends, and the law. Instants are ISO 8601 in the contract's zone. */
export interface HeadLine {
  readonly form: typeof JOURNAL_FORM;
  readonly contract: {
    readonly tenant: string;
    readonly id: string;
    readonly offer: string;
    readonly edition: string;
    readonly policy: string;
    readonly testClock: boolean;
    readonly createdAt: string;
    /** Null after an erasure, with its salt; the digest stays. */
    readonly participant: object | null;
    readonly salt: string | null;
    readonly participantDigest: string;
    readonly genesis: string;
  };
  readonly head: { readonly seq: number; readonly hash: string };
  readonly erasedAt: string | null;
  readonly zone: string | null;
  readonly engine: string;
  readonly editions: readonly { readonly hash: string; readonly offer: string; readonly text: string }[];
  readonly calendar: { readonly id: string; readonly digest: string; readonly entries: readonly unknown[] } | null;
}

/** A fact; what it says is null after an erasure. */
export interface FactLine {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly by: string | null;
  readonly subject: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly salt: string | null;
  readonly digest: string;
  readonly hash: string;
}

/** What one advance read and found. */
export interface AdvanceLine {
  readonly advance: {
    readonly seq: number;
    readonly asOf: string;
    readonly law: string;
    readonly engine: string;
    readonly edition: string;
    readonly calendar: string;
    readonly policy: string;
    readonly hash: string;
  };
}
