import type { Instant } from './types.js';

/** When the offset from UTC of a place changed, and what it became; `starts[0]` is minus infinity. All in milliseconds. */
export interface Transitions {
  readonly starts: Float64Array;
  readonly offsets: Float64Array;
}

const FROM = Date.UTC(1985, 0, 1);
const TO = Date.UTC(2105, 0, 1);
// The shortest rule in force anywhere (Morocco's Ramadan) lasts a month; a week cannot step over a change and back.
const STEP = 7 * 86_400_000;

/**
 * Reads a place's changes of offset from the platform's data by bisection to the second; about ten milliseconds,
 * once for each zone. Outside 1985-2105 the nearest known offset holds. Null for an unknown name.
 */
export function findTransitions(id: string): Transitions | null {
  const offsetAt = reader(id);
  if (offsetAt === null) return null;
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offsetAt(FROM)];
  let offset = offsets[0]!;
  for (let at = FROM; at < TO; at += STEP) {
    const next = offsetAt(at + STEP);
    if (next === offset) continue;
    starts.push(bisect(at, at + STEP, offsetAt));
    offsets.push(next);
    offset = next;
  }
  return { starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) };
}

/** The first second in (before, after] that has the offset of `after`. */
function bisect(before: Instant, after: Instant, offsetAt: (at: Instant) => number): Instant {
  const target = offsetAt(after);
  let low = before;
  let high = after;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(middle) === target) high = middle;
    else low = middle;
  }
  return high;
}

function reader(id: string): ((at: Instant) => number) | null {
  // A name such as `+05:00` is an offset and not a place: it has no law of its own.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(id)) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return (at) => {
    const match = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(format.format(at));
    if (match === null)
      throw new Error(`This platform writes dates in a form that cannot be read: ${format.format(at)}`);
    const [month, day, year, hour, minute, second] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
}
