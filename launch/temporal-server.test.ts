import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTemporalServer } from './temporal-server.js';

/** A program that ends with these words as often as it is told, and then listens where it was told to. */
function program(times: number, words: string): { readonly program: string; readonly log: string; starts(): number } {
  const folder = mkdtempSync(join(tmpdir(), 'merzim-temporal-'));
  const [file, count] = [join(folder, 'temporal.cjs'), join(folder, 'count')];
  writeFileSync(count, '0');
  writeFileSync(
    file,
    `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const n = Number(readFileSync('${count}', 'utf8'));
writeFileSync('${count}', String(n + 1));
if (n < ${times}) { console.error('${words}'); process.exit(1); }
require('node:net').createServer().listen(Number(process.argv[process.argv.indexOf('--port') + 1]), '127.0.0.1');
`,
  );
  chmodSync(file, 0o755);
  return { program: file, log: join(folder, 'log'), starts: () => Number(readFileSync(count, 'utf8')) };
}

test('another process was quicker to take a port: it is tried again', async () => {
  const it = program(2, 'listen tcp 127.0.0.1:44399: bind: address already in use');
  const server = await startTemporalServer(it);
  await server.stop();
  expect(it.starts()).toBe(3);
});

test('what will not go away is said at once; a port that stays taken is said in the end', async () => {
  const broken = program(9, 'no such flag');
  await expect(startTemporalServer(broken)).rejects.toMatchObject({ code: 'temporal.failed' });
  expect(broken.starts()).toBe(1);
  const taken = program(9, 'bind: address already in use');
  await expect(startTemporalServer(taken)).rejects.toMatchObject({ code: 'temporal.failed' });
  expect(taken.starts()).toBe(4);
});
