import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../../launch/ports.js';
import { root } from '../../../launch/root.js';
import { ready, startProduct, type Product } from '../../support/product.js';

let folder = '';
let url = '';
let product: Product;

beforeAll(async () => {
  folder = mkdtempSync(join(inject('scratch'), 'readme-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  product = startProduct(folder, port);
  await ready(product);
}, 120_000);
afterAll(async () => {
  product.process.kill('SIGTERM');
  await product.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** The commands of the tour, block by block, as the readme prints them. */
function tour(): readonly string[] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/<!-- tour -->\n```sh\n([\s\S]*?)```/g)].map((block) => block[1] as string);
}

test('the tour of the readme does what the readme says', { timeout: 120_000 }, () => {
  const blocks = tour();
  expect(blocks).toHaveLength(5);
  const mark = '==== next ====';
  const script = ['set -e', ...blocks.map((block) => `${block}\necho "${mark}"`)].join('\n');
  const said = execFileSync('bash', ['-c', script], {
    cwd: root,
    env: { ...process.env, MERZIM_URL: url },
    encoding: 'utf8',
  }).split(mark);
  expect(said[2]).toMatch(/owed +108750\.00 KZT/);
  expect(said[2]).toMatch(/portal +closed: 5\.9 INV-1 since 2026-03-20T00:00:00\+05:00/);
  expect(said[3]).toMatch(/owed +0\.00 KZT/);
  expect(said[3]).toMatch(/portal +open/);
  expect(said[3]).toMatch(/5\.9 +INV-1 +fine +8650\.00[\s\S]*5\.9 +INV-1 +credit +8650\.00/);
  expect(said[4]).toMatch(/known from 26\.03\.2026 09:15/);
  expect(said[4]).toMatch(/as of 2026-03-22T12:00:00\+05:00[\s\S]*owed +108950\.00 KZT/);
});
