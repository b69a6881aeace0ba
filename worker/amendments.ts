import type { Client } from '@temporalio/client';
import type { NamedChange } from '../prisma/types.js';
import { AMENDMENT_WORKFLOW, amendmentIdOf, poke, TASK_QUEUE } from '../workflows/messages.js';

const runOf = ({ tenant, offer, name }: NamedChange, taskQueue: string) => ({
  taskQueue,
  workflowId: amendmentIdOf({ tenant, offer, name }),
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  args: [{ tenant, offer, name }],
});

/** Lets the workflow of a change look at the record at once: it was started, or its pace was changed. */
export async function pokeAmendment(
  client: Client,
  change: NamedChange,
  taskQueue: string = TASK_QUEUE,
): Promise<void> {
  await client.workflow.signalWithStart(AMENDMENT_WORKFLOW, {
    ...runOf(change, taskQueue),
    signal: poke,
    signalArgs: [],
  });
}

/** Lets the workflow of a change run, where it does not; one that runs is left alone. */
export async function runAmendment(client: Client, change: NamedChange, taskQueue: string = TASK_QUEUE): Promise<void> {
  await client.workflow.start(AMENDMENT_WORKFLOW, {
    ...runOf(change, taskQueue),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}
