import { brokenAt, type ChainRow } from './chain.js';
import { readContract } from './locked.js';
import { readJournal } from './journal.js';
import type { Rec } from './record.js';
import { refuse, answer } from './refusals.js';
import { snapshot } from './transact.js';
import type { Result } from './types.js';

/** Where a contract's chain breaks in the database itself, or null. */
export interface Audited {
  readonly facts: number;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly broken: { readonly seq: number; readonly why: string } | null;
}

/** Walks the chain of a contract as it stands in the database, payloads included, from genesis to head. */
export function auditChain(rec: Rec, tenant: string, id: string): Promise<Result<Audited>> {
  return snapshot<Result<Audited>>(rec, tenant, async (tx) => {
    const contract = await readContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    const rows: readonly ChainRow[] = await readJournal(tx, tenant, id);
    const head = { seq: contract.head, hash: contract.headHash };
    return answer({ facts: rows.length, head, broken: brokenAt(contract.genesis, rows, head) });
  });
}
