import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isAlive } from '../../../launch/lock.mjs';
import { freePort } from '../../../launch/ports.js';
import { ready, startProduct, until, type Product } from '../../support/product.js';

let folder = '';
let port = 0;
const running = new Set<Product>();

beforeAll(async () => {
  folder = mkdtempSync(join(inject('scratch'), 'start-'));
  chmodSync(folder, 0o755);
  port = await freePort();
});
afterAll(async () => {
  for (const product of running) {
    product.process.kill('SIGTERM');
    await product.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>> = {}): Product {
  const product = startProduct(folder, port, env);
  running.add(product);
  void product.ended.then(() => running.delete(product));
  return product;
}

type Server = Parameters<typeof isAlive>[0] & { readonly name: string };
const servers = (): readonly Server[] =>
  JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as readonly Server[];

describe('merzim start', () => {
  test('runs four servers, survives being killed hard, goes on with its data, and leaves nothing behind', async () => {
    const first = start();
    await ready(first);
    const killed = servers();
    expect(killed.map(({ name }) => name)).toEqual(['PostgreSQL', 'Temporal', 'The worker', 'The api']);
    expect(killed.every(isAlive)).toBe(true);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);

    const second = start();
    expect(await second.ended).toBe(2);
    expect(second.said()).toMatch(/^data\.in_use: Merzim is already running on the data folder/);

    first.process.kill('SIGKILL');
    await first.ended;
    const third = start();
    await ready(third);
    expect(third.said()).toContain('ended without tidying up; going on with its data');
    expect(killed.some(isAlive)).toBe(false);

    const stopped = servers();
    third.process.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(stopped.some(isAlive)).toBe(false);
  }, 240_000);

  test('starts a server again that ends by itself', async () => {
    const product = start();
    await ready(product);
    const worker = servers().find(({ name }) => name === 'The worker');
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await until(() => product.said().includes('The worker ended by itself (SIGKILL); starting it again.'), 10_000);
    await until(() => servers().every(isAlive), 10_000);
    expect(servers()).toHaveLength(4);
    product.process.kill('SIGTERM');
    expect(await product.ended).toBe(0);
  }, 180_000);

  test('a port in use is said in one sentence', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const product = start();
    expect(await product.ended).toBe(2);
    expect(product.said()).toBe(
      `port.in_use: Port ${port} on 127.0.0.1 is used by another program; stop it or set PORT to another port.\n`,
    );
    await new Promise((done) => other.close(done));
  });

  test.each([
    [
      'a folder that cannot be made',
      { MERZIM_DATA: 'FILE/data' },
      /^folder\.read_only: The folder .* cannot be written/,
    ],
    ['a wrong port', { PORT: 'eighty' }, /^port\.wrong: PORT must be a port from 1 to 65535, not "eighty"\.\n$/],
    [
      'a database that is away',
      { DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' },
      /^database\.unreachable: .*ECONNREFUSED/,
    ],
    ['a Temporal program that is none', { TEMPORAL_CLI_PATH: '/nowhere/temporal' }, /^temporal\.cli_unusable: /],
  ])('%s is said in one sentence', async (_title, env, sentence) => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const given = Object.entries(env).map(([name, value]) => [name, value.replace('FILE', file)]);
    const product = start(Object.fromEntries(given) as Record<string, string>);
    expect(await product.ended).toBe(2);
    expect(product.said()).toMatch(sentence);
  });
});
