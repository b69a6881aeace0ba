import type { Term, Unit } from './types.js';

export type Language = 'kk' | 'ru' | 'en';

/** What a language needs so that a deadline can be told in it. Dates come in as `YYYY-MM-DD`, times as `HH:MM`. */
export interface Words {
  date(day: string): string;
  /** Consecutive days: `14-15 March 2026`. */
  dates(from: string, to: string): string;
  moment(date: string, time: string, offset: string): string;
  length(term: Term): string;
  /** Names of days off and other reasons; what is not here is told as it stands in the calendar. */
  readonly reasons: Readonly<Record<string, string>>;
  lieu(day: string, name: string): string;
  movedFrom(day: string): string;
  weekends(days: number): string;
  more(days: number): string;
  forward(term: string, anchor: string, inclusive: boolean): string;
  firstDay(day: string): string;
  /** `first` is null for hours, which have no days to count. */
  backward(term: string, anchor: string, first: string | null): string;
  skipped(list: string): string;
  /** `instants`: until the second one, which is not tolled any more; of days both are. */
  tolled(from: string, to: string, instants: boolean): string;
  tolledOpen(from: string): string;
  /** Of a backward term, whose tolled days were counted: it only cannot end on one. */
  tolledBack(from: string, to: string): string;
  /** `suspended`: a toll lay behind the day to which it would have rolled, too. */
  rolled(day: string, reason: string, suspended: boolean): string;
  movedAfterToll(day: string): string;
  held(act: string, published: string): string;
  lastDay(day: string, dueDate: string, dueTime: string): string;
  passed(day: string, dueDate: string, dueTime: string): string;
  lastDayBefore(day: string, dueDate: string, dueTime: string): string;
  hours(due: string): string;
  hoursMore(due: string): string;
  hoursBefore(due: string): string;
  /** In which hours work is counted; `saturday` is null where a Saturday has none. */
  workHours(weekdays: string, saturday: string | null): string;
  /** When the first hour of work began, where that is not at the start. */
  begins(moment: string): string;
  workEnds(due: string): string;
  workEndsMore(due: string): string;
  nextMonth(anchor: string, dueDate: string, dueTime: string): string;
  noEnd(): string;
  move(act: string, published: string, from: string, to: string): string;
  /** The same of hours of work: from one instant to another. */
  moveEnd(act: string, published: string, from: string, to: string): string;
  /** The articles of the Civil Code. */
  law(articles: readonly string[]): string;
}

/** Units by what a language does to them. */
export type Units<T> = Readonly<Record<Unit, T>>;

/** `2026-03-19` as year, index of the month from 0, and day without a leading zero. */
export function parts(day: string): readonly [year: string, month: number, day: number] {
  return [day.slice(0, 4), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))];
}

/** An article such as `174(3)` as its number and its paragraph. */
export function articleParts(article: string): readonly [article: string, paragraph: string | undefined] {
  const [number = '', paragraph] = article.replace(')', '').split('(');
  return [number, paragraph];
}
