/** The process that holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly started: string | null;
  readonly host: string;
  readonly id: string;
}

/** A lock that was taken; `stale` is the dead process it was taken over from. */
export interface Held {
  readonly held: true;
  readonly stale: Holder | null;
  readonly release: () => void;
}

/** A lock that another process holds; `elsewhere`: on another machine, so that it cannot be checked. */
export interface Refused {
  readonly held: false;
  readonly holder: Holder;
  readonly elsewhere: boolean;
}

/** Takes the lock, or says who holds it. */
export function tryLock(file: string): Held | Refused;

/** Waits for the lock; `onWait` is told once who holds it. Null when `timeoutMs` have passed. */
export function waitForLock(file: string, timeoutMs: number, onWait?: (holder: Holder) => void): Promise<Held | null>;

/** When a process started, as the system names it; null when it is gone. */
export function startOf(pid: number): string | null;

/** Whether exactly this process still runs, and not another one under its number. */
export function isAlive(process: Pick<Holder, 'pid' | 'started'>): boolean;
