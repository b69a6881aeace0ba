import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { runStep } from './run-step.mjs';

/** Packages with native parts belong to one interface of Node and one kind of machine. */
const machine = `${process.versions.modules} ${process.platform} ${process.arch}`;

/** Whether node_modules holds what the lock file names, for this machine. Reads two files. */
export function isInstalled(root) {
  const stamp = readStamp(root);
  return stamp !== null && stamp.machine === machine && stamp.lock === digestOfLock(root);
}

/** Installs with `npm ci`, unless somebody has installed the very same packages by hand. Throws a Failure. */
export async function install(root, tell) {
  if (!isSameByHand(root)) {
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const done = await runStep(tell, 'Installing packages; this takes about half a minute', root, 'npm', args);
    if (done.missing) throw new Failure('install.npm_missing');
    if (!done.ok) throw new Failure('install.failed', { reason: done.words });
  }
  writeFileSync(stampFile(root), JSON.stringify({ machine, lock: digestOfLock(root) }));
}

const stampFile = (root) => join(root, 'node_modules', '.installed.json');

const digestOfLock = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function readStamp(root) {
  return existsSync(stampFile(root)) ? JSON.parse(readFileSync(stampFile(root), 'utf8')) : null;
}

/** Compares the lock file with the one npm keeps of what it has really put into node_modules. */
function isSameByHand(root) {
  const kept = join(root, 'node_modules', '.package-lock.json');
  const stamp = readStamp(root);
  if (!existsSync(kept) || (stamp !== null && stamp.machine !== machine)) return false;
  const found = JSON.parse(readFileSync(kept, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);
  const needed = wanted.filter(([path, entry]) => path !== '' && !isForOthers(entry));
  return needed.every(
    ([path, entry]) => found[path]?.version === entry.version && found[path].integrity === entry.integrity,
  );
}

/** Optional packages are for other machines, or for none that is named here. */
function isForOthers({ optional, os, cpu, libc }) {
  return Boolean(optional) && (!os?.includes(process.platform) || !cpu?.includes(process.arch) || libc !== undefined);
}
