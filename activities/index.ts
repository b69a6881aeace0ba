import { advanceContract } from './advance.js';
import { performAct } from './perform.js';
import type { Ports } from './ports.js';
import type { HandsRecord } from './record.js';

/** What activities work with; a worker gives real ones, a test gives others. */
export interface Hands {
  readonly record: HandsRecord;
  readonly ports: Ports;
}

/** All activities of a contract: judge the record, do one act. */
export function createActivities(hands: Hands) {
  return {
    advanceContract: advanceContract(hands),
    performAct: performAct(hands),
  };
}

/** The type that workflows import; they see names and shapes, never code. */
export type Activities = ReturnType<typeof createActivities>;
