import type { AnyTerm, WorkHours, Zone } from '../law/types.js';
import type { EffectKind, Meaning } from '../engine/outcome.js';
import type { OfferFile } from './schema.js';

/** Text in the languages of the product. */
export type Titles = Readonly<Record<'kk' | 'ru' | 'en', string>>;

/** A place where the text leaves room: what was chosen, why, and what else could be meant. */
export interface Reading {
  readonly chosen: string;
  readonly why: string;
  readonly other?: string;
  /** Lint findings that this reading settles: a code, the other clause, or `code:clause` from anywhere. */
  readonly settles?: readonly string[];
}

/** An edition of an offer, compiled. Immutable; named by the hash of its content. */
export interface CompiledOffer {
  readonly id: string;
  /** SHA-256 of the canonical content, hex. */
  readonly edition: string;
  readonly zone: Zone;
  readonly calendarId: string;
  /** In which terms in working hours run; the usual ones where the file names none. */
  readonly hours: WorkHours;
  readonly operator: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly languages: readonly string[];
  /** Functions of access, `portal` first. */
  readonly functions: readonly string[];
  readonly forceMajeure: ForceMajeure;
  readonly clauses: readonly Clause[];
  readonly rules: readonly Rule[];
  readonly declared: readonly { readonly type: string; readonly schema: Readonly<Record<string, unknown>> }[];
  readonly index: RuleIndex;
  /** By number of its clauses: the provision that each is, through all editions. */
  readonly provisions: ReadonlyMap<string, string>;
  /** The texts that a contract may come to be under, this one first; of an edition by itself only this one. They share one index. */
  readonly editions: readonly CompiledOffer[];
  /** The file that it was compiled from: lint and diff look at what judging does not need. */
  readonly file: OfferFile;
}

/** How force majeure tolls under this offer. */
export interface ForceMajeure {
  /** The clause whose term decides whether a notice was in time, where the right depends on notice; null: it tolls from its beginning without one. */
  readonly notice: string | null;
  /** The notice counts only with evidence. */
  readonly evidence: boolean;
}

/** A number that the document names in this clause; where it misses, the kind that is expected and the clause that is meant. */
export interface Citation {
  readonly to: string;
  readonly expects: string | null;
  readonly means: string | null;
}

/** One numbered provision. */
export interface Clause {
  readonly ref: string;
  readonly kind: string;
  readonly title: Titles;
  readonly source: string;
  readonly cites: readonly Citation[];
  readonly readings: readonly Reading[];
  /** Why there is no rule; null when there is one. */
  readonly why: string | null;
  /** Its numbers in the editions before, the nearest first, where they were others; `new`: it is none of theirs. */
  readonly was: readonly string[];
  readonly rules: readonly Rule[];
}

export type Party = 'participant' | 'operator';
/** Who: a party, the one that `data.by` names, the other one, both, or whoever owed what started this. */
export type Who = Party | 'named' | 'other' | 'either' | 'same';

/** What starts, meets or ends something. */
export type Happening =
  | { readonly on: 'fact'; readonly type: string }
  | { readonly on: 'lapse' | 'met' | 'use' | 'opening'; readonly ref: string }
  | { readonly on: 'performance'; readonly ref: string; readonly kind: EffectKind }
  | { readonly on: 'conclusion' | 'end' | 'application' }
  /** Principal of the subject's invoice, of all lapsed invoices, of every invoice; the whole balance. */
  | { readonly on: 'settled' | 'debt settled' | 'all settled' | 'account settled' }
  | { readonly on: 'month end' | 'named end' };

export interface EventSpec {
  readonly what: Happening;
  /** What is made known when it happens. */
  readonly topic: Topic;
  readonly when: Predicate | null;
  readonly whenSource: unknown;
  /** `same`: about the subject of the run; `any`: about anything. */
  readonly subject: 'same' | 'any';
  /** Only what happens after the opening counts. */
  readonly afterOpening: boolean;
}

/** A compiled condition over the fields that the engine gives it. */
export type Predicate = (field: (name: string) => unknown) => boolean;

export type Within =
  | { readonly form: 'term'; readonly term: AnyTerm }
  /** Backward from a stated day or instant of the fact (`effective`, `expires`, `starts`). */
  | { readonly form: 'before'; readonly term: AnyTerm; readonly field: string }
  /** The later of the term and 24:00 of a named day; `earlierToo`: the named day holds though it is earlier. */
  | { readonly form: 'named'; readonly term: AnyTerm; readonly field: string; readonly earlierToo: boolean }
  /** The earlier of the term and the deadline of a running clock of another clause. */
  | { readonly form: 'earlier'; readonly term: AnyTerm; readonly ref: string }
  /** Until the contract ends. */
  | { readonly form: 'end' }
  /** Until it is met, whenever that is. */
  | { readonly form: 'open' };

/** When a closing begins: at once, not before a named instant (`from`), or back at one (`since`). */
export type From = { readonly field: string; readonly back: boolean } | null;

/** How much of a loss is owed at the most. */
export type LiabilityLimit = 'last payment' | 'all payments';

