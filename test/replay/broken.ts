import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import type { ContractInput } from '../../workflows/messages.js';

const { advanceContract } = proxyActivities<Activities>({ startToCloseTimeout: '30 seconds' });

/** The contract workflow as somebody might break it: it sleeps before it looks. The test of replays must notice. */
export async function contract(input: ContractInput): Promise<void> {
  await sleep('1 second');
  await advanceContract(input);
}
