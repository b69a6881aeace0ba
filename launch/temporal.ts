import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { ensureSearchAttributes } from '../worker/search-attributes.js';
import { Failure, reasonOf } from './failure.mjs';
import type { Part } from './part.js';
import { portNear } from './ports.js';
import type { Tell } from './progress.js';
import { readSettings, rememberPort } from './settings.js';
import { findTemporal } from './temporal-program.js';
import { startTemporalServer } from './temporal-server.js';

/** The Temporal server that Merzim works with. */
export interface Clock {
  readonly address: string;
  readonly namespace: string;
  /** Address of its web page, when it is ours. */
  readonly ui: string | null;
  /** The server, when it is ours. */
  readonly part: Part | null;
}

/**
 * The server at TEMPORAL_ADDRESS when that is set, else one of our own that keeps its workflows in the data folder;
 * in either the search attributes are there and have the right type. Throws a Failure.
 */
export async function openClock(folder: string, tell: Tell): Promise<Clock> {
  const namespace = process.env['TEMPORAL_NAMESPACE'] || 'default';
  const given = process.env['TEMPORAL_ADDRESS'];
  const clock = given ? { address: given, namespace, ui: null, part: null } : await embedded(folder, namespace, tell);
  try {
    await prepare(clock);
  } catch (thrown) {
    await clock.part?.child.stop();
    throw thrown;
  }
  return clock;
}

const UI_PORT = 8233;

async function embedded(folder: string, namespace: string, tell: Tell): Promise<Clock> {
  const program = await findTemporal(tell);
  const kept = readSettings(folder).ports;
  const port = await portNear(kept['temporal']);
  const uiPort = await portNear(kept['temporalUi'] ?? UI_PORT);
  rememberPort(folder, 'temporal', port);
  rememberPort(folder, 'temporalUi', uiPort);
  const start = () =>
    startTemporalServer({
      program,
      log: join(folder, 'logs', 'temporal.log'),
      port,
      uiPort,
      file: join(folder, 'temporal', 'temporal.db'),
      namespaces: namespace === 'default' ? [] : [namespace],
    });
  const server = await start();
  const part = { child: server.child, start: async () => (await start()).child };
  return { address: server.address, namespace, ui: server.ui, part };
}

const PATIENCE_MS = 15_000;

async function prepare({ address, namespace }: Clock): Promise<void> {
  const connection = await connect(address);
  try {
    await waitForNamespace(connection, namespace, address);
    await ensureSearchAttributes(connection, namespace).catch((thrown: unknown) => {
      throw new Failure('temporal.attribute_type', { reason: reasonOf(thrown) });
    });
  } finally {
    await connection.close();
  }
}

/** A server that has just opened its port may not know its namespaces yet. */
async function waitForNamespace(connection: Connection, namespace: string, address: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return;
    } catch (thrown) {
      const missing = (thrown as { code?: number }).code === 5; // NOT_FOUND
      if (Date.now() > end) {
        if (missing) throw new Failure('temporal.namespace_missing', { namespace, address });
        throw new Failure('temporal.unreachable', { address, reason: reasonOf(thrown) });
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function connect(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: PATIENCE_MS });
  } catch (thrown) {
    throw new Failure('temporal.unreachable', { address, reason: reasonOf(thrown) });
  }
}
