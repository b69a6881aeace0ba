import { accessState } from './access.js';
import { advance } from './advance.js';
import { amendNext } from './amend.js';
import { claimAct, releaseAct } from './claim.js';
import { putMessage, type Message } from './inbox.js';
import { issueDocument, type Draft } from './numbers.js';
import type { Rec } from './record.js';
import { settleAct, type Settlement } from './settle.js';
import type { NamedChange, WorkItem } from './types.js';
import { accessTold } from './untold.js';

/** The record as the activities see it: the same functions with the record filled in. */
export function handsOf(rec: Rec) {
  return {
    advance: (tenant: string, contract: string, to?: number) =>
      advance(rec, tenant, contract, to === undefined ? {} : { to }),
    amend: (change: NamedChange) => amendNext(rec, change),
    claim: (tenant: string, item: WorkItem, leaseMs: number) => claimAct(rec, tenant, item, leaseMs),
    /** A lease that is no longer ours changes nothing. */
    settle: async (tenant: string, item: WorkItem, lease: string, settlement: Settlement): Promise<void> => {
      await settleAct(rec, tenant, item, lease, settlement);
    },
    release: (tenant: string, item: WorkItem, lease: string, gone?: 'no' | 'maybe') =>
      releaseAct(rec, tenant, item, lease, gone),
    /** Before the first advance nothing is known to be closed: version 0. */
    access: async (tenant: string, contract: string) =>
      (await accessState(rec, tenant, contract)) ?? { version: 0, functions: {} },
    accessTold: (tenant: string, contract: string, version: number) => accessTold(rec, tenant, contract, version),
    putMessage: async (tenant: string, contract: string, message: Message): Promise<void> => {
      await putMessage(rec, tenant, contract, message);
    },
    issueDocument: (tenant: string, contract: string, draft: Draft) => issueDocument(rec, tenant, contract, draft),
  };
}
