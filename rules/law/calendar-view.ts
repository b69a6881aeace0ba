import { dayOf, weekday } from './day.js';
import type { CalendarView, Day, Instant } from './types.js';

/** Days that a view holds: a hundred years on both sides of what can be read from text. */
export const VIEW_FROM: Day = dayOf(1885, 1, 1);
export const VIEW_TO: Day = dayOf(2209, 12, 31);
export const VIEW_SIZE = VIEW_TO - VIEW_FROM + 1;

/** What is known of each day: the sum of these. */
export const WORKING = 1;
export const BANK = 2;

/** The days of one state of the log, from which its tables are made. */
export interface DayStates {
  /** One byte for each day from `VIEW_FROM`: WORKING, BANK. */
  readonly flags: Uint8Array;
  /** Why a day is off (weekends that are nothing else are left out). */
  readonly off: ReadonlyMap<Day, string>;
  /** Why a day that is worked is no bank day. */
  readonly notBank: ReadonlyMap<Day, string>;
  /** Official years as ranges of days, ascending. */
  readonly official: readonly (readonly [Day, Day])[];
}

/**
 * One state of a calendar as two tables for each kind of day: how many there are before a day (prefix sums), and the day of
 * each number. Every question is one or two look-ups, whatever the distance. A class, because the engine's fastest calls
 * are those to methods that all views share.
 */
export class TableView implements CalendarView {
  private readonly working: Int32Array;
  private readonly bank: Int32Array;
  private readonly workingDays: Int32Array;
  private readonly bankDays: Int32Array;
  private readonly officialFrom: Day;
  private readonly officialTo: Day;

  constructor(
    readonly id: string,
    readonly until: Instant,
    private readonly states: DayStates,
  ) {
    [this.working, this.workingDays] = tables(states.flags, WORKING);
    [this.bank, this.bankDays] = tables(states.flags, BANK);
    const [first] = states.official;
    this.officialFrom = first?.[0] ?? Number.POSITIVE_INFINITY;
    this.officialTo = first?.[1] ?? Number.NEGATIVE_INFINITY;
  }

  isWorking(day: Day): boolean {
    return at(this.working, day + 1 - VIEW_FROM) > at(this.working, day - VIEW_FROM);
  }

  isBank(day: Day): boolean {
    return at(this.bank, day + 1 - VIEW_FROM) > at(this.bank, day - VIEW_FROM);
  }

  workingIn(from: Day, to: Day): number {
    return to < from ? 0 : at(this.working, to + 1 - VIEW_FROM) - at(this.working, from - VIEW_FROM);
  }

  bankIn(from: Day, to: Day): number {
    return to < from ? 0 : at(this.bank, to + 1 - VIEW_FROM) - at(this.bank, from - VIEW_FROM);
  }

  nthWorkingAfter(day: Day, n: number): Day {
    return at(this.workingDays, at(this.working, day + 1 - VIEW_FROM) + n - 1);
  }

  nthBankAfter(day: Day, n: number): Day {
    return at(this.bankDays, at(this.bank, day + 1 - VIEW_FROM) + n - 1);
  }

  nthWorkingBefore(day: Day, n: number): Day {
    return at(this.workingDays, at(this.working, day - VIEW_FROM) - n);
  }

  nthBankBefore(day: Day, n: number): Day {
    return at(this.bankDays, at(this.bank, day - VIEW_FROM) - n);
  }

  workingOnOrAfter(day: Day): Day {
    return at(this.workingDays, at(this.working, day - VIEW_FROM));
  }

  reasonOff(day: Day): string | null {
    if (this.isWorking(day)) return null;
    return this.states.off.get(day) ?? (weekday(day) === 6 ? 'Saturday' : 'Sunday');
  }

  reasonNotBank(day: Day): string | null {
    if (this.isBank(day)) return null;
    return this.reasonOff(day) ?? this.states.notBank.get(day) ?? 'worked by transfer, banks do not settle';
  }

  provisional(from: Day, to: Day): boolean {
    if (from >= this.officialFrom && to <= this.officialTo) return false;
    for (const [first, last] of this.states.official) if (from >= first && to <= last) return false;
    return true;
  }
}

/** `before[i]`: how many such days there are before day i; `days[k]`: the day of number k, counted from 0. */
function tables(flags: Uint8Array, flag: number): [Int32Array, Int32Array] {
  const before = new Int32Array(VIEW_SIZE + 1);
  const days = new Int32Array(VIEW_SIZE);
  let count = 0;
  for (let i = 0; i < VIEW_SIZE; i++) {
    if ((flags[i]! & flag) !== 0) days[count++] = VIEW_FROM + i;
    before[i + 1] = count;
  }
  return [before, days.slice(0, count)];
}

function at(table: Int32Array, index: number): number {
  const value = table[index];
  if (value === undefined) throw new RangeError('A day lies outside the calendar, which holds the years 1885-2209.');
  return value;
}
