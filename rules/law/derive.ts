import type { Counted } from './count.js';
import { formatDay } from './day.js';
import { countsWorking } from './plain.js';
import { standing, type Move } from './publication.js';
import { formatTerm } from './term.js';
import type { AnyTerm, CalendarView, CountingContext, Day, Derivation, Start, Toll, Zone } from './types.js';

type Reasoned = Derivation['skipped'][number];
const NONE: readonly Reasoned[] = [];
const NO_MOVES: Derivation['moves'] = [];

/** Reasons that no calendar gives. */
export const TOLLED = 'tolled';
export const HELD = 'not before the day after the publication';

/**
 * The count of `deadlineOf`, told: where it started, which days were skipped and why, where it would have ended, how it
 * rolled, what moved it, and the articles of the Civil Code that say so. Everything is text, ready for JSON.
 */
export function deriveDeadline(term: AnyTerm, start: Start, ctx: CountingContext): Derivation {
  const { counted, view, moves, held } = standing(term, start, ctx);
  const { zone } = ctx;
  const tolls = touching(ctx.tolls, counted, term, zone);
  const rolled = rolledDays(counted, view, tolls, held);
  const derivation: Derivation = {
    term: termText(term),
    anchor: 'event' in start ? zone.format(start.event) : formatDay(start.day),
    firstCounted: term.kind === 'length' ? formatDay(counted.first) : null,
    skipped: skippedDays(term, counted, view, tolls),
    rawLastDay: counted.raw === null ? null : formatDay(counted.raw),
    rolled,
    lastDay: counted.last === null ? null : formatDay(counted.last),
    due: counted.due === null ? null : zone.format(counted.due),
    moves: moves.length === 0 ? NO_MOVES : moves.map((move) => tellMove(move, ctx)),
    articles: articlesOf(term, rolled.length > 0),
  };
  if (tolls.length === 0) return derivation;
  const hours = term.kind === 'length' && term.unit === 'hours';
  return { ...derivation, tolls: tolls.map((toll) => (hours ? tollInstants(toll, zone) : tollDays(toll))) };
}

const texts = new WeakMap<AnyTerm, string>();

function termText(term: AnyTerm): string {
  let text = texts.get(term);
  if (text === undefined) texts.set(term, (text = formatTerm(term)));
  return text;
}

/** Tolled days and, of working and bank days, those that are none, from day 1 to the raw last day. */
function skippedDays(term: AnyTerm, counted: Counted, view: CalendarView, tolls: readonly Toll[]): readonly Reasoned[] {
  if (term.kind !== 'length' || term.unit === 'hours' || counted.raw === null) return NONE;
  const from = Math.min(counted.first, counted.raw);
  const to = Math.max(counted.first, counted.raw);
  const working = countsWorking(term.unit);
  if (!working && tolls.length === 0) return NONE;
  const bank = term.unit === 'bank days';
  if (tolls.length === 0 && (bank ? view.bankIn(from, to) : view.workingIn(from, to)) === to - from + 1) return NONE;
  const skipped: Reasoned[] = [];
  for (let day = from; day <= to; day++) {
    // A backward term is not stretched by tolls, so a tolled day in it was counted like any other.
    const tolled = !term.before && isTolled(day, tolls);
    const reason = tolled ? TOLLED : !working ? null : bank ? view.reasonNotBank(day) : view.reasonOff(day);
    if (reason !== null) skipped.push({ day: formatDay(day), reason });
  }
  return skipped;
}

/** The days from the raw last day to the one before the last day, each with why the term could not end on it. */
function rolledDays(counted: Counted, view: CalendarView, tolls: readonly Toll[], held: boolean): readonly Reasoned[] {
  const { raw, last } = counted;
  if (raw === null || last === null || last <= raw) return NONE;
  const rolled: Reasoned[] = [];
  for (let day = raw; day < last; day++) {
    const reason = isTolled(day, tolls) ? TOLLED : (view.reasonOff(day) ?? (held ? HELD : TOLLED));
    rolled.push({ day: formatDay(day), reason });
  }
  return rolled;
}

/** The tolls that had a part in the count. */
function touching(tolls: readonly Toll[] | undefined, counted: Counted, term: AnyTerm, zone: Zone): readonly Toll[] {
  if (tolls === undefined || tolls.length === 0 || term.kind !== 'length') return [];
  if (term.unit === 'hours') {
    if (term.before) return [];
    const { due } = counted;
    const from = zone.startOf(counted.first);
    return tolls.filter((toll) => (toll.to === null || toll.to > from) && (due === null || toll.from < due));
  }
  const from = term.before ? (counted.raw ?? counted.first) : counted.first;
  const to = counted.last;
  if (term.before && to === counted.raw) return [];
  return tolls.filter((toll) => (toll.toDay === null || toll.toDay >= from) && (to === null || toll.fromDay <= to));
}

function isTolled(day: Day, tolls: readonly Toll[]): boolean {
  return tolls.some((toll) => toll.fromDay <= day && (toll.toDay === null || day <= toll.toDay));
}

function tellMove(move: Move, ctx: CountingContext): Derivation['moves'][number] {
  return {
    act: ctx.calendar.actsAt(move.publishedAt).join('; '),
    publishedAt: ctx.zone.format(move.publishedAt),
    from: formatDay(move.from),
    to: formatDay(move.to),
  };
}

const tollDays = (toll: Toll): { from: string; to: string | null } => ({
  from: formatDay(toll.fromDay),
  to: toll.toDay === null ? null : formatDay(toll.toDay),
});

const tollInstants = (toll: Toll, zone: Zone): { from: string; to: string | null } => ({
  from: zone.format(toll.from),
  to: toll.to === null ? null : zone.format(toll.to),
});

const articleLists = new Map<string, readonly string[]>();

/** Articles of the Civil Code (General Part) that the count follows. */
function articlesOf(term: AnyTerm, rolled: boolean): readonly string[] {
  const key =
    term.kind === 'length' ? `${term.unit}|${term.before}|${term.inclusive}|${term.moreThan}|${rolled}` : term.kind;
  const ready = articleLists.get(key);
  if (ready !== undefined) return ready;
  const list: string[] = [];
  if (term.kind !== 'length') list.push('172(1)');
  else if (term.unit === 'hours') list.push('172(2)');
  else {
    if (!term.before && !term.inclusive) list.push('173');
    const end = END_ARTICLES[term.unit];
    if (end !== undefined) list.push(end);
    if (rolled) list.push('175');
    if (!term.moreThan) list.push('176(1)');
  }
  articleLists.set(key, list);
  return list;
}

const END_ARTICLES: Readonly<Record<string, string>> = {
  weeks: '174(4)',
  'half-months': '174(3)',
  months: '174(3)',
  quarters: '174(2)',
  'half-years': '174(1)',
  years: '174(1)',
};
