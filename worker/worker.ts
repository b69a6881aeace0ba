import { Client, Connection } from '@temporalio/client';
import type { Ports } from '../activities/ports.js';
import type { HandsRecord } from '../activities/record.js';
import { handsOf, openAmendments, pokesDone, type Rec, sweep, takePokes, untoldAccess } from '../prisma/index.js';
import { runAmendment } from './amendments.js';
import { startAnnouncer } from './announcer.js';
import { headsWriter, type HeadsOptions } from './heads.js';
import { startHost } from './host.js';
import { startRelay } from './relay.js';
import { ensureSearchAttributes } from './search-attributes.js';
import { startSweep } from './sweep.js';

/** What a worker is given. */
export interface WorkerOptions {
  readonly rec: Rec;
  /** `host:port` of the Temporal server, and the namespace in it. */
  readonly address: string;
  readonly namespace: string;
  /** Makes the ports; it is given the record that they write to. */
  readonly ports: (record: HandsRecord) => Ports;
  /** Tells a receiver how access of a contract stands; without it nobody is told but by acts. */
  readonly announce?: (record: HandsRecord) => (tenant: string, contract: string) => Promise<void>;
  readonly taskQueue?: string;
  readonly maxCachedWorkflows?: number;
  /** Between two sweeps, and how long past its waking a contract is given up to the sweep; in milliseconds. */
  readonly sweepMs?: number;
  readonly graceMs?: number;
  /** Writes signed heads of all journals outside the database; without it nothing is signed. */
  readonly heads?: HeadsOptions;
  /** Between two looks for pokes when there are none, in milliseconds. */
  readonly relayRestMs?: number;
  /** Told of what went away, came back or was found, in one line. */
  readonly tell?: (line: string) => void;
}

/** A worker that runs. */
export interface RunningWorker {
  /** Ends it gracefully: no new pokes, then the activities under way, then the connections. The record stays open. */
  stop(): Promise<void>;
  /** Rejects when it dies by itself. */
  readonly ended: Promise<void>;
}

/** Starts all that makes contracts live: the host of workflows and activities, the relay of pokes, the announcer of access, the sweep. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { rec, address, namespace, tell = () => undefined } = options;
  const record = handsOf(rec);
  const hands = { record, ports: options.ports(record) };
  const connection = await Connection.connect({ address });
  await ensureSearchAttributes(connection, namespace);
  const client = new Client({ connection, namespace });
  const { taskQueue, maxCachedWorkflows } = options;
  const queue = taskQueue === undefined ? {} : { taskQueue };
  const cache = maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows };
  const host = await startHost({ address, namespace, hands, ...queue, ...cache });
  const relay = startRelay({
    client,
    ...queue,
    restMs: options.relayRestMs ?? 100,
    source: { take: (limit) => takePokes(rec, limit), done: (pokes) => pokesDone(rec, pokes) },
    tell: (event, error) => tell(event === 'back' ? 'pokes are carried again' : `pokes wait: ${reasonOf(error)}`),
  });
  const announcer =
    options.announce === undefined
      ? null
      : startAnnouncer({
          announce: options.announce(record),
          untold: (limit) => untoldAccess(rec, limit),
          tell: (event, error) =>
            tell(event === 'back' ? 'access is told again' : `access waits to be told: ${reasonOf(error)}`),
        });
  const writeHeads = options.heads === undefined ? null : headsWriter(rec, options.heads);
  const sweeping = startSweep({
    intervalMs: options.sweepMs ?? 60_000,
    sweep: async () => {
      const found = await sweep(rec, options.graceMs === undefined ? {} : { graceMs: options.graceMs });
      for (const change of await openAmendments(rec)) await runAmendment(client, change, taskQueue);
      for (const file of (await writeHeads?.()) ?? []) tell(`heads were signed: ${file}`);
      return found.length;
    },
    tell: (event, what) => tell(event === 'found' ? `the sweep found ${what}` : `the sweep failed: ${reasonOf(what)}`),
  });
  return {
    ended: host.ended,
    async stop() {
      await Promise.all([relay.stop(), sweeping.stop(), announcer?.stop()]);
      await host.stop();
      await connection.close();
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
