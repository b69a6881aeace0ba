import type { Law } from '../rules/engine/types.js';
import type { Refusal } from '../rules/law/types.js';
import type { LawName } from './engine.js';
import { canonical, sha256 } from './chain.js';
import type { Stored } from './locked.js';
import type { Rec } from './record.js';
import { refuse } from './refusals.js';
import type { Tx } from './transact.js';

/** The law of a contract. An edition that this build does not ship is read from the record, which keeps the text of every one that was used. */
export async function lawOf(rec: Rec, tx: Tx, contract: Stored): Promise<Law | Refusal> {
  if (!rec.laws.has(contract.edition)) {
    const { rows } = await tx.query<{ body: string }>('SELECT body FROM edition WHERE tenant = $1 AND hash = $2', [
      contract.tenant,
      contract.edition,
    ]);
    if (rows[0] === undefined) return refuse('edition.unknown').refusal;
    const refused = rec.laws.learn(contract.edition, rows[0].body);
    if (refused !== null) return refused;
  }
  return rec.laws.lawFor(contract);
}

/** One digest for a law's name: what an advance was made under. */
export function digestOfLaw(name: LawName): string {
  return sha256(canonical({ edition: name.edition, calendar: name.calendar, policy: name.policy }));
}
