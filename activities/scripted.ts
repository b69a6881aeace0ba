import { delayOf } from '../rules/engine/driver.js';
import type { Instant } from '../rules/law/types.js';
import type { Claim, Settlement } from './record.js';

/** What a script says about an act now: wait until `later`, settle without asking a port, or nothing. */
export interface Scripted {
  readonly later: Instant | null;
  readonly settlement: Settlement | null;
}

const NOTHING: Scripted = { later: null, settlement: null };

/**
 * Reads the script of a test-clock contract for the act that was claimed, as a simulation does: it concerns the doing of
 * an effect and not its undoing, and what fails does so at once.
 * @throws RangeError when the script names no length of time
 */
export function scripted({ contract: { performance, test }, step, claimedAt, now }: Claim): Scripted {
  if (!test || performance === null || step.operation !== 'do') return NOTHING;
  if (performance.fails === true)
    return {
      later: null,
      settlement: { outcome: 'failed', receipt: { code: 'performance.scripted', message: 'scripted to fail' } },
    };
  const due = claimedAt + (performance.after === undefined ? 0 : delayOf(performance.after));
  return due > now ? { later: due, settlement: null } : NOTHING;
}
