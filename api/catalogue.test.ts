import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE, titleOf } from './catalogue.js';
import { errorsPage } from './errors-page.js';
import { statusOf } from './problem.js';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['rules', 'compose', 'prisma', 'activities', 'workflows', 'api', 'cli'];
const SAID = /(?:\bcode: |\b(?:refuse|refuseFact|refuseScenario|unknown|wrong)\(\s*)'([a-z]+\.[a-z_]+)'/g;

test('docs/errors.md is the catalogue', async () => {
  await expect(errorsPage()).toMatchFileSnapshot(join(ROOT, 'docs', 'errors.md'));
});

test('every code that the code says is in the catalogue', () => {
  const said = FOLDERS.flatMap(sources).flatMap((file) => {
    return [...readFileSync(file, 'utf8').matchAll(SAID)].map(([, code]) => code as string);
  });
  expect(said.length).toBeGreaterThan(60);
  expect([...new Set(said)].filter((code) => !Object.hasOwn(CATALOGUE, code)).sort()).toEqual([]);
});

test('a code that nobody wrote down stands for itself', () => {
  expect(titleOf('constructor')).toBe('constructor');
  expect(statusOf('constructor')).toBe(422);
});

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name) && !entry.parentPath.includes('testing'))
    .map((entry) => join(entry.parentPath, entry.name));
}
