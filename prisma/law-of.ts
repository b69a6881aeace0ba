import type { Law } from '../rules/engine/types.js';
import type { Refusal } from '../rules/law/types.js';
import type { LawName } from './engine.js';
import { canonical, sha256 } from './chain.js';
import type { Stored } from './locked.js';
import type { Rec } from './record.js';
import { refuse } from './refusals.js';
import type { Tx } from './transact.js';

/** The law of a contract. */
export async function lawOf(
  rec: Rec,
  tx: Tx,
  contract: Pick<Stored, 'tenant' | 'offer' | 'edition' | 'policy' | 'participant'>,
): Promise<Law | Refusal> {
  return (await learnEdition(rec, tx, contract.tenant, contract.edition)) ?? rec.laws.lawFor(contract);
}

/** Takes in an edition that this build does not ship: the record keeps the text of every one that was used. Null when it is at hand. */
export async function learnEdition(rec: Rec, tx: Tx, tenant: string, edition: string): Promise<Refusal | null> {
  if (rec.laws.has(edition)) return null;
  const { rows } = await tx.query<{ body: string }>('SELECT body FROM edition WHERE tenant = $1 AND hash = $2', [
    tenant,
    edition,
  ]);
  return rows[0] === undefined ? refuse('edition.unknown').refusal : rec.laws.learn(edition, rows[0].body);
}

/** One digest for a law's name: what an advance was made under. */
export function digestOfLaw(name: LawName): string {
  return sha256(canonical({ edition: name.edition, calendar: name.calendar, policy: name.policy }));
}
