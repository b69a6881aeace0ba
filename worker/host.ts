import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities, type Hands } from '../activities/index.js';
import { TASK_QUEUE } from '../workflows/messages.js';
import { workflowBundle } from './bundle.js';

/** Where and how a worker runs. */
export interface HostOptions {
  /** `host:port` of the Temporal server. */
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue?: string;
  /** Workflows kept in memory; each costs about 70 kB. */
  readonly maxCachedWorkflows?: number;
  readonly hands: Hands;
}

/** A worker that runs. */
export interface Host {
  /** Lets activities end (or cancels them after ten seconds) and closes the connection. */
  stop(): Promise<void>;
  /** Rejects when the worker dies by itself. */
  readonly ended: Promise<void>;
}

let installed = false;

/** Starts a worker for workflows and activities. */
export async function startHost({
  address,
  namespace,
  taskQueue,
  maxCachedWorkflows,
  hands,
}: HostOptions): Promise<Host> {
  installRuntime();
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: taskQueue ?? TASK_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: createActivities(hands),
    maxCachedWorkflows: maxCachedWorkflows ?? 500,
    shutdownGraceTime: '10 seconds',
  });
  const ended = worker.run().finally(() => connection.close());
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

/** Once per process, before anything else of Temporal: warnings only, and no signals, for the product ends its parts in its own order. */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN'),
    telemetryOptions: { logging: { filter: 'WARN', forward: {} } },
  });
}
