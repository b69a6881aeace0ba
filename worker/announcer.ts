import { startRounds, type Running } from './rounds.js';

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

/**
 * Tells the receiver of changes of access that no act tells of. What it was told is written down after it has taken it, so that
 * it may hear of a version twice, and hears of the newest at least once. What it turns away is tried again at growing intervals.
 */
export function startAnnouncer({ untold, announce, restMs = 1_000, tell }: AnnouncerOptions): Running {
  return startRounds({
    restMs,
    tell,
    async round(stopped) {
      let failed: unknown = null;
      let told = 0;
      for (const { tenant, contract } of await untold(BATCH)) {
        if (stopped.aborted) break;
        await announce(tenant, contract).then(
          () => void (told += 1),
          (error: unknown) => void (failed = error),
        );
      }
      // One that is turned away while others are taken is no reason to keep those waiting.
      if (failed !== null && told === 0) throw failed;
      return told === BATCH;
    },
  });
}
