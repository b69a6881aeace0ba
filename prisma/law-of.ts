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
  contract: Pick<Stored, 'tenant' | 'offer' | 'edition' | 'adopted' | 'policy' | 'policies' | 'participant'>,
): Promise<Law | Refusal> {
  const { tenant, edition, adopted } = contract;
  return (await learnEditions(rec, tx, tenant, [edition, ...adopted])) ?? rec.laws.lawFor(contract);
}

/** Takes in editions that this build does not ship: the record keeps the text of every one that was used. Null when all are at hand. */
export async function learnEditions(
  rec: Rec,
  tx: Tx,
  tenant: string,
  editions: readonly string[],
): Promise<Refusal | null> {
  for (const edition of editions) {
    if (rec.laws.has(edition)) continue;
    const { rows } = await tx.query<{ body: string }>('SELECT body FROM edition WHERE tenant = $1 AND hash = $2', [
      tenant,
      edition,
    ]);
    const wrong = rows[0] === undefined ? refuse('edition.unknown').refusal : rec.laws.learn(edition, rows[0].body);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** One digest for a law's name: what an advance was made under. */
export function digestOfLaw(name: LawName): string {
  return sha256(canonical({ edition: name.edition, calendar: name.calendar, policy: name.policy }));
}
