import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createNamespace, temporalAddress } from '../../support/clock.js';
import { createDatabase } from '../../support/database.js';

const MAIN = fileURLToPath(new URL('../../../dist/worker/main.js', import.meta.url));

/** The worker's process, ready. */
async function started(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = fork(MAIN, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

async function settings(): Promise<Readonly<Record<string, string>>> {
  const database = await createDatabase();
  onTestFinished(() => database.drop());
  const connection = await Connection.connect({ address: temporalAddress() });
  onTestFinished(() => connection.close());
  return {
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace(connection),
    MERZIM_DATA: mkdtempSync(join(inject('scratch'), 'main-')),
  };
}

test('the worker’s process ends by itself on a signal and when its parent is gone', async () => {
  const env = await settings();
  for (const end of [
    (child: ChildProcess) => void child.kill('SIGTERM'),
    (child: ChildProcess) => void child.kill('SIGINT'),
    (child: ChildProcess) => child.disconnect(),
  ]) {
    const child = await started(env);
    const gone = ended(child);
    end(child);
    expect(await gone).toBe(0);
  }
});

test('it ends on a signal though Temporal is not there', async () => {
  const env = { ...process.env, ...(await settings()), TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const child = fork(MAIN, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = ended(child);
  await new Promise((resolve) => child.stderr?.once('data', resolve));
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
});

test('without a record there is no worker, and it says why', async () => {
  const { DATABASE_URL: _, ...env } = await settings();
  const child = fork(MAIN, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  expect(await ended(child)).toBe(1);
  expect(said).toContain('DATABASE_URL is not set');
});
