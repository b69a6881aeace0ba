import { rest, running, type Running } from './rounds.js';

/** How a sweep runs. */
export interface SweepOptions {
  /** Looks through the record for contracts that nobody looks after and writes their pokes; answers how many. */
  readonly sweep: () => Promise<number>;
  /** Between two looks, in milliseconds. */
  readonly intervalMs?: number;
  readonly tell?: (event: 'found' | 'failed', what: unknown) => void;
}

/**
 * Looks through the record at an interval. What it finds is poked, so that whatever was lost outside the record (an
 * activity, a run, the whole of Temporal's data) begins again. The first look is at once: it is what restores a wiped server.
 */
export function startSweep({ sweep, intervalMs = 30_000, tell }: SweepOptions): Running {
  return running(async (stopped) => {
    while (!stopped.aborted) {
      try {
        const found = await sweep();
        if (found > 0) tell?.('found', found);
      } catch (error) {
        tell?.('failed', error);
      }
      await rest(intervalMs, stopped);
    }
  });
}
