import { setTimeout as pause } from 'node:timers/promises';

/** Something that runs until it is stopped. */
export interface Running {
  /** Resolves when the last round is over. */
  stop(): Promise<void>;
}

/** What is done again and again. */
export interface Rounds {
  /** Does one round and answers whether there is more to do at once; throws when whoever it goes to is away. */
  readonly round: (stopped: AbortSignal) => Promise<boolean>;
  /** How long to rest when there was nothing, in milliseconds; longer each time while the other side is away. */
  readonly restMs: number;
  /** Told when the other side went away or came back. */
  readonly tell?: ((event: 'away' | 'back', error?: unknown) => void) | undefined;
}

const LONGEST_REST_MS = 10_000;

/** Does rounds until it is stopped. A round that fails is followed by the next, at growing intervals. */
export function startRounds({ round, restMs, tell }: Rounds): Running {
  return running(async (stopped) => {
    for (let failures = 0; !stopped.aborted;) {
      try {
        const more = await round(stopped);
        if (failures > 0) tell?.('back');
        failures = 0;
        if (!more) await rest(restMs, stopped);
      } catch (error) {
        if (failures++ === 0) tell?.('away', error);
        await rest(Math.min(restMs * 2 ** failures, LONGEST_REST_MS), stopped);
      }
    }
  });
}

/** Starts what runs until the signal; stopping gives the signal and waits for its end. */
export function running(run: (stopped: AbortSignal) => Promise<void>): Running {
  const stopped = new AbortController();
  const ended = run(stopped.signal);
  return {
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}

/** Rests, unless it is stopped meanwhile. */
export async function rest(ms: number, stopped: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
  });
}
