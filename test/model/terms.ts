/**
 * A second, slow model of terms, for tests only. It shares nothing with `rules/law`: days are ISO strings, moved one at a
 * time by the platform's own Date; days off are the published lists; each day of a term is looked at and put into one class.
 */

/** Weekdays that were not worked, and weekend days that were, as published (2027: by the law). */
const OFF: Readonly<Record<string, string>> = {
  2023: '01-02 01-03 03-08 03-21 03-22 03-23 05-01 05-08 05-09 06-28 07-06 07-07 08-30 10-25 12-18',
  2024: '01-01 01-02 03-08 03-21 03-22 03-25 05-01 05-07 05-08 05-09 07-08 08-30 10-25 12-16',
  2025: '01-01 01-02 01-03 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16',
  2026: '01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16',
  2027: '01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16',
};
const off = new Set(Object.entries(OFF).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)));
const workedWeekends = new Set(['2023-07-01', '2024-05-04', '2025-01-05']);

export const plus = (day: string, n: number): string => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + n);
  return date.toISOString().slice(0, 10);
};
const weekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

export const working = (day: string): boolean => (weekend(day) ? workedWeekends.has(day) : !off.has(day));
export const bank = (day: string): boolean => !weekend(day) && working(day);

export interface ModelTerm {
  readonly n: number;
  readonly unit: string;
  readonly moreThan?: boolean;
  readonly before?: boolean;
  readonly inclusive?: boolean;
  readonly noRoll?: boolean;
}

/** Tolled days, both ends included; `to` is null while the end is unknown. */
export interface ModelToll {
  readonly from: string;
  readonly to: string | null;
}

/** How many days of a term fell into each class, and where it ended; null when a toll without an end runs. */
export interface ModelResult {
  readonly last: string;
  readonly counted: number;
  readonly skipped: number;
  readonly tolled: number;
  readonly rolled: number;
}

const MONTHS: Readonly<Record<string, number>> = { months: 1, quarters: 3, 'half-years': 6, years: 12 };
const DAYS: Readonly<Record<string, number>> = { 'calendar days': 1, weeks: 7, 'half-months': 15 };

/** Counts a forward or backward term in days from a day 0, one day at a time. */
export function count(term: ModelTerm, event: string, tolls: readonly ModelToll[] = []): ModelResult | null {
  return term.before === true ? countBack(term, event, tolls) : countForward(term, event, tolls);
}

function countForward(term: ModelTerm, event: string, tolls: readonly ModelToll[]): ModelResult | null {
  const tolledOn = (day: string) => tolls.find((toll) => toll.from <= day && (toll.to === null || day <= toll.to));
  const counts = term.unit === 'working days' ? working : term.unit === 'bank days' ? bank : () => true;
  const target =
    MONTHS[term.unit] === undefined ? term.n * (DAYS[term.unit] ?? 1) : length(event, term.n * MONTHS[term.unit]!);
  let day = term.inclusive === true ? plus(event, -1) : event;
  let [counted, skipped, tolled, rolled] = [0, 0, 0, 0];
  while (counted < target) {
    day = plus(day, 1);
    const toll = tolledOn(day);
    if (toll !== undefined) {
      if (toll.to === null) return null;
      tolled++;
    } else if (counts(day)) counted++;
    else skipped++;
  }
  const rolls = term.moreThan !== true && term.noRoll !== true;
  for (;;) {
    const toll = tolledOn(day);
    if (toll?.to === null) return null;
    const mustMove = toll !== undefined || (rolls && !working(day)) || (rolled > 0 && !working(day));
    if (!mustMove) break;
    day = plus(day, 1);
    if (tolledOn(day) === undefined) rolled++;
    else tolled++;
  }
  return { last: day, counted, skipped, tolled, rolled };
}

/** How many days there are to the corresponding day of a later month, or to its last day where it has none. */
function length(event: string, months: number): number {
  const [year, month, dayOfMonth] = event.split('-').map(Number) as [number, number, number];
  const end = new Date(Date.UTC(year, month - 1 + months, 1, 12));
  const index = end.getUTCMonth();
  end.setUTCDate(dayOfMonth);
  // Too far: the month has no such day, so its last day holds.
  if (end.getUTCMonth() !== index) end.setUTCDate(0);
  return Math.round((end.getTime() - Date.parse(`${event}T12:00:00Z`)) / 86_400_000);
}

function countBack(term: ModelTerm, stated: string, tolls: readonly ModelToll[]): ModelResult | null {
  const counts = term.unit === 'working days' ? working : term.unit === 'bank days' ? bank : () => true;
  let day = term.inclusive === true ? plus(stated, 1) : stated;
  let [counted, skipped, tolled] = [0, 0, 0];
  const target =
    MONTHS[term.unit] === undefined ? term.n * (DAYS[term.unit] ?? 1) : -length(stated, -term.n * MONTHS[term.unit]!);
  while (counted < target) {
    day = plus(day, -1);
    if (counts(day)) counted++;
    else skipped++;
  }
  const inToll = (at: string) => tolls.find((toll) => toll.from <= at && (toll.to === null || at <= toll.to));
  let moved = false;
  for (let toll = inToll(day); toll !== undefined || (moved && !working(day)); toll = inToll(day)) {
    if (toll?.to === null) return null;
    if (toll !== undefined) tolled++;
    day = plus(day, 1);
    moved = true;
  }
  return { last: day, counted, skipped, tolled, rolled: 0 };
}
