import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runToEnd, type Child } from './child.js';
import { waitForLock } from './lock.mjs';
import { whileTelling, type Tell } from './progress.js';

/** The newest release of Temporal's program that `go install` accepts: later ones carry a local `replace`. */
const MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/**
 * Builds the Temporal server from the Go module proxy into the folder and gives its path. Takes about three
 * minutes and, while it runs, three gigabytes beside the folder. Two launches do not build at once: the second waits.
 * Rejects when Go is missing or the build fails; leaves nothing half-made behind.
 */
export async function buildTemporal(folder: string, go: string | null, tell: Tell): Promise<string> {
  if (go === null) throw new Error('Go is not installed');
  const built = join(folder, 'temporal');
  const work = dirname(folder);
  mkdirSync(folder, { recursive: true });
  const lock = await waitForLock(join(work, 'build.lock'), 30 * 60_000, ({ pid }) =>
    tell(`Another launch (process ${pid}) is building Temporal; waiting for it …`),
  );
  if (lock === null) throw new Error('another launch has been building for half an hour');
  try {
    if (isThere(built)) return built;
    removeLeftovers(work);
    const scratch = join(work, `build-${process.pid}`);
    try {
      await whileTelling(tell, 'Building the Temporal server from source, once; this takes some minutes', () =>
        compile(go, scratch),
      );
      renameSync(join(scratch, 'bin', 'temporal'), built);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    return built;
  } finally {
    lock.release();
  }
}

async function compile(go: string, scratch: string): Promise<void> {
  mkdirSync(scratch, { recursive: true });
  const env = {
    ...process.env,
    CGO_ENABLED: '0',
    GOBIN: join(scratch, 'bin'),
    GOMODCACHE: join(scratch, 'mod'),
    GOCACHE: join(scratch, 'cache'),
    GOTMPDIR: scratch,
    GOFLAGS: '-modcacherw', // or the module cache could not be deleted
  };
  let child: Child | null = null;
  const stop = (): void => void child?.stop('SIGKILL');
  process.once('exit', stop);
  try {
    await runToEnd(
      {
        name: 'Go',
        command: go,
        args: ['install', '-trimpath', '-ldflags', '-s -w', MODULE],
        log: join(dirname(scratch), 'build.log'),
        env,
        cwd: scratch,
        scratch,
        signal: 'SIGKILL',
        wholeGroup: true,
      },
      (started) => (child = started),
    );
  } finally {
    process.off('exit', stop);
  }
}

/** Scratch folders of builds that were killed: only the holder of the lock gets here, so none is in use. */
function removeLeftovers(work: string): void {
  for (const name of readdirSync(work).filter((each) => /^build-\d+$/.test(each))) {
    rmSync(join(work, name), { recursive: true, force: true });
  }
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
