import { broughtBy } from '../rules/engine/walk/editions.js';
import type { Fact } from '../rules/facts/fact.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import { learnEditions } from './law-of.js';
import { timestamp, type Stored } from './locked.js';
import type { Rec } from './record.js';
import { isRefusal, refuse } from './refusals.js';
import type { Tx } from './transact.js';

/**
 * Lets a contract's law know the editions that its new facts bring; a refusal, and nothing written of the contract, where one is not at hand or cannot
 * follow.
 */
export async function admitEditions(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  facts: readonly Pick<Fact, 'type' | 'subject' | 'data'>[],
  now: Instant,
): Promise<Refusal | null> {
  const brought = broughtBy(facts).adopted;
  if (brought.length === 0) return null;
  const other = await withAnotherText(tx, contract, facts);
  if (other !== null) return refuse('amendment.text', undefined, other).refusal;
  const admitted = await admit(rec, tx, contract, brought, now);
  return isRefusal(admitted) ? admitted : null;
}

/** The same for one edition, by its hash; the newest where none is named. Answers the hash. */
export async function admitEdition(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  edition: string | undefined,
  now: Instant,
): Promise<string | Refusal> {
  const admitted = await admit(rec, tx, contract, [edition], now);
  return isRefusal(admitted) ? admitted : (admitted[0] as string);
}

async function admit(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  named: readonly (string | undefined)[],
  now: Instant,
): Promise<readonly string[] | Refusal> {
  const { tenant, id, offer } = contract;
  const editions: string[] = [];
  for (const edition of named) {
    const kept = await keepEdition(rec, tx, { tenant, offer, edition }, now);
    if (isRefusal(kept)) return kept;
    editions.push(kept);
  }
  const known = [contract.edition, ...contract.adopted];
  const fresh = [...new Set(editions)].filter((edition) => !known.includes(edition));
  if (fresh.length === 0) return editions;
  const after = { ...contract, adopted: [...contract.adopted, ...fresh] };
  const wrong = (await learnEditions(rec, tx, tenant, [after.edition, ...after.adopted])) ?? rec.laws.lawFor(after);
  if (isRefusal(wrong)) return wrong;
  await tx.query('UPDATE contract SET adopted = $3 WHERE tenant = $1 AND id = $2', [tenant, id, after.adopted]);
  return editions;
}

/** The hash of an edition of this offer that the record keeps; the newest is kept from now on. */
export async function keepEdition(
  rec: Rec,
  tx: Tx,
  {
    tenant,
    offer,
    edition,
  }: { readonly tenant: string; readonly offer: string; readonly edition?: string | undefined },
  now: Instant,
): Promise<string | Refusal> {
  const current = rec.laws.current(offer);
  if (isRefusal(current)) return current;
  if (edition === undefined || edition === current.edition) {
    await tx.query(
      'INSERT INTO edition (tenant, hash, offer, body, loaded_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [tenant, current.edition, offer, current.text, timestamp(now)],
    );
    return current.edition;
  }
  const stored = await tx.query('SELECT 1 FROM edition WHERE tenant = $1 AND hash = $2 AND offer = $3', [
    tenant,
    edition,
    offer,
  ]);
  if (stored.rowCount !== 0) return edition;
  const known = rec.laws.lawFor({ offer, edition, policy: 'automatic', participant: {} });
  return isRefusal(known) || known.offer.id === offer
    ? refuse('edition.unknown').refusal
    : { code: 'edition.cannot_follow', message: `this edition is of the offer ${known.offer.id}, not of ${offer}` };
}

/** The subject of an amendment that was published with one text, here or before, and is now to bring another: nobody would have been given time for that. */
async function withAnotherText(
  tx: Tx,
  { tenant, id }: Stored,
  facts: readonly Pick<Fact, 'type' | 'subject' | 'data'>[],
): Promise<string | null> {
  const { rows } = await tx.query<{ body: string }>(
    `SELECT p.body FROM fact f JOIN payload p ON p.tenant = f.tenant AND p.contract = f.contract AND p.seq = f.seq
     WHERE f.tenant = $1 AND f.contract = $2 AND f.type = 'amendment.published'`,
    [tenant, id],
  );
  const before = rows.map(({ body }) => JSON.parse(body) as Pick<Fact, 'subject' | 'data'>);
  const published = [...before, ...facts.filter(({ type }) => type === 'amendment.published')];
  const texts = new Map<string, unknown>();
  for (const { subject, data } of published) {
    const edition = data['edition'];
    if (edition === undefined) continue;
    if ((texts.get(subject) ?? edition) !== edition) return subject;
    texts.set(subject, edition);
  }
  return null;
}
