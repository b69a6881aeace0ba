import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { ensureSearchAttributes } from '../../worker/search-attributes.js';

/** `host:port` of the Temporal server that all tests share. */
export const temporalAddress = (): string => inject('temporalAddress');

/** A task queue of one test's own: enough to keep workers of different tests apart in one namespace. */
export const createTaskQueue = (): string => `test-${randomUUID()}`;

/** A namespace of one test's own, with the search attributes, so that ids of contracts may repeat between tests. */
export async function createNamespace(connection: Connection): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as never },
  });
  await ensureSearchAttributes(connection, namespace);
  return namespace;
}
