/**
 * Locks that are files, for things only one process may do: build, install, run on a data folder.
 * A lock names its process by number, start time and machine, so that one whose process is gone, or whose number
 * now belongs to another process, is recognised as stale and taken over.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** Takes the lock, or says who holds it. `stale` names the dead process whose lock was taken over. */
export function tryLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const me = { pid: process.pid, started: startOf(process.pid), host: hostname(), id: randomUUID() };
  const draft = `${file}.${me.id}`;
  writeFileSync(draft, JSON.stringify(me));
  let stale = null;
  try {
    for (;;) {
      try {
        linkSync(draft, file); // atomic, and the file is never seen half-written
        return { held: true, stale, release: () => release(file, me.id) };
      } catch (thrown) {
        if (thrown.code !== 'EEXIST') throw thrown;
      }
      const holder = read(file);
      if (holder === null) continue;
      if (holder.host !== me.host || isAlive(holder))
        return { held: false, holder, elsewhere: holder.host !== me.host };
      if (removeIfStill(file, holder)) stale = holder;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Waits for the lock; `onWait` is told once who holds it. Null when `timeoutMs` have passed. */
export async function waitForLock(file, timeoutMs, onWait = () => {}) {
  const end = Date.now() + timeoutMs;
  for (let told = false; ;) {
    const lock = tryLock(file);
    if (lock.held) return lock;
    if (!told) onWait(lock.holder);
    told = true;
    if (Date.now() > end) return null;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** When a process started, as the system names it; null when it is gone (or only its husk is left). */
export function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? null : fields[19];
    } catch {
      return null; // no such process
    }
  }
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.stdout?.trim() || null;
}

/** Whether exactly this process still runs, and not another one under its number. */
export const isAlive = ({ pid, started }) => started !== null && startOf(pid) === started;

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    if (thrown.code === 'ENOENT') return null;
    if (thrown instanceof SyntaxError) return { pid: 0, started: null, host: hostname(), id: 'unreadable' };
    throw thrown;
  }
}

/** Two processes may find the same stale lock: only the one that moves that very lock away goes on. */
function removeIfStill(file, holder) {
  const grave = `${file}.${randomUUID()}`;
  try {
    renameSync(file, grave);
  } catch (thrown) {
    if (thrown.code === 'ENOENT') return false;
    throw thrown;
  }
  const moved = read(grave);
  if (moved !== null && moved.id !== holder.id) {
    try {
      linkSync(grave, file); // it was somebody's fresh lock: put it back
    } catch (thrown) {
      if (thrown.code !== 'EEXIST') throw thrown;
    }
    rmSync(grave, { force: true });
    return false;
  }
  rmSync(grave, { force: true });
  return true;
}

function release(file, id) {
  if (read(file)?.id === id) rmSync(file, { force: true });
}
