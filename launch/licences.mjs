// Checks the licence of every package in the lock file: `npm run licences`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Licences that ask for no more than a notice. */
const ALLOWED = new Set(
  'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 Unlicense CC0-1.0 PostgreSQL'.split(' '),
);

/** Packages that were looked at one by one, with what they are and why they may stay. */
const LOOKED_AT = {
  'seq-queue': 'MIT by its LICENSE file; its package.json is silent',
  unionfs: 'Unlicense by its LICENSE file; its package.json is silent',
  'caniuse-lite': 'CC-BY-4.0: a table of browsers that the bundler of workflows reads; not part of what it makes',
  elkjs: "EPL-2.0: part of Prisma's studio, a tool that comes with the prisma command and that Merzim never loads",
  lightningcss: 'MPL-2.0: part of the test runner; used as it is',
};

/** The packages whose licence is neither allowed nor looked at, as `name version: licence`. */
export function unknownLicences(lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !isKnown(nameOf(path), entry.license ?? ''))
    .map(([path, entry]) => `${nameOf(path)} ${entry.version}: ${entry.license ?? 'none given'}`);
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function isKnown(name, licence) {
  const parts = licence.replaceAll(/[()]/g, '').split(/ and | or /i);
  const looked = Object.keys(LOOKED_AT).some((each) => name === each || name.startsWith(`${each}-`));
  return looked || parts.every((part) => ALLOWED.has(part));
}

if (process.argv[1] === join(root, 'launch', 'licences.mjs')) {
  const unknown = unknownLicences();
  for (const line of unknown) process.stdout.write(`${line}\n`);
  process.stdout.write(`${unknown.length} packages with a licence that nobody has looked at\n`);
  process.exitCode = unknown.length === 0 ? 0 : 1;
}
