import { tailOf, type Child } from './child.js';
import { Failure, reasonOf } from './failure.mjs';
import type { Tell } from './progress.js';

/** A server that runs as a child, and how to start it again. */
export interface Part {
  readonly child: Child;
  readonly start: () => Promise<Child>;
}

/** The parts of a running product. */
export interface Parts {
  /** Watches over one more part: when it ends by itself it is started again. */
  readonly keep: (part: Part) => void;
  /** Rejects with a Failure when a part has ended five times within a minute; never resolves. */
  readonly lost: Promise<never>;
  readonly isStopping: () => boolean;
  /** Stops the parts, the last one first. */
  readonly stop: () => Promise<void>;
}

const LIMIT = 5;
const WINDOW_MS = 60_000;
const PAUSE_MS = 500;

/** Keeps parts running. `onChange` hears of the processes whenever one is added or replaced. */
export function keepParts(onChange: (running: readonly Child[]) => void, tell: Tell): Parts {
  const kept: { child: Child; gone: Promise<void> }[] = [];
  let stopping = false;
  const { promise: lost, reject: lose } = deferred();
  const changed = (): void => onChange(kept.map(({ child }) => child));

  const watch = async (entry: { child: Child }, start: Part['start']): Promise<void> => {
    const ends: number[] = [];
    for (let how = await entry.child.ended; !stopping; how = await entry.child.ended) {
      do {
        ends.push(performance.now());
        if (isTooMuch(ends)) return lose(failureOf(entry.child, how));
        tell(`${entry.child.name} ended by itself (${how}); starting it again.`);
        await new Promise((done) => setTimeout(done, PAUSE_MS * ends.length));
        if (stopping) return;
        how = await start().then(
          (child) => ((entry.child = child), ''),
          (thrown: unknown) => reasonOf(thrown),
        );
      } while (how !== '');
      if (stopping) return entry.child.stop();
      changed();
    }
  };

  return {
    keep: ({ child, start }) => {
      const entry = { child, gone: Promise.resolve() };
      kept.push(entry);
      entry.gone = watch(entry, start);
      changed();
    },
    lost,
    isStopping: () => stopping,
    stop: async () => {
      stopping = true;
      for (const entry of kept.toReversed()) {
        await entry.child.stop();
        await entry.gone;
      }
      onChange([]);
    },
  };
}

function isTooMuch(ends: readonly number[]): boolean {
  const now = ends.at(-1) ?? 0;
  return ends.filter((end) => now - end < WINDOW_MS).length >= LIMIT;
}

function failureOf({ name, log }: Child, how: string): Failure {
  return new Failure('part.keeps_failing', { name, how, log, tail: tailOf(log) });
}

function deferred(): { promise: Promise<never>; reject: (reason: Failure) => void } {
  let reject: (reason: Failure) => void = () => {};
  const promise = new Promise<never>((_, fail) => (reject = fail));
  promise.catch(() => undefined); // whoever races it hears of it; nobody may, while everything is being stopped
  return { promise, reject };
}
