import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Amending } from '../prisma/types.js';
import {
  AMENDMENT_WORKFLOW,
  amendmentIdOf,
  pace,
  type Pace,
  progress,
  type Progress,
  TASK_QUEUE,
} from '../workflows/messages.js';

/** A change by its name. */
export type Named = Pick<Amending, 'tenant' | 'offer' | 'name'>;

/** Starts bringing a change to its contracts. Null when one of this name was started before: then nothing is done. */
export async function startAmendment(
  client: Client,
  amending: Amending,
  { perSecond, paused }: Pace,
  taskQueue: string = TASK_QUEUE,
): Promise<Progress | null> {
  const { tenant, offer, name } = amending;
  const begun: Progress = {
    amending,
    perSecond,
    paused,
    state: 'under way',
    after: null,
    told: 0,
    refused: 0,
    refusals: [],
  };
  try {
    await client.workflow.start(AMENDMENT_WORKFLOW, {
      taskQueue,
      workflowId: amendmentIdOf(tenant, offer, name),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [begun],
    });
    return begun;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw error;
  }
}

/** How far it has come; null when there is none of this name. Waits for a worker. */
export const amendmentProgress = (client: Client, named: Named): Promise<Progress | null> =>
  orNull(() => handleOf(client, named).query(progress));

/** Changes its pace; false when none of this name is under way. */
export const paceAmendment = async (client: Client, named: Named, wish: Partial<Pace>): Promise<boolean> =>
  (await orNull(async () => {
    await handleOf(client, named).signal(pace, wish);
    return true;
  })) ?? false;

const handleOf = (client: Client, { tenant, offer, name }: Named) =>
  client.workflow.getHandle(amendmentIdOf(tenant, offer, name));

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
