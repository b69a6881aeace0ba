import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the clone, found from the sources (`launch/`) and from the build (`dist/launch/`) alike. */
export const root: string = [resolve(here, '..'), resolve(here, '..', '..')].find(isClone) ?? resolve(here, '..');

function isClone(folder: string): boolean {
  return existsSync(join(folder, 'package.json'));
}
