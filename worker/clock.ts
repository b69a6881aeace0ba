import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { Result } from '../prisma/types.js';
import type { Instant } from '../rules/law/types.js';
import { type ClockMoved, CONTRACT_WORKFLOW, moveClock, TASK_QUEUE, workflowIdOf } from '../workflows/messages.js';

/** Which test clock goes where. */
export interface ClockMove {
  readonly tenant: string;
  readonly contract: string;
  readonly to: Instant;
  /** The idempotency key: the same is the same move. Without one every call is a move of its own, which does no harm either. */
  readonly id?: string;
  readonly taskQueue?: string;
}

/**
 * Moves a test clock and answers when it is there and everything on the way has been done, also on a contract whose
 * workflow has ended. A clock that would go backward, or a contract that has none, is a refusal. Waits for a worker.
 * Throws what Temporal's client throws when the server is away.
 */
export async function moveTestClock(client: Client, move: ClockMove): Promise<Result<ClockMoved>> {
  const { tenant, contract, to, id, taskQueue = TASK_QUEUE } = move;
  const startWorkflowOperation = new WithStartWorkflowOperation(CONTRACT_WORKFLOW, {
    taskQueue,
    workflowId: workflowIdOf(tenant, contract),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ tenant, contract }],
  });
  const key = id === undefined ? {} : { updateId: id };
  return client.workflow.executeUpdateWithStart(moveClock, { args: [{ to }], startWorkflowOperation, ...key });
}
