import { advanceContract } from './advance.js';
import { amendNext } from './amend.js';
import { performAct } from './perform.js';
import type { Ports } from './ports.js';
import type { HandsRecord } from './record.js';

/** What activities work with; a worker gives real ones, a test gives others. */
export interface Hands {
  readonly record: HandsRecord;
  readonly ports: Ports;
}

/** All activities: judge the record of a contract, do one act of it, bring a change to the next contracts of an offer. */
export function createActivities(hands: Hands) {
  return {
    advanceContract: advanceContract(hands),
    performAct: performAct(hands),
    amendNext: amendNext(hands),
  };
}

/** The type that workflows import; they see names and shapes, never code. */
export type Activities = ReturnType<typeof createActivities>;
