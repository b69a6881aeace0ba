import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { Connection } from '@temporalio/client';
import { startCluster, type Cluster } from '../../launch/cluster.js';
import { publicFolder } from '../../launch/postgres-binaries.js';
import { tellStderr } from '../../launch/progress.js';
import { APP_ROLE, ensureRole, OWNER_ROLE, withClient } from '../../launch/roles.js';
import { findTemporal } from '../../launch/temporal-program.js';
import { startTemporalServer, type TemporalServer } from '../../launch/temporal-server.js';
import { migrate } from '../../prisma/migrate.js';
import { ensureSearchAttributes } from '../../worker/search-attributes.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Port of the shared PostgreSQL; everybody on this machine is trusted there. */
    postgresPort: number;
    temporalAddress: string;
    temporalProgram: string;
    /** A folder that is deleted after the run. */
    scratch: string;
  }
}

/** Database that every test's own is copied from. */
export const TEMPLATE = 'merzim_template';

/** Starts one PostgreSQL and one Temporal server for all integration tests, side by side, and gives how to stop them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(publicFolder(), 'merzim-test-'));
  chmodSync(scratch, 0o755); // PostgreSQL may run as another user than this process
  const program = await findTemporal(tellStderr);
  const started = await Promise.allSettled([startDatabase(scratch), startClock(scratch, program)]);
  const [database, clock] = started;
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((each) => (each.status === 'fulfilled' ? each.value.stop() : undefined)));
    rmSync(scratch, { recursive: true, force: true });
  };
  for (const each of started) {
    if (each.status === 'rejected') {
      await stop();
      throw each.reason;
    }
  }
  if (database.status !== 'fulfilled' || clock.status !== 'fulfilled') throw new Error('unreachable');
  project.provide('postgresPort', database.value.port);
  project.provide('temporalAddress', clock.value.address);
  project.provide('temporalProgram', program);
  project.provide('scratch', scratch);
  return stop;
}

async function startDatabase(scratch: string): Promise<Cluster> {
  const cluster = await startCluster({
    folder: join(scratch, 'postgres'),
    log: join(scratch, 'postgres.log'),
    careless: true,
    scratch,
  });
  await withClient(cluster.superUrl('postgres'), async (client) => {
    await ensureRole(client, OWNER_ROLE, OWNER_ROLE);
    await ensureRole(client, APP_ROLE, APP_ROLE);
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER ${OWNER_ROLE}`);
  });
  await migrate(`postgresql://${OWNER_ROLE}@127.0.0.1:${cluster.port}/${TEMPLATE}`, APP_ROLE);
  return cluster;
}

async function startClock(scratch: string, program: string): Promise<TemporalServer> {
  const server = await startTemporalServer({ program, log: join(scratch, 'temporal.log'), forTests: true });
  const connection = await Connection.connect({ address: server.address });
  await ensureSearchAttributes(connection, 'default');
  await connection.close();
  return server;
}
