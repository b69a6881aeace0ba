import type { Fact } from '../../facts/fact.js';
import type { CountingContext, Day, Deadline, Instant, Start, Toll } from '../../law/types.js';
import type { Consequence, EventSpec, Party, Rule, Topic } from '../../offer/types.js';
import type { Agenda } from './agenda.js';
import type { Cause } from './cause.js';
import type { Policy } from '../../policy/types.js';
import type { Adoption } from './editions.js';
import type { Meaning } from '../outcome.js';
import type { Reader } from './fields.js';
import type { RecordView } from '../record.js';
import type { History } from '../acts.js';
import type { Choice, Law, View } from '../types.js';

/** One run of one clause for one subject. */
export interface Clock {
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly debtor: Party | null;
  readonly origin: Cause;
  readonly opened: Instant;
  readonly start: Start;
  /** Recurring terms in months and years count from here, `multiple` terms at once (article 174: from the anchor each time). */
  readonly anchor: Start;
  readonly multiple: number;
  deadline: Deadline;
  state: 'running' | 'met' | 'lapsed' | 'cancelled';
  closed: Instant | null;
  /** The fact that met or cancelled it. */
  closedBy: string | null;
}

export interface Right {
  readonly key: string;
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly holder: Party;
  readonly origin: Cause;
  readonly openedAt: Instant;
  state: 'open' | 'asked' | 'used' | 'declined' | 'expired';
  usedAt: Instant | null;
  /** Waits for the end of a hold before its policy decides. */
  held: boolean;
}

/** A span in which functions are closed, or the contract counts as suspended. */
export interface Span {
  readonly what: 'restrict' | 'suspend';
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly functions: readonly string[];
  readonly until: readonly EventSpec[];
  readonly origin: Cause;
  readonly slot: string | null;
  /** Identity of the effect that tells of it. */
  readonly key: string;
  readonly from: Instant;
  to: Instant | null;
  /** What came between its first opening and this one: the money that ended it and the reversal that resumed it. */
  readonly between: readonly string[];
  /** The fact that ended it; null while it lasts, and where time ended it. */
  endedBy: string | null;
  /** It ended because debt was paid: a reversal of that money resumes it. */
  settled: boolean;
}

/** How much of an invoice was unpaid, and how much it was, from an instant on. In tiyn. */
export interface Change {
  readonly at: Instant;
  readonly unpaid: number;
  readonly amount: number;
  readonly reversal: string | null;
}

/** One invoice (or loss) and the money on it. Amounts in tiyn. */
export interface Invoice {
  readonly subject: string;
  /** The fact that the ledger's entry comes from. */
  fact: Fact | null;
  counted: boolean;
  kind: string;
  amount: number | null;
  currency: string;
  credited: number;
  clause: string | null;
  settledAt: Instant | null;
  everSettled: boolean;
  /** Last day of the payment term, once it has lapsed. */
  lapsedDay: Day | null;
  /** A fine or a penalty was claimed because of it. */
  claimed: boolean;
  /** Whether it is counted as owing, and as owing after its term had lapsed (`machine.owing`). */
  owes: boolean;
  late: boolean;
  /** Unpaid principal from an instant on, in order. */
  readonly changes: Change[];
  /** Money that came before the invoice was known: credited when it is. */
  readonly waiting: { readonly fact: Fact; readonly part: PaymentPart }[];
}

export interface Payment {
  readonly fact: Fact;
  readonly parts: readonly PaymentPart[];
}

/** What of a payment goes to one invoice, or to none yet. Amounts in tiyn. */
export interface PaymentPart {
  readonly invoice: string | null;
  /** As it was paid, in its own currency, and what of it has not been reversed. */
  readonly paid: number;
  readonly paidCurrency: string;
  left: number;
  /** In the currency of the invoice once that is known; null while a rate is missing. */
  amount: number | null;
  currency: string;
  /** What was taken back, in that currency. */
  refunded: number;
  /** It has been credited to its invoice. */
  credited: boolean;
}

/** What a reversal took back of a part of a payment. */
export interface Refund {
  readonly fact: Fact;
  readonly part: PaymentPart;
  /** In the payment's own currency. */
  readonly taken: number;
  /** In the currency of the part; null while a rate is missing. */
  amount: number | null;
}

