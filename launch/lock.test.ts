import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, startOf, tryLock, waitForLock } from './lock.mjs';
import { root } from './root.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'merzim-lock-'));
  file = join(folder, 'it.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

const deadPid = (): number => spawnSync(process.execPath, ['-e', '0']).pid;
const write = (holder: object): void => writeFileSync(file, JSON.stringify(holder));

test('a lock is held once, and free again after release', () => {
  const first = tryLock(file);
  expect(first).toMatchObject({ held: true, stale: null });
  expect(tryLock(file)).toMatchObject({ held: false, elsewhere: false, holder: { pid: process.pid } });
  if (first.held) first.release();
  expect(tryLock(file)).toMatchObject({ held: true, stale: null });
});

test('the lock of a process that is gone is taken over, and says whose it was', () => {
  const pid = deadPid();
  write({ pid, started: '1', host: hostname(), id: 'old' });
  expect(tryLock(file)).toMatchObject({ held: true, stale: { pid } });
});

test('a number that another process has now does not count as the holder', () => {
  write({ pid: process.pid, started: 'another time', host: hostname(), id: 'old' });
  expect(tryLock(file)).toMatchObject({ held: true, stale: { pid: process.pid } });
});

test('a half-written lock is stale', () => {
  writeFileSync(file, '{"pid": 12');
  expect(tryLock(file)).toMatchObject({ held: true });
});

test('a lock from another machine is not judged', () => {
  write({ pid: deadPid(), started: '1', host: 'elsewhere', id: 'old' });
  expect(tryLock(file)).toMatchObject({ held: false, elsewhere: true });
});

test('who was taken over does not release the lock of the next', () => {
  const first = tryLock(file);
  write({ pid: process.pid, started: startOf(process.pid), host: hostname(), id: 'next' });
  if (first.held) first.release();
  expect(readFileSync(file, 'utf8')).toContain('next');
});

test('waiting ends when the time is over', async () => {
  tryLock(file);
  const told: number[] = [];
  expect(await waitForLock(file, 0, ({ pid }) => told.push(pid))).toBeNull();
  expect(told).toEqual([process.pid]);
});

test('a process lives until it is killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  const pid = child.pid ?? 0;
  const started = startOf(pid);
  expect(isAlive({ pid, started })).toBe(true);
  child.kill('SIGKILL');
  await new Promise((done) => child.once('exit', done));
  expect(isAlive({ pid, started })).toBe(false);
});

test('of eight processes that find the same stale lock at once exactly one holds it', async () => {
  write({ pid: deadPid(), started: '1', host: hostname(), id: 'old' });
  const module = pathToFileURL(join(root, 'launch', 'lock.mjs')).href;
  const script = `const { tryLock } = await import('${module}');
    const lock = tryLock(process.argv[1]); console.log(lock.held); setTimeout(() => {}, lock.held ? 1500 : 0);`;
  const runs = Array.from({ length: 8 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, file]);
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    return new Promise<string>((done) => child.once('close', () => done(said.trim())));
  });
  const answers = await Promise.all(runs);
  expect(answers.filter((each) => each === 'true')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(['it.lock']);
});
