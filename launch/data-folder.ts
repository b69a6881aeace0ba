import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, reasonOf } from './failure.mjs';
import { clearLeftovers } from './leftovers.js';
import { tryLock, type Held } from './lock.mjs';
import type { Tell } from './progress.js';
import { root } from './root.js';

/** The folder in which the embedded parts keep their data: MERZIM_DATA, or `.data` in the clone. */
export const dataFolder = (): string => resolve(process.env['MERZIM_DATA'] || join(root, '.data'));

/**
 * Makes the folder this process's own until the lock is released. A lock that a killed run left behind is taken over,
 * after what that run had started has ended. Throws a Failure when the folder cannot be written or is in use.
 */
export async function takeDataFolder(folder: string, tell: Tell): Promise<Held> {
  const file = join(folder, 'merzim.lock');
  const lock = tryWrite(folder, () => tryLock(file));
  if (!lock.held) {
    const holder = `process ${lock.holder.pid} on ${lock.holder.host}`;
    throw new Failure(lock.elsewhere ? 'data.held_elsewhere' : 'data.in_use', { folder, file, holder });
  }
  if (lock.stale !== null)
    tell(`The last run (process ${lock.stale.pid}) ended without tidying up; going on with its data.`);
  await clearLeftovers(folder);
  return lock;
}

function tryWrite<T>(folder: string, work: () => T): T {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return work();
  } catch (thrown) {
    throw new Failure('folder.read_only', {
      folder,
      reason: (thrown as NodeJS.ErrnoException).code ?? reasonOf(thrown),
    });
  }
}
