import { formatDay } from './day.js';
import { refuse } from './refusal.js';
import { DAY, HOUR, MINUTE } from './span.js';
import type { Day, Instant, Refusal, Zone } from './types.js';
import { findTransitions, type Transitions } from './zone-data.js';

const zones = new Map<string, Zone | Refusal>();

/**
 * The civil time of a place, by its IANA name. The same name gives the same object. Offsets are read from the
 * platform once; from then on everything is arithmetic on integers. Throws on a name that `findZone` would refuse.
 */
export function zoneOf(id: string): Zone {
  const zone = findZone(id);
  if ('code' in zone) throw new RangeError(zone.message);
  return zone;
}

/** The same for a name that comes from outside: an unknown one is refused. */
export function findZone(id: string): Zone | Refusal {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const table = findTransitions(id);
  const found = table === null ? unknown(id) : makeZone(id, table);
  // Names that do not exist are not kept: a stream of them must not grow the memory.
  if (table !== null) zones.set(id, found);
  return found;
}

/**
 * What is wrong with this platform's time-zone data, or null. Kazakhstan has been at UTC+5 since 1 March 2024;
 * Node before 20.12 does not know it, and every deadline in Almaty would come out one hour early.
 */
export function zoneDataProblem(): string | null {
  const almaty = findZone('Asia/Almaty');
  if ('code' in almaty) {
    return 'This Node.js has no time-zone data for Asia/Almaty; install one with full ICU, 20.19 or newer.';
  }
  const before = almaty.offsetAt(Date.UTC(2024, 1, 15, 12));
  const after = almaty.offsetAt(Date.UTC(2024, 2, 15, 12));
  if (before === 360 && after === 300) return null;
  return (
    `The time-zone data of this Node.js are wrong for Almaty: they give UTC${sign(before)} before and UTC${sign(after)} after ` +
    '1 March 2024, where the law says UTC+06:00 and UTC+05:00; install Node.js 20.19 or newer.'
  );
}

function makeZone(id: string, { starts, offsets }: Transitions): Zone {
  const last = starts.length - 1;
  const lastStart = starts[last]!;
  const lastOffset = offsets[last]!;
  // Nearly everything that is asked about lies after the last change or between it and the one before.
  const earlier = Math.max(last - 1, 0);
  const earlierStart = starts[earlier]!;
  const earlierOffset = offsets[earlier]!;
  // Days that are wholly inside a stretch: no change within two days of their midnight.
  const plainFrom = Math.ceil((lastStart + lastOffset) / DAY) + 2;
  const earlierFrom = Math.ceil((earlierStart + earlierOffset) / DAY) + 2;
  const earlierTo = Math.floor((lastStart + earlierOffset) / DAY) - 2;

  const segmentOf = (at: Instant): number => {
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const offsetMs = (at: Instant): number =>
    at >= lastStart ? lastOffset : at >= earlierStart ? earlierOffset : offsets[segmentOf(at)]!;

  const startOf = (day: Day): Instant => {
    const local = day * DAY;
    if (day >= plainFrom) return local - lastOffset;
    if (day >= earlierFrom && day <= earlierTo) return local - earlierOffset;
    // Where local time jumps over midnight the day starts at the jump; where midnight comes twice, at the first one.
    for (let i = segmentOf(local - 2 * DAY); i < last; i++) {
      const at = Math.max(starts[i]!, local - offsets[i]!);
      if (at < starts[i + 1]!) return at;
    }
    return Math.max(lastStart, local - lastOffset);
  };

  let named: Day = Number.NaN;
  let name = '';
  return {
    id,
    startOf,
    dayOf: (at) => Math.floor((at + offsetMs(at)) / DAY),
    offsetAt: (at) => offsetMs(at) / MINUTE,
    steady: (from, to) => from >= lastStart || segmentOf(from) === segmentOf(to),
    format: (at) => {
      const offset = offsetMs(at);
      const local = at + offset;
      const day = Math.floor(local / DAY);
      if (day !== named) {
        named = day;
        name = formatDay(day);
      }
      return `${name}T${clock(local - day * DAY)}${sign(offset / MINUTE)}`;
    },
  };
}

/** `HH:MM:SS`, with milliseconds only when there are any. */
function clock(ms: number): string {
  if (ms === 0) return '00:00:00';
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor(ms / MINUTE) % 60;
  const seconds = Math.floor(ms / 1000) % 60;
  const rest = ms % 1000;
  const text = `${TWO[hours]}:${TWO[minutes]}:${TWO[seconds]}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const signs = new Map<number, string>();

/** `+05:00`. */
function sign(minutes: number): string {
  const known = signs.get(minutes);
  if (known !== undefined) return known;
  const size = Math.abs(minutes);
  const text = `${minutes < 0 ? '-' : '+'}${TWO[Math.floor(size / 60)]}:${TWO[Math.floor(size % 60)]}`;
  signs.set(minutes, text);
  return text;
}

function unknown(id: string): Refusal {
  return refuse(
    'zone.unknown',
    `There is no time zone "${id.slice(0, 60)}"; give an IANA name, for example Asia/Almaty.`,
  );
}

export { parseInstant } from './instant.js';
