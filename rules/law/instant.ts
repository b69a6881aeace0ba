import { clip, daysInMonth, dayOf } from './day.js';
import { refuse } from './refusal.js';
import type { Instant, Refusal, Zone } from './types.js';
import { DAY } from './span.js';

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const EARLIEST = Date.UTC(1990, 0, 1) - DAY;
const LATEST = Date.UTC(2101, 0, 1) + DAY;

/**
 * Reads an instant in ISO 8601 with its offset from UTC, to the millisecond (what is finer is cut off). Without an
 * offset it is refused: in Almaty the hour before midnight of 29 February 2024 came twice, so a local time alone is not a
 * moment. `zone` only helps the refusal to say what would be right.
 */
export function parseInstant(text: string, zone?: Zone): Instant | Refusal {
  const match = SHAPE.exec(text);
  if (match === null)
    return unreadable(text, zone, /^\d{4}-\d\d-\d\d$/.test(text) ? 'it names a day and no time' : undefined);
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return unreadable(text, zone, `there is no day ${text.slice(0, 10)}`);
  // 24:00:00 is the end of a day in ISO 8601 and 00:00 of the next one; a leap second does not exist in civil law here.
  if (hour > 24 || (hour === 24 && (minute > 0 || second > 0)) || minute > 59 || second > 59)
    return unreadable(text, zone, `no clock shows ${/^[\d:]+/.exec(text.slice(11))?.[0]}`);
  const local = dayOf(year, month, day) * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000;
  const offset = match[8];
  if (offset === undefined) {
    const example = zone === undefined ? 'Z or +05:00' : zone.format(local - zone.offsetAt(local) * 60_000).slice(19);
    return refuse('instant.no_offset', `"${clip(text)}" has no offset from UTC; add one, for example ${example}.`);
  }
  const shift = offsetMs(offset);
  if (shift === null) return unreadable(text, zone, `${offset} is no offset from UTC`);
  const at = local + Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)) - shift;
  if (at < EARLIEST || at > LATEST) {
    return refuse('instant.out_of_range', `"${clip(text)}" lies outside the years 1990-2100.`);
  }
  return at;
}

/** Milliseconds of `Z`, `+05`, `+0500` or `+05:00`; null beyond ±18 hours. */
function offsetMs(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  if (Number(text.slice(-2)) > 59 && text.length > 3) return null;
  if (minutes > 18 * 60) return null;
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}

function unreadable(text: string, zone: Zone | undefined, why?: string): Refusal {
  const example = `2026-03-12T11:00:00${zone?.format(Date.UTC(2026, 2, 12, 6)).slice(19) ?? '+05:00'}`;
  const what = why === undefined ? '' : ` (${why})`;
  return refuse('instant.unreadable', `"${clip(text)}" is not an instant${what}; write it as ${example}.`);
}
