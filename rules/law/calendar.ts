import {
  DAYS_OFF_WITHOUT_LIEU,
  HOLIDAY_LAWS,
  OFFICIAL_YEARS,
  TRANSFERS,
  type HolidayLaw,
} from '../data/kz-calendar.js';
import { statesOf } from './calendar-states.js';
import { TableView } from './calendar-view.js';
import { parseDay } from './day.js';
import { refuse } from './refusal.js';
import type { Calendar, CalendarEntry, CalendarView, Day, Instant, Refusal } from './types.js';
import { zoneOf } from './zone.js';

/** A redaction of the law on holidays in the log: in force for views from its publication on. */
interface Redaction {
  readonly law: HolidayLaw;
  readonly publishedAt: Instant;
}

// oxlint-disable-next-line merzim/pure -- made at first use, the same every time
let shipped: Calendar | undefined;
/** A tenant's calendar is made once for its list of entries: its tables are two megabytes for each state of the log. */
const made = new WeakMap<readonly CalendarEntry[], Calendar>();

/**
 * The calendar of a country (`KZ`), with a tenant's own entries (bank closures, orders that came after this release).
 * The same entries (none, or the same list) give the same object every time. Throws on a name that `findCalendar` would refuse.
 */
export function calendarOf(id: string, extraEntries: readonly CalendarEntry[] = []): Calendar {
  const calendar = findCalendar(id, extraEntries);
  if ('code' in calendar) throw new RangeError(calendar.message);
  return calendar;
}

/** The same for a name that comes from outside: an unknown one is refused. */
export function findCalendar(id: string, extraEntries: readonly CalendarEntry[] = []): Calendar | Refusal {
  if (id !== 'KZ')
    return refuse('calendar.unknown', `There is no calendar "${id.slice(0, 60)}"; the one there is, is KZ.`);
  if (extraEntries.length === 0) return (shipped ??= makeCalendar([]));
  let own = made.get(extraEntries);
  if (own === undefined) made.set(extraEntries, (own = makeCalendar(extraEntries)));
  return own;
}

/** The acts that the days off of a year come from, oldest first, with when they were published. */
export function actsOf(
  year: number,
): readonly { readonly act: string; readonly source: string; readonly published: string | null }[] {
  const laws = HOLIDAY_LAWS.filter((law) => law.published === null || Number(law.published.slice(0, 4)) <= year);
  const transfers = TRANSFERS.filter((transfer) => transfer.off.startsWith(`${year}-`));
  const official = OFFICIAL_YEARS.filter((list) => list.year === year);
  return [
    ...laws.map(({ act, source, published }) => ({ act, source, published })),
    { act: DAYS_OFF_WITHOUT_LIEU.act, source: DAYS_OFF_WITHOUT_LIEU.source, published: null },
    ...transfers.map(({ act, source, published }) => ({ act, source, published })),
    ...official.map(({ source }) => ({ act: 'published calendar, compared day by day', source, published: null })),
  ];
}

/** The entries that ship with the product: both days of each transfer, with the act that made it. */
function shippedEntries(): CalendarEntry[] {
  return TRANSFERS.flatMap((transfer) => {
    const publishedAt = publicationOf(transfer.published);
    const common = { act: transfer.act, source: transfer.source, publishedAt, loadedAt: publishedAt };
    return [
      { day: known(transfer.worked), kind: 'working' as const, reason: `moved to ${transfer.off}`, ...common },
      { day: known(transfer.off), kind: 'day off' as const, reason: `moved from ${transfer.worked}`, ...common },
    ];
  });
}

function makeCalendar(extra: readonly CalendarEntry[]): Calendar {
  // Sorting is stable: of two acts of one instant the one that was entered later stands.
  const entries = [...shippedEntries(), ...extra].sort((a, b) => a.publishedAt - b.publishedAt);
  const laws: Redaction[] = HOLIDAY_LAWS.map((law) => ({
    law,
    publishedAt: law.published === null ? Number.NEGATIVE_INFINITY : publicationOf(law.published),
  }));
  const published = ascending([...laws, ...entries].map((item) => item.publishedAt));
  const loaded = ascending([...laws.map((law) => law.publishedAt), ...entries.map((entry) => entry.loadedAt)]);
  const bySet = new Map<string, CalendarView>();
  const newestLoaded = loaded[loaded.length - 1] ?? Number.NEGATIVE_INFINITY;
  // One row for each state of the axis of loading, one view for each state of the axis of publication.
  const rows = loaded.map((): (CalendarView | undefined)[] => new Array(published.length + 1).fill(undefined));
  rows.push(new Array(published.length + 1).fill(undefined));
  const lastRow = rows[loaded.length]!;

  const compute = (publishedBy: Instant, loadedBy: Instant): CalendarView => {
    const seen = entries.filter((entry) => entry.publishedAt <= publishedBy && entry.loadedAt <= loadedBy);
    const law = laws.findLast(({ publishedAt }) => publishedAt <= publishedBy && publishedAt <= loadedBy) ?? laws[0]!;
    const set = new Set(seen);
    const key = `${laws.indexOf(law)}:${entries.map((entry) => (set.has(entry) ? 1 : 0)).join('')}`;
    const equal = bySet.get(key);
    if (equal !== undefined) return equal;
    const missing = [
      ...laws.slice(laws.indexOf(law) + 1).map((later) => later.publishedAt),
      ...entries.filter((entry) => !set.has(entry)).map((entry) => entry.publishedAt),
    ];
    const view = new TableView('KZ', Math.min(...missing, Number.POSITIVE_INFINITY), statesOf(law.law, seen));
    bySet.set(key, view);
    return view;
  };

  return {
    id: 'KZ',
    entries,
    view: (publishedBy, loadedBy) => {
      const row = loadedBy >= newestLoaded ? lastRow : rows[rank(loaded, loadedBy)]!;
      const p = rank(published, publishedBy);
      return row[p] ?? (row[p] = compute(publishedBy, loadedBy));
    },
    publications: (from, to, loadedBy) => {
      const list = loadedBy >= newestLoaded ? published : loadedPublications(laws, entries, loadedBy);
      return list.slice(rank(list, from), rank(list, to));
    },
    actsAt: (publishedAt) => [
      ...new Set([
        ...laws.filter((law) => law.publishedAt === publishedAt).map(({ law }) => law.act),
        ...entries.filter((entry) => entry.publishedAt === publishedAt).map((entry) => entry.act),
      ]),
    ],
  };
}

/** When what was loaded by an instant was published. */
function loadedPublications(
  laws: readonly Redaction[],
  entries: readonly CalendarEntry[],
  loadedBy: Instant,
): number[] {
  return ascending([
    ...laws.filter((law) => law.publishedAt <= loadedBy).map((law) => law.publishedAt),
    ...entries.filter((entry) => entry.loadedAt <= loadedBy).map((entry) => entry.publishedAt),
  ]);
}

/** 00:00 in Almaty of the day of publication. */
function publicationOf(day: string): Instant {
  return zoneOf('Asia/Almaty').startOf(known(day));
}

function known(text: string): Day {
  const day = parseDay(text);
  if (typeof day !== 'number') throw new Error(day.message);
  return day;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].filter((value) => value !== Number.NEGATIVE_INFINITY).sort((a, b) => a - b);
}

/** How many of the ascending values are ≤ the limit. */
function rank(values: readonly number[], limit: number): number {
  let n = values.length;
  while (n > 0 && values[n - 1]! > limit) n--;
  return n;
}