/** What the operator owes of a loss. */
export interface Award {
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly at: Instant;
  /** In tiyn; null where the limit was paid in another currency than that of the loss. */
  readonly amount: number | null;
  readonly currency: string;
}

/** A fine or a penalty that a used right (or an obligation) claims. */
export interface Claim {
  readonly what: 'fine' | 'penalty';
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly at: Instant;
  readonly mciHundredths: number;
  readonly perMyriad: number;
  readonly of: 'invoice' | 'unpaid';
  readonly capPerMyriad: number | null;
  /** When it will reach its cap, if nothing is paid before; and when it did. */
  capAt: Instant | null;
  cappedAt: Instant | null;
  readonly origin: Cause;
}

export interface Message {
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly kind: 'notify' | 'prepare' | 'register' | 'invoice' | 'request-signature';
  /** Identity of the effect. */
  readonly key: string;
  readonly at: Instant;
  readonly content: Readonly<Record<string, unknown>>;
  readonly origin: Cause;
}

export interface Amendment {
  readonly subject: string;
  /** What published it; null where the parties agreed without. */
  readonly fact: Fact | null;
  readonly publishedAt: Instant;
  /** The edition that it brings. */
  readonly edition: string | null;
  appliesAt: Instant | null;
  state: 'pending' | 'applies' | 'refused';
  /** What made it apply, or will at a later instant. */
  ground: Cause | null;
}

/** An end of the contract that is set. */
export interface End {
  readonly at: Instant;
  readonly clause: string;
  readonly subject: string;
  readonly agreed: boolean;
}

/** A question that an offer puts to a person; `until` what answers it. */
export interface Question {
  readonly rule: Rule;
  readonly subject: string;
  readonly run: string;
  readonly text: string;
  readonly openedAt: Instant;
  readonly origin: Cause;
  closed: boolean;
}

export interface OpenCase {
  readonly key: string;
  readonly clause: string | null;
  readonly subject: string;
  readonly question: string;
  readonly openedAt: Instant;
}

export interface Presumption {
  readonly clause: string;
  readonly subject: string;
  readonly at: Instant;
  readonly meaning: Meaning;
  readonly origin: Cause;
}

export interface Hold {
  /** Null: of all provisions but those in `except`. */
  readonly provisions: readonly string[] | null;
  readonly except: readonly string[];
  readonly subject: string;
  readonly from: Instant;
  to: Instant | null;
}

/** Something that runs and waits for an event. */
export type Waiter =
  | { readonly what: 'meet' | 'cancel'; readonly spec: EventSpec; readonly clock: Clock }
  | { readonly what: 'end'; readonly spec: EventSpec; readonly span: Span }
  | { readonly what: 'expire'; readonly spec: EventSpec; readonly right: Right }
  | { readonly what: 'answer'; readonly spec: EventSpec; readonly question: Question };

/** Who waits for one topic: about one subject, or about anything. */
export interface Waiting {
  readonly about: Map<string, Waiter[]>;
  readonly anything: Waiter[];
}

/** A consent whose end waits for debts to be settled. */
export interface PendingConsent {
  readonly purpose: string;
  done: boolean;
}

/** What has come of several things that a rule waits for. */
export interface Latch {
  readonly come: Set<string>;
  /** All had come, under the text of that time: it does not start again. */
  done: boolean;
}

/** What the parts of the walk call back into, so that none of them imports the walk. */
export interface Hooks {
  /** Makes known that something happened: what waits for it is met or ended, what it starts is started. */
  emit(machine: Machine, topic: Topic, cause: Cause): void;
  /** The same for what happens again: it still meets and ends what waits, and starts nothing. */
  meet(machine: Machine, topic: Topic, cause: Cause): void;
  /** Brings consequences about. */
  apply(machine: Machine, rule: Rule, subject: string, run: string, cause: Cause, list: readonly Consequence[]): void;
  /** What the participant owes by the ledger now, in tiyn of tenge: principal and claims. */
  owed(machine: Machine): number;
}

