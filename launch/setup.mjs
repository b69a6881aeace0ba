/**
 * Makes a clone ready to run: checks Node, installs packages, builds. Everything that is in place is left alone, and
 * finding that out costs milliseconds. Plain JavaScript, because it runs before anything has been built.
 */
import { accessSync, constants } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { checkNode } from './check-node.mjs';
import { Failure, reasonOf } from './failure.mjs';
import { install, isInstalled } from './install.mjs';
import { waitForLock } from './lock.mjs';

/** The folder of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const WAIT_MS = 20 * 60_000;

/** Throws a Failure when this machine or this folder cannot be made ready. `tell` hears what takes long. */
export async function setUp(tell = (line) => process.stderr.write(`${line}\n`)) {
  checkNode();
  if (isInstalled(root) && isBuilt(root)) return;
  requireWritable(root);
  const file = join(root, '.cache', 'setup.lock');
  const lock = await takeLock(file, tell);
  try {
    if (!isInstalled(root)) await install(root, tell); // asked again: another launch may have done it meanwhile
    if (!isBuilt(root)) await build(root, tell);
  } finally {
    lock.release();
  }
}

async function takeLock(file, tell) {
  let pid = 0;
  const lock = await waitForLock(file, WAIT_MS, (holder) => {
    pid = holder.pid;
    tell(`Another launch (process ${pid}) is installing or building; waiting for it …`);
  });
  if (lock === null) throw new Failure('setup.busy', { pid, file });
  return lock;
}

function requireWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch (thrown) {
    throw new Failure('folder.read_only', { folder, reason: thrown.code ?? reasonOf(thrown) });
  }
}