export type Consequence =
  | {
      readonly do: 'restrict';
      readonly functions: readonly string[];
      readonly until: readonly EventSpec[];
      readonly from: From;
    }
  | { readonly do: 'suspend'; readonly until: readonly EventSpec[]; readonly from: From }
  | { readonly do: 'fine'; readonly mciHundredths: number }
  | {
      readonly do: 'penalty';
      readonly perMyriad: number;
      readonly of: 'invoice' | 'unpaid';
      readonly capPerMyriad: number | null;
    }
  /** The operator owes the participant its loss; `limit`: at most what was paid last, or in all. */
  | { readonly do: 'compensate'; readonly limit: LiabilityLimit | null }
  | { readonly do: 'message'; readonly kind: EffectKind; readonly what: string; readonly to: Party | 'both' | 'state' }
  | { readonly do: 'presume'; readonly meaning: Meaning; readonly as: string | null }
  | { readonly do: 'conclude' }
  | { readonly do: 'end'; readonly named: string | null }
  | { readonly do: 'apply'; readonly named: boolean; readonly nextMonth: boolean }
  | { readonly do: 'refuse amendment' }
  | {
      readonly do: 'consent';
      readonly state: 'given' | 'withdrawn';
      readonly purpose: string | null;
      readonly unlessDebt: boolean;
    }
  | { readonly do: 'keep'; readonly functions: readonly string[] }
  | { readonly do: 'ask'; readonly question: string; readonly until: readonly EventSpec[] };

/** One clock, right or change of state. A clause may have several. */
export interface Rule {
  readonly clause: string;
  /** The provision that its clause is, through all editions; what waits for a clause waits for its provision. */
  readonly provision: string;
  /** Position in its edition: ties at one instant are decided by it. */
  readonly order: number;
  /** Which of the editions that a contract may come under it stands in: 0 is the one that it was concluded under. */
  readonly edition: number;
  /** Its place among the rules of all editions: the rule of another edition that stands for it has the same. */
  readonly place: number;
  /** Here or in another edition it binds several, or another each time: their runs are told apart. */
  readonly several: boolean;
  readonly kind: string;
  readonly on: readonly EventSpec[];
  /** All of `on` must have happened; it starts at the last of them. */
  readonly all: boolean;
  readonly when: Predicate | null;
  readonly whenSource: unknown;
  /** What it is about: the subject of what starts it, the contract, or what a field of the fact names. */
  readonly subject: 'trigger' | 'contract' | { readonly field: string };
  /** A later start may open it anew for the same subject, once the former run is over; `always`: beside it, too. */
  readonly again: boolean | 'always';
  readonly debtor: Who | null;
  readonly holder: Who | null;
  readonly within: Within | null;
  readonly withinText: string | null;
  readonly met: readonly EventSpec[];
  readonly cancel: readonly EventSpec[];
  readonly expires: readonly EventSpec[];
  /** What a right that is not used goes with: `expires`, or what ends the closing that it would bring. A right to block and to claim stays open for the money. */
  readonly grounds: readonly EventSpec[];
  readonly recurring: boolean;
  readonly tolled: boolean;
  readonly noRoll: boolean;
  /** Goes on, and may start, after the contract has ended. */
  readonly survives: boolean;
  /** At once, on the lapse, or on use of the right. */
  readonly then: readonly Consequence[];
  /** When it is met. */
  readonly fulfilled: readonly Consequence[];
  /** What is made known of it; null where no rule listens. */
  readonly says: {
    readonly lapse: Topic | null;
    readonly met: Topic | null;
    readonly opening: Topic | null;
    readonly use: Topic | null;
    /** By kind of its effects: their performance. */
    readonly performance: Readonly<Partial<Record<EffectKind, Topic>>>;
  };
  /** An obligation to pay: met by settlement, and its lapse makes an invoice debt. */
  readonly pays: boolean;
  /** Its consequence ends the contract, or keeps functions open after the end. */
  readonly ends: boolean;
  readonly keeps: boolean;
  /** Its lapse applies an amendment, by itself or through what it starts with no time between. */
  readonly applies: boolean;
  /** Words for what its consequences do, as a policy sees them: `restrict`, `claim`, `invoice`, `end` … */
  readonly does: readonly string[];
  /** It runs again by itself and its lapse changes nothing but that. */
  readonly quiet: boolean;
  /** By the edition in force: its consequences can reach the world, by themselves or through clauses that they start. */
  readonly effectful: readonly boolean[];
}

/** One way in which a rule starts. */
export interface RuleStart {
  readonly rule: Rule;
  readonly spec: EventSpec;
}

/**
 * Something that can happen, as one offer sees it: one object for each key, so that what it starts and who waits for it are found without
 * looking names up.
 */
export interface Topic {
  /** `invoice.presented`, `lapse:5.4`, `performance:4.6:notify`, `settled`. */
  readonly key: string;
  /** Where a judging keeps those who wait for it. */
  readonly place: number;
  /** By the edition in force: what it starts, in the order of the offer. */
  readonly starts: readonly (readonly RuleStart[])[];
  /** Facts of this type may have to be looked back at: what came earlier can meet a clock at its opening, or was `seen`. */
  readonly remembered: boolean;
  /** By the edition in force: a payment clause counts from facts of this type; the ledger's invoice entry comes from them. */
  readonly pays: readonly boolean[];
}

/** Rules by what starts them. */
export interface RuleIndex {
  /** By key; of what no clause listens to there is none. */
  readonly topics: ReadonlyMap<string, Topic>;
  /** Those that every offer has, because they come about by themselves. */
  readonly own: Readonly<Record<OwnTopic, Topic>>;
}

/** What comes about by itself in every contract. */
export type OwnTopic =
  'conclusion' | 'application' | 'end' | 'settled' | 'debt settled' | 'all settled' | 'account settled';
