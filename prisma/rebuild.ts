import { flight } from './flight.js';
import { factsOf, readJournal } from './journal.js';
import { formOf, hashOfJudgement, judgeAt } from './judging.js';
import { lawOf } from './law-of.js';
import { lockContract } from './locked.js';
import { dropReadModels, NOTHING_STANDS, readModelChanges, readModelsOf } from './read-models.js';
import type { Rec } from './record.js';
import { isRefusal, refuse } from './refusals.js';
import { inTenant, snapshot } from './transact.js';
import type { Refusal } from '../rules/law/types.js';

/** What a rebuild did. */
export interface Rebuilt {
  readonly contracts: number;
  readonly rows: number;
  readonly refused: readonly { readonly contract: string; readonly refusal: Refusal }[];
}

/**
 * Drops the read models of a contract (or of all contracts of a tenant) and makes them anew from the facts that the last advance
 * read, as of the instant at which it stood: the same rows. One contract at a time; nothing else waits. Where this engine and law of today
 * would not make the same rows, what stands stays: it is the next advance that may change it, or a person who releases a drift.
 */
export async function rebuild(rec: Rec, tenant: string, id?: string): Promise<Rebuilt> {
  const ids = id === undefined ? await contractsOf(rec, tenant) : [id];
  let contracts = 0;
  let rows = 0;
  const refused: { contract: string; refusal: Refusal }[] = [];
  for (const contract of ids) {
    const made = await rebuildOne(rec, tenant, contract);
    if (made === null) continue;
    if (isRefusal(made)) refused.push({ contract, refusal: made });
    else {
      contracts += 1;
      rows += made.rows;
    }
  }
  return { contracts, rows, refused };
}

function rebuildOne(rec: Rec, tenant: string, id: string): Promise<{ readonly rows: number } | Refusal | null> {
  return inTenant(rec, tenant, 'rebuild', async (tx) => {
    const contract = await lockContract(tx, tenant, id);
    if (contract === null || contract.asOf === null || contract.erasedAt !== null) return null;
    const law = await lawOf(rec, tx, contract);
    if (isRefusal(law)) return law;
    const facts = factsOf(await readJournal(tx, tenant, id, 0, contract.advanced));
    if (facts === null) return null;
    const judgement = judgeAt(rec.engine, law, facts, contract.asOf);
    const stood = contract.outcomeHash;
    if (contract.held || (stood !== null && hashOfJudgement(judgement, contract.salt, formOf(stood)) !== stood))
      return refuse('contract.otherwise').refusal;
    await dropReadModels(tx, tenant, id);
    const { statements, rows } = readModelChanges(contract, readModelsOf(judgement.outcome), NOTHING_STANDS);
    await flight(tx, statements);
    return { rows };
  });
}

function contractsOf(rec: Rec, tenant: string): Promise<string[]> {
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<{ id: string }>('SELECT id FROM contract WHERE tenant = $1 ORDER BY id', [tenant]);
    return rows.map((row) => row.id);
  });
}
