/** The outcome of judging, as it stands in section 4 of the public contract: instants are ISO strings in the contract's zone, days `YYYY-MM-DD`, money decimal strings. */
export interface Outcome {
  readonly offer: { readonly id: string; readonly edition: string };
  readonly asOf: string;
  readonly knownAt: string;
  readonly next: string | null;
  readonly wakeAt: string | null;
  readonly contract: ContractView;
  readonly timelines: readonly TimelineView[];
  readonly rights: readonly RightView[];
  readonly restrictions: readonly RestrictionView[];
  readonly access: Readonly<Record<string, AccessView>>;
  readonly presumptions: readonly PresumptionView[];
  readonly consents: readonly ConsentView[];
  readonly ledger: { readonly entries: readonly LedgerEntry[]; readonly balance: Readonly<Record<string, string>> };
  readonly effects: readonly EffectView[];
  readonly amendments: readonly AmendmentView[];
  readonly cases: readonly CaseView[];
}

export type ContractState = 'offered' | 'active' | 'suspended' | 'ended';
export interface ContractView {
  readonly state: ContractState;
  readonly concludedAt: string | null;
  readonly endsAt: string | null;
  readonly endedAt: string | null;
}

export type TimelineState = 'running' | 'tolled' | 'met' | 'lapsed' | 'cancelled';
export interface TimelineView {
  readonly clause: string;
  readonly subject: string;
  readonly run: string;
  readonly kind: string;
  readonly debtor: string | null;
  readonly edition: string;
  readonly state: TimelineState;
  readonly opened: string;
  readonly lastDay: string | null;
  readonly due: string | null;
  readonly closed: string | null;
  readonly provisional: boolean;
  readonly tolledDays: number;
}

export type RightState = 'open' | 'asked' | 'used' | 'declined' | 'expired';
export interface RightView {
  readonly key: string;
  readonly clause: string;
  readonly subject: string;
  readonly holder: string;
  readonly state: RightState;
  readonly openedAt: string;
  readonly usedAt: string | null;
}

export interface RestrictionView {
  readonly clause: string;
  readonly subject: string;
  readonly functions: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

export interface AccessView {
  readonly open: boolean;
  readonly causes: readonly { readonly clause: string; readonly subject: string; readonly since: string }[];
}

export type Meaning = 'accepted' | 'refused' | 'admitted' | 'consented';
export interface PresumptionView {
  readonly clause: string;
  readonly subject: string;
  readonly at: string;
  readonly meaning: Meaning;
}

export interface ConsentView {
  readonly purpose: string;
  readonly state: 'given' | 'withdrawn';
  readonly at: string;
}

export type LedgerKind = 'invoice' | 'payment' | 'fine' | 'penalty' | 'credit' | 'refund';
export interface LedgerEntry {
  readonly at: string;
  readonly clause: string | null;
  readonly subject: string;
  readonly kind: LedgerKind;
  /** Null while what it depends on is not known yet. */
  readonly amount: string | null;
  readonly currency: string;
  readonly days?: number;
  readonly provisional?: boolean;
}

export type EffectKind =
  | 'restrict'
  | 'lift'
  | 'claim'
  | 'invoice'
  | 'credit'
  | 'notify'
  | 'correct'
  | 'prepare'
  | 'register'
  | 'request-signature';
export type EffectState =
  'wanted' | 'claimed' | 'sent' | 'done' | 'failed' | 'unknown' | 'undoing' | 'undone' | 'undoRefused';
export interface EffectView {
  readonly key: string;
  readonly generation: number;
  readonly kind: EffectKind;
  readonly clause: string;
  readonly subject: string;
  readonly at: string;
  readonly performedAt: string | null;
  readonly undoes: string | null;
  readonly undoneBy: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: EffectState;
}

export interface AmendmentView {
  readonly subject: string;
  readonly publishedAt: string;
  readonly appliesAt: string | null;
  readonly state: 'pending' | 'applies' | 'refused';
  /** Content hash of the text that it brings; absent where it brings none. */
  readonly edition?: string;
}

export interface CaseView {
  readonly key: string;
  readonly clause: string | null;
  readonly subject: string;
  readonly question: string;
  readonly openedAt: string;
}
