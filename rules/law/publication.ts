import { countIn, rolls, type Counted } from './count.js';
import { countsWorking } from './plain.js';
import { afterTolls } from './toll.js';
import type { AnyTerm, CalendarView, CountingContext, Day, Instant, Start } from './types.js';
import { USUAL_HOURS } from './work-hours.js';
import { closingOnOrAfter } from './work.js';

/** A publication that moved a deadline: from which last day and first late instant, and to which. */
export interface Move {
  readonly publishedAt: Instant;
  readonly from: { readonly last: Day; readonly due: Instant };
  readonly to: { readonly last: Day; readonly due: Instant };
}

/** A deadline with the state of the calendar that it was last counted in, and what moved it. */
export interface Standing {
  readonly counted: Counted;
  readonly view: CalendarView;
  readonly moves: readonly Move[];
  /** The publication, its instant, that would have given an earlier end: it is held at the first day that this publication allows. */
  readonly held: Instant | null;
}

const NO_MOVES: readonly Move[] = [];

/**
 * Counts a term as the calendar became known. What was published when the clock opened is the base; each later
 * publication moves the deadline if it came before that deadline as it stood. A lapsed deadline never moves, and a
 * shortening never moves one before the day after its publication: nobody can be late before they could know it.
 */
export function standing(term: AnyTerm, start: Start, ctx: CountingContext): Standing {
  const { zone, calendar, asOf, knownAt, opened, tolls, hours = USUAL_HOURS } = ctx;
  const roll = ctx.noRoll !== true;
  let view = calendar.view(opened, knownAt);
  let counted = countIn(term, start, zone, view, tolls, roll, asOf, hours);
  if (term.kind !== 'length' || term.unit === 'hours' || asOf < view.until)
    return { counted, view, moves: NO_MOVES, held: null };

  const moves: Move[] = [];
  let held: Instant | null = null;
  for (const publishedAt of calendar.publications(opened, asOf, knownAt)) {
    if (counted.due !== null && publishedAt >= counted.due) break;
    const next = calendar.view(publishedAt, knownAt);
    let recounted = countIn(term, start, zone, next, tolls, roll, asOf, hours);
    const [from, to] = [endOf(counted), endOf(recounted)];
    held = null;
    if (from !== null && to !== null && from.due !== to.due) {
      const floor = to.due < from.due ? Math.min(from.due, earliest(term, ctx, next, publishedAt) ?? from.due) : to.due;
      if (floor > to.due) held = publishedAt;
      const now = held !== null ? { last: zone.dayOf(floor - 1), due: floor } : to;
      if (held !== null) recounted = { ...recounted, ...now };
      if (now.due !== from.due) moves.push({ publishedAt, from, to: now });
    }
    counted = recounted;
    view = next;
  }
  return { counted, view, moves, held };
}

function endOf({ last, due }: Counted): Move['from'] | null {
  return last === null || due === null ? null : { last, due };
}

/** The first late instant that this term may have after a publication, at the earliest; null while a toll has no end. */
function earliest(term: AnyTerm, ctx: CountingContext, view: CalendarView, publishedAt: Instant): Instant | null {
  let day = ctx.zone.dayOf(publishedAt) + 1;
  if (term.kind === 'length') {
    if (term.unit === 'working hours') return earliestClosing(day, ctx, view);
    if (term.unit === 'bank days') day = view.nthBankAfter(day - 1, 1);
    else if (countsWorking(term.unit) || (ctx.noRoll !== true && rolls(term))) day = view.workingOnOrAfter(day);
  }
  const last = afterTolls(day, view, ctx.tolls ?? []);
  return last === null ? null : ctx.zone.startOf(last + 1);
}

/** Hours of work are held until closing time on the first day from there on on which work is done and no toll runs at closing. */
function earliestClosing(day: Day, { zone, tolls = [], hours = USUAL_HOURS }: CountingContext, view: CalendarView) {
  let closes = closingOnOrAfter(day, { zone, view, hours });
  for (const toll of tolls) {
    if (toll.from >= closes) break;
    if (toll.to === null) return null;
    if (toll.to >= closes) closes = closingOnOrAfter(zone.dayOf(toll.to), { zone, view, hours });
    if (toll.to >= closes) closes = closingOnOrAfter(zone.dayOf(toll.to) + 1, { zone, view, hours });
  }
  return closes;
}
