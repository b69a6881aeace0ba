/** The words of the law of terms that the rest of the rules are written in. Everything here is plain data. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A legal day: whole days since 1970-01-01, in the zone of the contract. */
export type Day = number;

/** A refusal is a value: what was wrong, where, what would be right. `code` is in the one catalogue of errors. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly where?: string;
}

/** Civil time of one place. All functions are total over 1990-2100. */
export interface Zone {
  readonly id: string;
  /** The legal day that holds this instant. */
  dayOf(at: Instant): Day;
  /** The first instant of a day (00:00 local; the earlier one where local time came twice). */
  startOf(day: Day): Instant;
  /** Offset from UTC at this instant, in minutes. */
  offsetAt(at: Instant): number;
  /** `2026-03-20T00:00:00+05:00`; milliseconds only when there are any. */
  format(at: Instant): string;
  /** True when no clock is changed between the two instants: every day that is wholly between them has 24 hours. */
  steady(from: Instant, to: Instant): boolean;
}

/** From when to when an office works on a day, in minutes from 00:00 local time. */
export interface DayHours {
  readonly opens: number;
  readonly closes: number;
}

/** An offer's hours of work: on working days (a Saturday or Sunday worked by transfer is one), and on a Saturday that is nothing else. */
export interface WorkHours {
  readonly weekdays: DayHours;
  readonly saturday: DayHours | null;
}

export type Unit =
  | 'hours'
  | 'working hours'
  | 'calendar days'
  | 'working days'
  | 'bank days'
  | 'weeks'
  | 'half-months'
  | 'months'
  | 'quarters'
  | 'half-years'
  | 'years';

/** A length of time as an offer names it. */
export interface Term {
  readonly kind: 'length';
  readonly n: number;
  readonly unit: Unit;
  /** "more than N": opens after day N has fully passed; never rolls. */
  readonly moreThan: boolean;
  /** "N … before" a stated day: counted backward; never rolls. */
  readonly before: boolean;
  /** "that day included": the day of the event is day 1. */
  readonly inclusive: boolean;
  readonly noRoll: boolean;
}

/** `first day of the next month`: at its 00:00. */
export interface NextMonth {
  readonly kind: 'first day of the next month';
}

export type AnyTerm = Term | NextMonth;

/** Days (and, for hours and hours of work, instants) that are not counted, both ends included; sorted, not overlapping. `to` is null while the end is unknown. */
export interface Toll {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly fromDay: Day;
  readonly toDay: Day | null;
}

/** What moved a day of the calendar. */
export interface CalendarEntry {
  /** `day off`: not worked. `working`: a Saturday or Sunday worked by transfer. `bank closure`: worked, but banks do not settle. `regular`: takes earlier entries for the day back. */
  readonly day: Day;
  readonly kind: 'day off' | 'working' | 'bank closure' | 'regular';
  readonly reason: string;
  readonly act: string;
  readonly source: string;
  /** When the act was published (instant: 00:00 local of the day of publication when no hour is known). */
  readonly publishedAt: Instant;
  /** When it was loaded here; for entries that ship with the product the same as `publishedAt`. */
  readonly loadedAt: Instant;
}

/** One state of the calendar: what was published up to an instant and loaded up to another. O(1) arithmetic on prefix sums. */
export interface CalendarView {
  readonly id: string;
  isWorking(day: Day): boolean;
  isBank(day: Day): boolean;
  /** Working (or bank) days in [from, to], both included; 0 when to < from. */
  workingIn(from: Day, to: Day): number;
  bankIn(from: Day, to: Day): number;
  /** The n-th (n ≥ 1) working (or bank) day after `day`; `before`: the n-th before it. */
  nthWorkingAfter(day: Day, n: number): Day;
  nthBankAfter(day: Day, n: number): Day;
  nthWorkingBefore(day: Day, n: number): Day;
  nthBankBefore(day: Day, n: number): Day;
  /** `day` itself when working, else the nearest following working day (article 175). */
  workingOnOrAfter(day: Day): Day;
  /** Why a day is not worked, as data for a derivation; null for a working day. */
  reasonOff(day: Day): string | null;
  /** Why a day is no bank day; null for a bank day. */
  reasonNotBank(day: Day): string | null;
  /** True when any day in [from, to] lies in a year without an official list. */
  provisional(from: Day, to: Day): boolean;
  /** Nothing that this view does not hold is published before this instant; infinity when nothing is. */
  readonly until: Instant;
}

/** The calendar is a log. */
export interface Calendar {
  readonly id: string;
  readonly entries: readonly CalendarEntry[];
  /** The state of the log: entries published ≤ publishedBy and loaded ≤ loadedBy. Views are cached; equal entry sets give the same object. */
  view(publishedBy: Instant, loadedBy: Instant): CalendarView;
  /** Instants in (from, to] at which an entry (loaded ≤ loadedBy) is published, ascending. */
  publications(from: Instant, to: Instant, loadedBy: Instant): readonly Instant[];
  /** The acts that were published at this instant. */
  actsAt(publishedAt: Instant): readonly string[];
}

/** Where a term starts. `event`: an instant, counted from the day after it. `day`: a day 0, the first counted day is the next one (a lapse counts from the last day of what lapsed). */
export type Start = { readonly event: Instant } | { readonly day: Day };

/** Everything a deadline depends on. */
export interface CountingContext {
  readonly zone: Zone;
  readonly calendar: Calendar;
  /** The two axes: entries published by `asOf` and loaded by `knownAt` are seen. */
  readonly asOf: Instant;
  readonly knownAt: Instant;
  /** When the clock opened: entries published after it move the deadline only by the rule of section 4 of the design. */
  readonly opened: Instant;
  readonly tolls?: readonly Toll[] | undefined;
  /** The offer's hours of work, in which `working hours` run; 09:00-18:00 on working days where it names none. */
  readonly hours?: WorkHours | undefined;
  /** Force the roll off whatever the term says (recurring terms, paid periods, retention). */
  readonly noRoll?: boolean;
}

/** A counted deadline. `lastDay` and `due` are null while a toll without an end runs. */
export interface Deadline {
  readonly lastDay: Day | null;
  /** The first instant that is late. */
  readonly due: Instant | null;
  readonly provisional: boolean;
  readonly tolledDays: number;
}

/** How a deadline was counted; sentences are made from it. */
export interface Derivation {
  readonly term: string;
  readonly anchor: string;
  readonly firstCounted: string | null;
  readonly skipped: readonly { readonly day: string; readonly reason: string }[];
  readonly rawLastDay: string | null;
  readonly rolled: readonly { readonly day: string; readonly reason: string }[];
  readonly lastDay: string | null;
  readonly due: string | null;
  /** Publications that moved the deadline: the act, when it was published, from which last day to which (of hours of work, from which instant). */
  readonly moves: readonly {
    readonly act: string;
    readonly publishedAt: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** The publication that would have ended the term earlier than it may: the term is held. */
  readonly held?: { readonly act: string; readonly publishedAt: string };
  readonly articles: readonly string[];
  /** The tolls that touched the term, as days (for hours and hours of work, as instants); `to` is null while the end is unknown. */
  readonly tolls?: readonly { readonly from: string; readonly to: string | null }[];
  /** Of hours of work: in which hours they ran, and when the first of them began. */
  readonly work?: { readonly weekdays: string; readonly saturday: string | null; readonly begins: string | null };
}
