/**
 * Builds `dist/` from the sources: Prisma's client, TypeScript, data files, the bundle of the workflows. What the
 * build was made from is kept as a fingerprint; while that is the same nothing is done.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { runStep } from './run-step.mjs';

/** The folders of the product, tests included, as the compiler knows them. */
const foldersOf = (root) => JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).include;

const SINGLE = ['package-lock.json', 'tsconfig.json', 'package.json'];

/** Whether `dist/` was built from exactly these sources. Looks at names, sizes and times: a few milliseconds. */
export function isBuilt(root) {
  const stamp = join(root, 'dist', '.built');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Builds. Throws a Failure with the compiler's own words. */
export async function build(root, tell) {
  const before = fingerprint(root); // a change made during the build is built the next time
  const dist = join(root, 'dist');
  rmSync(join(dist, '.built'), { force: true });
  await generateClient(root, tell);
  await compile(root, dist, tell);
  copyData(root, dist);
  removeOrphans(root, dist);
  writeFileSync(join(dist, 'engine-digest'), digestOfRules(dist));
  await bundleWorkflows(root, tell);
  writeFileSync(join(dist, '.built'), before);
}

/** Names, sizes and times of all sources, as one hash. */
export function fingerprint(root) {
  const hash = createHash('sha1');
  for (const path of [...SINGLE, ...sources(root)]) {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

/** Paths of all files in the folders of the product, tests included, in order. */
function sources(root) {
  return foldersOf(root)
    .flatMap((folder) => walk(root, folder))
    .sort();
}

function walk(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(root, path) : entry.isFile() ? [path] : [];
  });
}

async function step(root, tell, what, args, env = {}) {
  const done = await runStep(tell, what, root, process.execPath, args, env);
  if (!done.ok) throw new Failure('build.failed', { step: what.toLowerCase(), reason: done.words });
}

/** The compiler remembers what it has written and does not look whether it is still there. */
async function compile(root, dist, tell) {
  const tsc = () => step(root, tell, 'Compiling', [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
  const isWhole = () =>
    sources(root).every((path) => !/(?<!\.d)\.ts$/.test(path) || existsSync(join(dist, path.replace(/ts$/, 'js'))));
  if (existsSync(dist)) await tsc();
  if (isWhole()) return;
  rmSync(join(root, 'node_modules', '.cache', 'tsconfig.tsbuildinfo'), { force: true });
  await tsc();
}

/** Prisma asks for an engine that generating does not use; any program in its place keeps it from downloading one. */
async function generateClient(root, tell) {
  const schema = join(root, 'prisma', 'schema.prisma');
  if (!existsSync(schema)) return;
  const made = createHash('sha256')
    .update(readFileSync(schema))
    .update(readFileSync(join(root, 'package-lock.json')));
  const digest = made.digest('hex');
  const stamp = join(root, 'generated', '.made');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await step(root, tell, "Generating Prisma's client", [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

/** Offers, scenarios, SQL and plain JavaScript stand in `dist/` where the compiled code looks for them: beside it. */
function copyData(root, dist) {
  for (const path of sources(root).filter((each) => !/\.(ts|tsx)$/.test(each) || each.endsWith('.d.ts'))) {
    cpSync(join(root, path), join(dist, path), { preserveTimestamps: true });
  }
}

/** Names the compiled rules by content: what stands beside every recorded outcome. Tests and offers (which have editions) do not count. */
export function digestOfRules(dist) {
  const hash = createHash('sha256');
  const code = walk(dist, 'rules').filter(
    (path) => /\.js$/.test(path) && !/\.test\.js$/.test(path) && !path.startsWith('rules/offers/'),
  );
  for (const path of code.sort())
    hash
      .update(`${path}\n`)
      .update(readFileSync(join(dist, path)))
      .update('\n');
  return hash.digest('hex').slice(0, 16);
}

/** What was built from a source that is gone must not be found any more. */
function removeOrphans(root, dist) {
  for (const path of foldersOf(root).flatMap((folder) => walk(dist, folder))) {
    const origin = path.replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(join(root, path)) && !existsSync(join(root, origin))) rmSync(join(dist, path));
  }
}

async function bundleWorkflows(root, tell) {
  const bundler = join(root, 'dist/worker/bundle.js');
  if (existsSync(bundler)) await step(root, tell, 'Bundling the workflows', [bundler]);
}
