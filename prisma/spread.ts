import { createHash } from 'node:crypto';
import type { Instant, Zone } from '../rules/law/types.js';

/**
 * How long after its legal instant a contract wakes. Deadlines end at midnight for everyone, so wakings at a midnight of the
 * contract's zone are spread over a window by a hash of the contract: always the same delay for the same contract, in [0, windowMs).
 */
export function spreadOf(contract: string, wakeAt: Instant, zone: Zone, windowMs: number): number {
  if (windowMs <= 0 || zone.startOf(zone.dayOf(wakeAt)) !== wakeAt) return 0;
  return createHash('sha256').update(contract).digest().readUInt32BE(0) % windowMs;
}
