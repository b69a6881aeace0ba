import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from './child.js';
import { isAlive, startOf } from './lock.mjs';

/** A server that was started on a data folder, so that the next start can tell whether it still runs. */
interface Entry {
  readonly name: string;
  readonly pid: number;
  readonly started: string | null;
}

const GRACE_MS = 12_000;

/** Keeps a list of the servers that belong to a data folder. */
export function recordChildren(folder: string, children: readonly Child[]): void {
  const entries: readonly Entry[] = children.map(({ name, pid }) => ({ name, pid, started: startOf(pid) }));
  const file = listOf(folder);
  writeFileSync(`${file}.new`, JSON.stringify(entries));
  renameSync(`${file}.new`, file);
}

/**
 * Waits until the servers of a run that was killed have ended: their watchdogs are at it. What still runs after that
 * (the watchdogs were killed as well) is killed here, or two servers would write to the same files.
 */
export async function clearLeftovers(folder: string): Promise<void> {
  const file = listOf(folder);
  if (!existsSync(file)) return;
  const entries = JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[];
  const running = (): readonly Entry[] => entries.filter(isAlive);
  await until(() => running().length === 0, GRACE_MS);
  for (const { pid } of running()) process.kill(pid, 'SIGKILL');
  await until(() => running().length === 0, GRACE_MS);
}

const listOf = (folder: string): string => join(folder, 'processes.json');

async function until(holds: () => boolean, timeoutMs: number): Promise<void> {
  for (const end = Date.now() + timeoutMs; !holds() && Date.now() < end;) {
    await new Promise((done) => setTimeout(done, 50));
  }
}
