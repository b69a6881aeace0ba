import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { pokeAmendment } from '../worker/amendments.js';
import { moveTestClock } from '../worker/clock.js';
import type { ApiClock } from './ports.js';

/** Where Temporal is. */
export interface ClockOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue?: string;
  /** How long a move may take before the answer is that the clock cannot be reached, ms. */
  readonly timeoutMs?: number;
}

/** The clock on Temporal. It connects at the first use, so the API starts while Temporal is away. */
export function openClock({ address, namespace, taskQueue, timeoutMs = 300_000 }: ClockOptions): ApiClock & {
  close(): Promise<void>;
} {
  // Without the client's own retries: whoever asks is told at once, and nothing is tried on a closed connection.
  const connection = Connection.lazy({ address, interceptors: [] });
  const client = new Client({ connection, namespace });
  const queue = taskQueue === undefined ? {} : { taskQueue };
  const soon = <T>(ask: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + 10_000, ask);
  return {
    move: (tenant, contract, to, key) =>
      client.withDeadline(Date.now() + timeoutMs, () => {
        return moveTestClock(client, { tenant, contract, to, ...queue, ...(key === null ? {} : { id: key }) });
      }),
    pokeAmendment: (named) => soon(() => pokeAmendment(client, named, taskQueue)),
    ping: async () => {
      await client.withDeadline(Date.now() + 3_000, () => connection.workflowService.getSystemInfo({}));
    },
    close: () => connection.close(),
  };
}

/** True for what Temporal's client throws when the server is away or nobody works for it. */
export function isClockAway(error: unknown): boolean {
  return (
    error instanceof ServiceError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpcServiceError(error)
  );
}
