import { countIn, rolls, type Counted } from './count.js';
import { countsWorking } from './plain.js';
import { afterTolls } from './toll.js';
import type { AnyTerm, CalendarView, CountingContext, Day, Instant, Start } from './types.js';

/** A publication that moved a deadline. */
export interface Move {
  readonly publishedAt: Instant;
  readonly from: Day;
  readonly to: Day;
}

/** A deadline with the state of the calendar that it was last counted in, and what moved it. */
export interface Standing {
  readonly counted: Counted;
  readonly view: CalendarView;
  readonly moves: readonly Move[];
  /** The end would be earlier, but is held at the first day that its last publication allows. */
  readonly held: boolean;
}

/**
 * Counts a term as the calendar became known. What was published when the clock opened is the base; each later
 * publication moves the deadline if it came before that deadline as it stood. A lapsed deadline never moves, and a
 * shortening never moves one before the day after its publication: nobody can be late before they could know it.
 */
export function standing(term: AnyTerm, start: Start, ctx: CountingContext): Standing {
  const { zone, calendar, asOf, knownAt, opened, tolls } = ctx;
  const roll = ctx.noRoll !== true;
  let view = calendar.view(opened, knownAt);
  let counted = countIn(term, start, zone, view, tolls, roll, asOf);
  if (term.kind !== 'length' || term.unit === 'hours' || asOf < view.until)
    return { counted, view, moves: [], held: false };

  const moves: Move[] = [];
  let held = false;
  for (const publishedAt of calendar.publications(opened, asOf, knownAt)) {
    if (counted.due !== null && publishedAt >= counted.due) break;
    const next = calendar.view(publishedAt, knownAt);
    let recounted = countIn(term, start, zone, next, tolls, roll, asOf);
    const [from, to] = [counted.last, recounted.last];
    held = false;
    if (from !== null && to !== null && from !== to) {
      const floor = to < from ? Math.min(from, earliest(term, ctx, next, publishedAt) ?? from) : to;
      held = floor > to;
      if (held) recounted = { ...recounted, last: floor, due: zone.startOf(floor + 1) };
      if (recounted.last !== from) moves.push({ publishedAt, from, to: recounted.last! });
    }
    counted = recounted;
    view = next;
  }
  return { counted, view, moves, held };
}

/** The first day that a deadline of this term may have after a publication. */
function earliest(term: AnyTerm, ctx: CountingContext, view: CalendarView, publishedAt: Instant): Day | null {
  let day = ctx.zone.dayOf(publishedAt) + 1;
  if (term.kind === 'length') {
    if (term.unit === 'bank days') day = view.nthBankAfter(day - 1, 1);
    else if (countsWorking(term.unit) || (ctx.noRoll !== true && rolls(term))) day = view.workingOnOrAfter(day);
  }
  return afterTolls(day, view, ctx.tolls ?? []);
}
