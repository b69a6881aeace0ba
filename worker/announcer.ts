import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from './relay.js';

/** How an announcer runs. */
export interface AnnouncerOptions {
  /** Contracts whose receiver does not know yet who is shut out of what. */
  readonly untold: (limit: number) => Promise<readonly { readonly tenant: string; readonly contract: string }[]>;
  /** Tells the receiver the whole state, and notes that it has it. */
  readonly announce: (tenant: string, contract: string) => Promise<void>;
  /** How long to rest when there was nothing, in milliseconds. */
  readonly restMs?: number;
  /** Told when the receiver or the database turned away or came back. */
  readonly tell?: (event: 'away' | 'back', error?: unknown) => void;
}

const BATCH = 100;
const LONGEST_REST_MS = 10_000;

/**
 * Tells the receiver of changes of access that no act tells of. What it was told is written down after it has taken it, so that
 * it may hear of a version twice, and hears of the newest at least once. What it turns away is tried again at growing intervals.
 */
export function startAnnouncer({ untold, announce, restMs = 1_000, tell }: AnnouncerOptions): Running {
  const stopped = new AbortController();
  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    for (let failures = 0; !stopped.signal.aborted;) {
      const { failed, told } = await round().catch((error: unknown) => ({ failed: error, told: 0 }));
      // One that is turned away while others are taken is no reason to keep those waiting.
      const away = failed !== null && told === 0;
      if (away && failures++ === 0) tell?.('away', failed);
      else if (!away && failures > 0) {
        failures = 0;
        tell?.('back');
      }
      const ms = told === BATCH ? 0 : Math.min(restMs * 2 ** failures, LONGEST_REST_MS);
      await pause(ms, undefined, { signal: stopped.signal }).catch((error: unknown) => {
        if (!stopped.signal.aborted) throw error;
      });
    }
  }

  /** Answers what went wrong with one of them, or null, and how many were told. */
  async function round(): Promise<{ readonly failed: unknown; readonly told: number }> {
    let failed: unknown = null;
    let told = 0;
    for (const { tenant, contract } of await untold(BATCH)) {
      if (stopped.signal.aborted) break;
      await announce(tenant, contract).then(
        () => void (told += 1),
        (error: unknown) => void (failed = error),
      );
    }
    return { failed, told };
  }
}
