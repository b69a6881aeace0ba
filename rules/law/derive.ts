import { countWork, hoursFrom, type Counted } from './count.js';
import { formatDay } from './day.js';
import { rolledDays, skippedDays } from './derive-days.js';
import { standing, type Move } from './publication.js';
import { formatTerm } from './term.js';
import type { AnyTerm, CalendarView, CountingContext, Derivation, Instant, Start, Term, Toll, Zone } from './types.js';
import { formatDayHours, runsInHours, USUAL_HOURS } from './work-hours.js';

const NO_MOVES: Derivation['moves'] = [];
const NO_TOLLS: readonly Toll[] = [];

/**
 * The count of `deadlineOf`, told: where it started, which days were skipped and why, where it would have ended, how it
 * rolled, what moved it, and the articles of the Civil Code that say so. Everything is text, ready for JSON.
 */
export function deriveDeadline(term: AnyTerm, start: Start, ctx: CountingContext): Derivation {
  const { counted, view, moves, held } = standing(term, start, ctx);
  const { zone } = ctx;
  const told = toldOf(term);
  const tolls = touching(ctx.tolls, counted, term, start, zone);
  const rolled = rolledDays(term, counted, view, tolls, held !== null);
  const work = term.kind === 'length' && term.unit === 'working hours' ? tellWork(term, start, ctx, view) : null;
  const derivation: Derivation = {
    term: told.text,
    anchor: 'event' in start ? zone.format(start.event) : formatDay(start.day),
    firstCounted: term.kind === 'length' ? (work?.begins?.slice(0, 10) ?? formatDay(counted.first)) : null,
    skipped: skippedDays(term, counted, view, tolls, ctx.hours ?? USUAL_HOURS),
    rawLastDay: counted.raw === null ? null : formatDay(counted.raw),
    rolled,
    lastDay: counted.last === null ? null : formatDay(counted.last),
    due: counted.due === null ? null : zone.format(counted.due),
    moves: moves.length === 0 ? NO_MOVES : moves.map((move) => tellMove(move, work !== null, ctx)),
    articles: rolled.length > 0 ? told.articlesRolled : told.articles,
  };
  if (tolls.length === 0 && held === null && work === null) return derivation;
  const instants = term.kind === 'length' && runsInHours(term.unit);
  return {
    ...derivation,
    ...(held === null ? {} : { held: tellAct(held, ctx) }),
    ...(tolls.length === 0
      ? {}
      : { tolls: tolls.map((toll) => (instants ? tollInstants(toll, zone) : tollDays(toll))) }),
    ...(work === null ? {} : { work }),
  };
}

/** In which hours work was counted, and when the first of them began: an event at night or while a toll runs waits for the next opening. */
function tellWork(term: Term, start: Start, ctx: CountingContext, view: CalendarView): Required<Derivation>['work'] {
  const { zone, tolls = [], hours = USUAL_HOURS, asOf } = ctx;
  const { due } = countWork(hoursFrom(term, start, zone), 1, { zone, view, hours }, tolls, asOf);
  return {
    weekdays: formatDayHours(hours.weekdays),
    saturday: hours.saturday === null ? null : formatDayHours(hours.saturday),
    begins: due === null ? null : zone.format(due - 1),
  };
}

interface Told {
  readonly text: string;
  readonly articles: readonly string[];
  readonly articlesRolled: readonly string[];
}

const terms = new WeakMap<AnyTerm, Told>();

/** What is the same for every count of a term. */
function toldOf(term: AnyTerm): Told {
  let told = terms.get(term);
  if (told === undefined) {
    told = { text: formatTerm(term), articles: articlesOf(term, false), articlesRolled: articlesOf(term, true) };
    terms.set(term, told);
  }
  return told;
}

/** The tolls that had a part in the count. */
function touching(
  tolls: readonly Toll[] | undefined,
  counted: Counted,
  term: AnyTerm,
  start: Start,
  zone: Zone,
): readonly Toll[] {
  if (tolls === undefined || tolls.length === 0 || term.kind !== 'length') return NO_TOLLS;
  if (runsInHours(term.unit)) {
    if (term.before) return [];
    const { due } = counted;
    const from = hoursFrom(term, start, zone);
    return tolls.filter((toll) => (toll.to === null || toll.to > from) && (due === null || toll.from < due));
  }
  const from = term.before ? (counted.raw ?? counted.first) : counted.first;
  const to = counted.last;
  if (term.before && to === counted.raw) return [];
  return tolls.filter((toll) => (toll.toDay === null || toll.toDay >= from) && (to === null || toll.fromDay <= to));
}

/** The days that a deadline moved between; of hours of work the instants, because it can move within a day. */
function tellMove(move: Move, instants: boolean, { calendar, zone }: CountingContext): Derivation['moves'][number] {
  const tell = ({ last, due }: Move['from']): string => (instants ? zone.format(due) : formatDay(last));
  return { ...tellAct(move.publishedAt, { calendar, zone }), from: tell(move.from), to: tell(move.to) };
}

/** What was published at an instant. */
function tellAct(publishedAt: Instant, { calendar, zone }: Pick<CountingContext, 'calendar' | 'zone'>) {
  return { act: calendar.actsAt(publishedAt).join('; '), publishedAt: zone.format(publishedAt) };
}

const tollDays = (toll: Toll): { from: string; to: string | null } => ({
  from: formatDay(toll.fromDay),
  to: toll.toDay === null ? null : formatDay(toll.toDay),
});

const tollInstants = (toll: Toll, zone: Zone): { from: string; to: string | null } => ({
  from: zone.format(toll.from),
  to: toll.to === null ? null : zone.format(toll.to),
});

/** Articles of the Civil Code (General Part) that the count follows. */
function articlesOf(term: AnyTerm, rolled: boolean): readonly string[] {
  if (term.kind !== 'length') return ['172(1)'];
  if (runsInHours(term.unit)) return ['172(2)'];
  const list: string[] = [];
  if (!term.before && !term.inclusive) list.push('173');
  const end = END_ARTICLES[term.unit];
  if (end !== undefined) list.push(end);
  if (rolled) list.push('175');
  if (!term.moreThan) list.push('176(1)');
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
