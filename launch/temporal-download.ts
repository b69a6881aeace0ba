import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd, type Child } from './child.js';
import { whileTelling, type Tell } from './progress.js';

const STALLED_MS = 20_000;

/**
 * Lets the Temporal SDK fetch the server it was made for, as its tests do, into the folder; gives its path.
 * Rejects when the download is not possible; without a network that takes a moment only, and a download that does
 * not grow for twenty seconds is given up.
 */
export async function tryDownload(folder: string, tell: Tell): Promise<string> {
  mkdirSync(folder, { recursive: true });
  let child: Child | null = null;
  let size = -1;
  let stalledMs = 0;
  const timer = setInterval(() => {
    const now = sizeOfDownload(folder);
    stalledMs = now > size ? 0 : stalledMs + 1_000;
    size = Math.max(now, size);
    if (stalledMs >= STALLED_MS) void child?.stop('SIGKILL');
  }, 1_000);
  try {
    await whileTelling(tell, 'Downloading the Temporal server, once', () =>
      runToEnd(
        {
          name: 'download',
          command: process.execPath,
          args: [downloader(), folder],
          log: join(dirname(folder), 'download.log'),
          signal: 'SIGKILL',
          wholeGroup: true,
        },
        (started) => (child = started),
      ),
    );
  } finally {
    clearInterval(timer);
  }
  const name = readdirSync(folder).find((each) => /^temporal-sdk-typescript-[\d.]+$/.test(each));
  if (name === undefined) throw new Error('the SDK left no program');
  return join(folder, name);
}

/** Plain JavaScript beside this file, so that it runs from the sources and from the build alike. */
const downloader = (): string => join(dirname(fileURLToPath(import.meta.url)), 'temporal-download.mjs');

function sizeOfDownload(folder: string): number {
  const partial = existsSync(folder) ? readdirSync(folder).find((each) => each.endsWith('.downloading')) : undefined;
  return partial === undefined ? 0 : (statSync(join(folder, partial), { throwIfNoEntry: false })?.size ?? 0);
}
