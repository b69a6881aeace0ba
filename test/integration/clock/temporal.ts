import { rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { startTemporalServer, type TemporalServer } from '../../../launch/temporal-server.js';
import { ensureSearchAttributes } from '../../../worker/search-attributes.js';

/** A Temporal server of one test's own, that can be stopped, started again at the same address, and wiped. */
export interface OwnTemporal {
  readonly address: string;
  readonly client: Client;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and deletes all that it knew. */
  wipe(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts one that keeps its data in a file. */
export async function ownTemporal(): Promise<OwnTemporal> {
  const folder = mkdtempSync(join(inject('scratch'), 'temporal-'));
  const file = join(folder, 'temporal.db');
  const program = inject('temporalProgram');
  const options = { program, log: join(folder, 'log'), file, forTests: true };
  let server: TemporalServer = await startTemporalServer(options);
  const { port, address } = server;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection });
  await prepared();

  async function prepared(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        return await ensureSearchAttributes(connection, 'default');
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
  return {
    address,
    client,
    stop: () => server.stop(),
    async start() {
      server = await startTemporalServer({ ...options, port });
      await prepared();
    },
    async wipe() {
      await server.stop();
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
    },
    async dispose() {
      await connection.close();
      await server.stop();
    },
  };
}
