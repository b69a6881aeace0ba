import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Failure, reasonOf } from './failure.mjs';
import type { Tell } from './progress.js';
import { buildTemporal } from './temporal-build.js';
import { tryDownload } from './temporal-download.js';

/** Where programs that Merzim fetched or built are kept between runs and clones. */
export function programFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'merzim', 'bin');
}

/**
 * Finds a Temporal server program, the first that works: TEMPORAL_CLI_PATH, `temporal` on PATH, one built or
 * downloaded earlier, the download of Temporal's own SDK, a build from the Go module proxy.
 * Throws a Failure that names the choices when there is none.
 */
export async function findTemporal(tell: Tell): Promise<string> {
  const named = process.env['TEMPORAL_CLI_PATH'];
  if (named) return requireUsable(named);
  const there = onPath('temporal') ?? earlier();
  if (there !== null) return there;
  const tried: string[] = ['"temporal" is not on PATH'];
  for (const [what, get] of [
    ['download', () => tryDownload(programFolder(), tell)],
    ['build', () => buildTemporal(programFolder(), onPath('go'), tell)],
  ] as const) {
    try {
      return await get();
    } catch (thrown) {
      tried.push(`${what}: ${reasonOf(thrown)}`);
    }
  }
  throw new Failure('temporal.not_found', { tried: tried.join('; ') });
}

/** The program of this name on PATH, if it can be executed. */
export function onPath(name: string): string | null {
  const places = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return places.map((folder) => join(folder, name)).find(canExecute) ?? null;
}

function earlier(): string | null {
  const built = join(programFolder(), 'temporal');
  if (canExecute(built)) return built;
  const downloads = [programFolder(), tmpdir()].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter(isDownload)
          .map((name) => join(folder, name))
      : [],
  );
  return downloads.find((path) => canExecute(path) && works(path)) ?? null;
}

const isDownload = (name: string): boolean => /^temporal-sdk-typescript-[\d.]+$/.test(name);

function requireUsable(path: string): string {
  if (!canExecute(path)) throw new Failure('temporal.cli_unusable', { path, reason: 'it is not an executable file' });
  if (!works(path)) throw new Failure('temporal.cli_unusable', { path, reason: '"--version" does not answer' });
  return path;
}

function canExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function works(path: string): boolean {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return asked.status === 0 && asked.stdout.includes('temporal');
}