/** Everything that the walk through the record builds up. Made new by each judging and never shared. */
export interface Machine {
  readonly law: Law;
  readonly view: View;
  readonly record: RecordView;
  readonly agenda: Agenda;
  readonly tolls: Readonly<Record<Party, readonly Toll[]>>;
  readonly acts: ReadonlyMap<string, History>;
  /** Which edition of the law's is in force, and since when which one was. */
  edition: number;
  readonly adoptions: Adoption[];
  /** Which edition each event of force majeure began under, by the id of its fact. */
  readonly beganUnder: Map<string, number>;
  /** Rules (by their place) that were looked at at the conclusion, or when an edition added them: null when they started, else the condition that did not hold. */
  readonly concluded: Map<number, string | null>;
  /** The policy in force. */
  policy: Policy;
  now: Instant;
  concludedAt: Instant | null;
  /** What concluded it. */
  conclusion: Cause | null;
  endedAt: Instant | null;
  endedBy: { readonly clause: string; readonly subject: string } | null;
  /** Ends that are set: instants with their clause; the earliest comes. Of what the parties agreed only the last stands. */
  ends: readonly End[];
  readonly clocks: Clock[];
  /** The newest run of each rule (by its place), by subject and debtor. */
  readonly latest: Map<string, Clock>[];
  readonly rights: Map<string, Right>;
  readonly spans: Span[];
  /** Keys of what was closed, before slots. */
  readonly closed: Set<string>;
  readonly invoices: Map<string, Invoice>;
  /** How many invoices are not paid in full, and how many of them after their term had lapsed. */
  readonly owing: { all: number; late: number };
  readonly payments: Map<string, Payment>;
  readonly refunds: Refund[];
  /** Losses that no clause makes the participant owe, by subject. */
  readonly losses: Map<string, Fact>;
  readonly awards: Award[];
  readonly cancellations: {
    readonly fact: Fact;
    readonly subject: string;
    readonly amount: number;
    readonly currency: string;
  }[];
  readonly claims: Claim[];
  readonly messages: Message[];
  readonly messageKeys: Map<string, string>;
  readonly presumptions: Presumption[];
  readonly consents: Map<string, { state: 'given' | 'withdrawn'; at: Instant }>;
  readonly pendingConsents: PendingConsent[];
  /** The newest about each subject, and those before it, which have applied or were refused. */
  readonly amendments: Map<string, Amendment>;
  readonly formerAmendments: Amendment[];
  readonly questions: Question[];
  readonly holds: Hold[];
  /** Facts that something may look back at, by type, then subject. */
  readonly seen: Map<string, Map<string, Fact[]>>;
  /** How often each rule (by its place) was started. */
  readonly triggered: number[];
  /** Of rules that wait for several things: which have come, by rule and subject. */
  readonly latch: Map<string, Latch>;
  /** Runs without a clock, by rule and subject: how the next one is named. */
  readonly started: Set<string>;
  /** Running clocks, open spans and open rights, by the place of the topic that they wait for. */
  readonly waiting: Waiting[];
  readonly hooks: Hooks;
  readonly choices: Choice[];
  /** Amount of the tariff that was chosen last, in tiyn. */
  tariff: { readonly amount: number; readonly currency: string } | null;
  /** Name of the tariff that was chosen last. */
  tariffName: string | null;
  /** Something that reaches the world has changed: the forward look stops here. */
  reached: boolean;
  reachedBy: { readonly clause: string; readonly subject: string } | null;
  depth: number;
  /** Nothing else happens before this instant: what runs again by itself may run on until then at once. */
  horizon: Instant;
  readonly reader: Reader;
  /** What deadlines depend on, by rule of the edition in force: the same but for the opening. */
  readonly counting: { -readonly [K in keyof CountingContext]: CountingContext[K] }[];
}

/** `4.2/suspend~INV-1~1~restrict`: the identity of an effect or right; each part is percent-encoded. */
export function keyOf(...parts: readonly string[]): string {
  let key = encode(parts[0] as string);
  for (let position = 1; position < parts.length; position++) key = `${key}~${encode(parts[position] as string)}`;
  return key;
}

/** Nearly every part needs no encoding, and to look at its letters is the cheapest way to know. */
function encode(part: string): string {
  for (let position = 0; position < part.length; position++) {
    const code = part.charCodeAt(position);
    const plain =
      (code >= 97 && code <= 122) ||
      (code >= 45 && code <= 57 && code !== 47) ||
      (code >= 65 && code <= 90) ||
      code === 95;
    if (!plain) return encodeURIComponent(part).replace(/~/g, '%7E');
  }
  return part;
}
