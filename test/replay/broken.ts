import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.js';
import type { NamedChange } from '../../prisma/types.js';
import type { ContractInput } from '../../workflows/messages.js';

const { advanceContract, amendNext } = proxyActivities<Activities>({ startToCloseTimeout: '30 seconds' });

/** The contract workflow as somebody might break it: it sleeps before it looks. The test of replays must notice. */
export async function contract(input: ContractInput): Promise<void> {
  await sleep('1 second');
  await advanceContract(input);
}

/** The same of the workflow that brings a change to the contracts of an offer. */
export async function amendment(change: NamedChange): Promise<void> {
  await sleep('1 second');
  await amendNext(change);
}
