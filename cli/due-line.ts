import { dayOf, daysInMonth } from '../rules/law/day.js';
import { deadlineOf, findZone, formatDay, isRefusal, parseInstant, parseTerm } from '../rules/law/index.js';
import { DAY } from '../rules/law/span.js';
import type { AnyTerm, Calendar, Day, Instant, Zone } from '../rules/law/types.js';
import { runsInHours } from '../rules/law/work-hours.js';

/** Answers one line of the batch. `line` takes the text between two offsets, so that nothing is copied on the fast way. */
export interface LineReader {
  line(text: string, start: number, end: number): string;
  refused(code: string, message: string): string;
}

const MOST_TERMS = 20_000;
/** Zones whose lines are kept at one time, and the last days that are: others are written anew each time. */
const MOST_ZONES = 64;
const FIRST_KEPT: Day = dayOf(2010, 1, 1);
const KEPT_DAYS = dayOf(2045, 1, 1) - FIRST_KEPT;

/**
 * Reads `{"term":"…","from":"…"}` with an optional `"zone"`, in this order and with or without a space after each colon
 * and comma, by its letters; every other line, and every term not met before, goes through `JSON.parse`. Both ways
 * give the same answers: a test holds them equal.
 */
export function lineReader(zone: Zone, calendar: Calendar): LineReader {
  const terms = new Map<string, AnyTerm>();
  const writers = new Map<string, Answer>([[zone.id, answers(zone, calendar)]]);
  const usual = writers.get(zone.id)!;

  const slow = (bytes: string): string => {
    let line: unknown;
    try {
      line = JSON.parse(
        Buffer.from(bytes, 'latin1')
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      );
    } catch {
      return refused(
        'due.line_unreadable',
        'The line is not JSON; write {"term": "5 bank days", "from": "2026-03-12T11:00:00+05:00"}.',
      );
    }
    if (typeof line !== 'object' || line === null || Array.isArray(line)) {
      return refused('due.line_unreadable', 'The line is not an object with "term" and "from".');
    }
    const { term: termText, from: fromText, zone: zoneText } = line as Record<string, unknown>;
    if (typeof termText !== 'string') return refused('due.line_unreadable', 'The line has no "term" that is a text.');
    if (typeof fromText !== 'string') return refused('due.line_unreadable', 'The line has no "from" that is a text.');
    if (zoneText !== undefined && typeof zoneText !== 'string') {
      return refused('due.line_unreadable', 'The "zone" of the line is not a text.');
    }
    const term = parseTerm(termText);
    if (isRefusal(term)) return refused(term.code, term.message);
    const place = zoneText === undefined ? zone : findZone(zoneText);
    if (isRefusal(place)) return refused(place.code, place.message);
    const from = parseInstant(fromText, place);
    if (isRefusal(from)) return refused(from.code, from.message);
    // Only text that stands in a line as it is, without escapes, can be met again by its letters.
    if (bytes.includes(`"${termText}"`)) {
      if (terms.size >= MOST_TERMS) terms.clear();
      terms.set(termText, term);
    }
    let write = writers.get(place.id);
    if (write === undefined) {
      if (writers.size >= MOST_ZONES) writers.clear();
      writers.set(place.id, (write = answers(place, calendar)));
    }
    return write(term, from);
  };

  const line = (text: string, start: number, end: number): string => {
    const stop = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    let at = after(text, start, '{"term":"', '{"term": "');
    if (at < 0) return slow(text.slice(start, stop));
    const quote = text.indexOf('"', at);
    const term = quote < 0 || quote > stop ? undefined : terms.get(text.slice(at, quote));
    if (term === undefined) return slow(text.slice(start, stop));
    at = after(text, quote, '","from":"', '", "from": "');
    const from = at < 0 ? Number.NaN : instantAt(text, at);
    if (Number.isNaN(from)) return slow(text.slice(start, stop));
    at += 25;
    if (at + 2 === stop && text.charCodeAt(at) === 34 && text.charCodeAt(at + 1) === 125) return usual(term, from);
    at = after(text, at, '","zone":"', '", "zone": "');
    if (at < 0 || !text.startsWith('"}', stop - 2)) return slow(text.slice(start, stop));
    const write = writers.get(text.slice(at, stop - 2));
    return write === undefined ? slow(text.slice(start, stop)) : write(term, from);
  };

  return { line, refused };
}

