import type { Instant } from '../rules/law/types.js';
import type { Settlement } from '../prisma/index.js';
import type { Claim } from './record.js';

/** What a script says about an act now: wait until `later`, settle without asking a port, or nothing. */
export interface Scripted {
  readonly later: Instant | null;
  readonly settlement: Settlement | null;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  'calendar day': 86_400_000,
  week: 604_800_000,
};

/**
 * A length of a scripted performance (`2 hours`, `3 days`, `1 week`) in milliseconds.
 * @throws RangeError when it is not a number and a unit from second to week
 */
export function lengthMs(text: string): number {
  const [, n, unit] = /^\s*(\d+)\s+((?:calendar )?[a-z]+?)s?\s*$/.exec(text) ?? [];
  const ms = unit === undefined ? undefined : UNIT_MS[unit];
  if (ms === undefined) throw new RangeError(`not a length of time: ${text} (write for example "2 hours")`);
  return Number(n) * ms;
}

/** Reads the script of a test-clock contract for the act that was claimed. It concerns the doing of an effect, not its undoing. */
export function scripted({ performance, testClock, item, claimedAt, now }: Claim): Scripted {
  if (testClock === null || performance === null || item.operation !== 'do') return { later: null, settlement: null };
  const due = claimedAt + (performance.after === undefined ? 0 : lengthMs(performance.after));
  if (due > now) return { later: due, settlement: null };
  if (performance.fails !== true) return { later: null, settlement: null };
  return {
    later: null,
    settlement: { outcome: 'failed', receipt: { code: 'performance.scripted', message: 'scripted to fail' } },
  };
}
