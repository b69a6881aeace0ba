import type { Counted } from './count.js';
import { formatDay } from './day.js';
import { countsWorking } from './plain.js';
import type { AnyTerm, CalendarView, Day, Derivation, Toll, WorkHours } from './types.js';
import { runsInHours } from './work-hours.js';
import { hoursOn } from './work.js';

type Reasoned = Derivation['skipped'][number];
const NONE: readonly Reasoned[] = [];

/** Reasons that no calendar gives. */
export const TOLLED = 'tolled';
export const HELD = 'not before the day after the publication';

/** Tolled days and, of working days, bank days and hours of work, those that are none or have none, from day 1 to the raw last day. */
export function skippedDays(
  term: AnyTerm,
  counted: Counted,
  view: CalendarView,
  tolls: readonly Toll[],
  hours: WorkHours,
): readonly Reasoned[] {
  if (term.kind !== 'length' || term.unit === 'hours' || counted.raw === null) return NONE;
  if (term.unit === 'working hours') return daysWithoutWork(counted.first, counted.raw, view, tolls, hours);
  const from = Math.min(counted.first, counted.raw);
  const to = Math.max(counted.first, counted.raw);
  const working = countsWorking(term.unit);
  if (!working && tolls.length === 0) return NONE;
  const bank = term.unit === 'bank days';
  if (tolls.length === 0 && (bank ? view.bankIn(from, to) : view.workingIn(from, to)) === to - from + 1) return NONE;
  // A backward term is not stretched by tolls, so a tolled day in it was counted like any other.
  const mayBeTolled = tolls.length > 0 && !term.before;
  const reasonOf = reasonsOf(view, bank);
  const skipped: Reasoned[] = [];
  for (let day = from; day <= to; day++) {
    if (mayBeTolled && isTolled(day, tolls)) skipped.push({ day: formatDay(day), reason: TOLLED });
    else if (working && !(bank ? view.isBank(day) : view.isWorking(day))) skipped.push(reasonOf(day));
  }
  return skipped;
}

/** Days without hours of work; what is tolled is told as instants. */
function daysWithoutWork(
  from: Day,
  to: Day,
  view: CalendarView,
  tolls: readonly Toll[],
  hours: WorkHours,
): readonly Reasoned[] {
  const skipped: Reasoned[] = [];
  for (let day = from; day <= to; day++) {
    if (hoursOn(day, view, hours) !== null || isTolled(day, tolls)) continue;
    skipped.push({ day: formatDay(day), reason: view.reasonOff(day)! });
  }
  return skipped;
}

type Reasons = (day: Day) => Reasoned;
const byView = new WeakMap<CalendarView, readonly [working: Reasons, bank: Reasons]>();

/** A day that does not count with its reason, made once for each state of the calendar. */
function reasonsOf(view: CalendarView, bank: boolean): Reasons {
  let ready = byView.get(view);
  if (ready === undefined) {
    ready = [keep((day) => view.reasonOff(day)), keep((day) => view.reasonNotBank(day))];
    byView.set(view, ready);
  }
  return bank ? ready[1] : ready[0];
}

function keep(reasonOf: (day: Day) => string | null): Reasons {
  const known = new Map<Day, Reasoned>();
  return (day) => {
    let reasoned = known.get(day);
    if (reasoned === undefined) known.set(day, (reasoned = { day: formatDay(day), reason: reasonOf(day)! }));
    return reasoned;
  };
}

/** The days from the raw last day to the one before the last day, each with why the term could not end on it. */
export function rolledDays(
  term: AnyTerm,
  counted: Counted,
  view: CalendarView,
  tolls: readonly Toll[],
  held: boolean,
): readonly Reasoned[] {
  const { raw, last } = counted;
  // Hours of work never roll; what holds them may do so within a day.
  if (raw !== null && held && term.kind === 'length' && runsInHours(term.unit))
    return [{ day: formatDay(raw), reason: HELD }];
  if (raw === null || last === null || last <= raw) return NONE;
  const rolled: Reasoned[] = [];
  for (let day = raw; day < last; day++) {
    const reason = isTolled(day, tolls) ? TOLLED : (view.reasonOff(day) ?? (held ? HELD : TOLLED));
    rolled.push({ day: formatDay(day), reason });
  }
  return rolled;
}

function isTolled(day: Day, tolls: readonly Toll[]): boolean {
  return tolls.some((toll) => toll.fromDay <= day && (toll.toDay === null || day <= toll.toDay));
}