type Answer = (term: AnyTerm, from: Instant) => string;

/** Answers in one zone. Deadlines end at midnight, so their lines are few and are kept, one for each last day. */
function answers(zone: Zone, calendar: Calendar): Answer {
  const asOf = Number.POSITIVE_INFINITY;
  const ctx = { zone, calendar, asOf, knownAt: asOf, opened: 0 };
  const start = { event: 0 };
  // Made at full length: an array that begins in the middle would be kept as a slow table.
  const sure = new Array<string | undefined>(KEPT_DAYS);
  const provisional = new Array<string | undefined>(KEPT_DAYS);
  return (term, from) => {
    ctx.opened = from;
    start.event = from;
    const deadline = deadlineOf(term, start, ctx);
    const lastDay = deadline.lastDay!;
    const due = deadline.due!;
    if (term.kind === 'length' && runsInHours(term.unit))
      return written(lastDay, zone.format(due), deadline.provisional);
    const lines = deadline.provisional ? provisional : sure;
    const index = lastDay - FIRST_KEPT;
    if (index < 0 || index >= KEPT_DAYS) return written(lastDay, zone.format(due), deadline.provisional);
    return (lines[index] ??= written(lastDay, zone.format(due), deadline.provisional));
  };
}

function written(lastDay: Day, due: string, provisional: boolean): string {
  return `{"lastDay":"${formatDay(lastDay)}","due":"${due}","provisional":${provisional}}\n`;
}

function refused(code: string, message: string): string {
  return `${JSON.stringify({ error: { code, message } })}\n`;
}

/** Where the text goes on after one of two spellings, or -1. */
function after(text: string, at: number, tight: string, spaced: string): number {
  if (text.startsWith(tight, at)) return at + tight.length;
  return text.startsWith(spaced, at) ? at + spaced.length : -1;
}

/** The instant in exactly the form `2026-03-12T11:00:00+05:00`; NaN for any other, which is then read the long way. */
function instantAt(text: string, at: number): number {
  const year = digits(text, at, 4);
  const month = digits(text, at + 5, 2);
  const day = digits(text, at + 8, 2);
  const hour = digits(text, at + 11, 2);
  const minute = digits(text, at + 14, 2);
  const second = digits(text, at + 17, 2);
  const offsetMinute = digits(text, at + 23, 2);
  const offset = digits(text, at + 20, 2) * 60 + offsetMinute;
  const sign = text.charCodeAt(at + 19);
  const shaped =
    text.charCodeAt(at + 4) === 45 &&
    text.charCodeAt(at + 7) === 45 &&
    text.charCodeAt(at + 10) === 84 &&
    text.charCodeAt(at + 13) === 58 &&
    text.charCodeAt(at + 16) === 58 &&
    (sign === 43 || sign === 45) &&
    text.charCodeAt(at + 22) === 58;
  if (!shaped || !(year >= 1990 && year <= 2100) || !(month >= 1 && month <= 12)) return Number.NaN;
  if (!(day >= 1 && day <= daysInMonth(year, month)) || !(hour <= 23) || !(minute <= 59) || !(second <= 59)) {
    return Number.NaN;
  }
  if (!(offset <= 840) || !(offsetMinute <= 59)) return Number.NaN;
  const local = dayOf(year, month, day) * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000;
  return local - (sign === 45 ? -offset : offset) * 60_000;
}

/** The number that `length` digits write; NaN when one is no digit. */
function digits(text: string, at: number, length: number): number {
  let n = 0;
  for (let i = at; i < at + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    n = n * 10 + digit;
  }
  return n;
}
