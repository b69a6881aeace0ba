/** Throws a Failure when this Node cannot run Merzim. */
export function checkNode(version?: string, offsetHours?: number): void;
