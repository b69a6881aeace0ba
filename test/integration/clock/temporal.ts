import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../../../worker/search-attributes.js';

/** A Temporal server of its own for one test file, that can be stopped, started again and wiped. */
export interface OwnTemporal {
  readonly address: string;
  client(): Promise<Client>;
  stop(): Promise<void>;
  start(): Promise<void>;
  wipe(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts one on a free port with a database file of its own. */
export async function ownTemporal(): Promise<OwnTemporal> {
  const folder = await mkdtemp(join(tmpdir(), 'merzim-temporal-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const file = join(folder, 'temporal.db');
  let server: ChildProcess | null = null;
  let connections: Connection[] = [];

  async function start(): Promise<void> {
    const args = [
      'server',
      'start-dev',
      '--headless',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--db-filename',
      file,
    ];
    const settings = [
      '--log-level',
      'never',
      '--dynamic-config-value',
      'system.forceSearchAttributesCacheRefreshOnRead=true',
    ];
    server = spawn(binary(), [...args, ...settings], { stdio: 'ignore' });
    const connection = await connected(address);
    await ensureSearchAttributes(connection, 'default');
    await connection.close();
  }
  async function stop(): Promise<void> {
    const child = server;
    server = null;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
  await start();
  return {
    address,
    start,
    stop,
    async client() {
      const connection = await connected(address);
      connections.push(connection);
      return new Client({ connection });
    },
    async wipe() {
      await stop();
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
    },
    async dispose() {
      await Promise.all(connections.map((connection) => connection.close()));
      connections = [];
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(address: string): Promise<Connection> {
  for (let tries = 0; ; tries++) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return connection;
    } catch (error) {
      if (tries > 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function binary(): string {
  const places = [process.env['MERZIM_TEMPORAL'], join(homedir(), '.cache', 'merzim', 'bin', 'temporal')];
  return places.find((place) => place !== undefined && existsSync(place)) ?? 'temporal';
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
