/** Throws a Failure when this Node cannot run Merzim. */
export function checkNode(version?: string, offsetHours?: number): void;

/** How far Almaty is ahead of UTC in March 2026, by the release of the time-zone data or by asking them. */
export function almatyOffsetHours(release?: string): number;
