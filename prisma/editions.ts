import { TOLERANCE_MS } from '../rules/facts/read.js';
import type { Fact } from '../rules/facts/fact.js';
import { editionsNamed } from '../rules/engine/editions.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import { append } from './journal.js';
import { learnEditions } from './law-of.js';
import { databaseClock, lockContract, timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { inTenant, type Tx } from './transact.js';
import type { Result } from './types.js';

/** An edition that a contract comes under by a decision of the operator. */
export interface Adopting {
  /** Content hash; the newest by default. */
  readonly edition?: string;
  /** From when on it holds: now by default, an earlier instant where a text was always meant so. */
  readonly from?: Instant;
  readonly by?: string;
  readonly reasons?: string;
}

/** What adopting answers; `repeated` when the edition holds from that instant already. */
export interface Adopted {
  readonly edition: string;
  readonly fact: { readonly id: string; readonly seq: number; readonly recordedAt: Instant };
  readonly repeated: boolean;
}

/**
 * Lets a contract come under an edition from an instant on, without an amendment being published: a rule that was mended, or a text that both
 * sides have. It is a fact of the record's own, known from now on. Of two for one instant the one that became known later holds.
 */
export async function adoptEdition(
  rec: Rec,
  tenant: string,
  id: string,
  adopting: Adopting = {},
): Promise<Result<Adopted>> {
  return inTenant<Result<Adopted>>(rec, tenant, 'adopt', async (tx) => {
    const contract = await lockContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    if (contract.erasedAt !== null) return refuse('contract.erased');
    const now = Math.max(contract.testClock ?? (await databaseClock(tx)), contract.recordedTo);
    const at = adopting.from ?? now;
    if (at > now + TOLERANCE_MS) return refuse('edition.ahead', undefined, 'from');
    const edition = await admitEdition(rec, tx, contract, adopting.edition, now);
    if (isRefusal(edition)) return { ok: false, refusal: edition };

    const there = await adoptionsAt(tx, contract, at);
    const last = there.at(-1);
    if (last?.edition === edition) {
      const { id: factId, seq, recordedAt } = last;
      return answer({ edition, fact: { id: factId, seq, recordedAt }, repeated: true });
    }
    const { by, reasons } = adopting;
    const fact = {
      id: `edition.adopted~${at}~${there.length + 1}`,
      type: 'edition.adopted',
      at,
      subject: 'contract',
      data: { edition, ...(reasons === undefined ? {} : { reasons }) },
      ...(by === undefined ? {} : { by }),
    };
    const { rows } = await append(tx, contract, [fact], now);
    await poke(tx, tenant, id);
    const { seq, recordedAt } = rows[0]!;
    return answer({ edition, fact: { id: fact.id, seq, recordedAt }, repeated: false });
  });
}

/** Lets a contract's law know the editions that its new facts bring; a refusal where one is not at hand, or cannot follow. */
export async function admitEditions(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  facts: readonly Pick<Fact, 'type' | 'data'>[],
  now: Instant,
): Promise<Refusal | null> {
  let known = contract;
  for (const edition of editionsNamed(facts)) {
    const admitted = await admitEdition(rec, tx, known, edition, now);
    if (isRefusal(admitted)) return admitted;
    known = { ...known, adopted: [...known.adopted, admitted] };
  }
  return null;
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
  return stored.rowCount === 0 ? refuse('edition.unknown').refusal : edition;
}

async function admitEdition(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  named: string | undefined,
  now: Instant,
): Promise<string | Refusal> {
  const { tenant, id, offer } = contract;
  const edition = await keepEdition(rec, tx, { tenant, offer, edition: named }, now);
  if (isRefusal(edition) || edition === contract.edition || contract.adopted.includes(edition)) return edition;
  const after = { ...contract, adopted: [...contract.adopted, edition] };
  const wrong = (await learnEditions(rec, tx, tenant, [after.edition, ...after.adopted])) ?? rec.laws.lawFor(after);
  if (isRefusal(wrong)) return wrong;
  await tx.query('UPDATE contract SET adopted = array_append(adopted, $3) WHERE tenant = $1 AND id = $2', [
    tenant,
    id,
    edition,
  ]);
  return edition;
}

async function adoptionsAt(tx: Tx, { tenant, id }: Stored, at: Instant) {
  const { rows } = await tx.query<{ id: string; seq: number; recordedAt: Instant; body: string }>(
    `SELECT f.id, f.seq, f.recorded_at AS "recordedAt", p.body
     FROM fact f JOIN payload p ON p.tenant = f.tenant AND p.contract = f.contract AND p.seq = f.seq
     WHERE f.tenant = $1 AND f.contract = $2 AND f.type = 'edition.adopted' AND f.at = $3 ORDER BY f.seq`,
    [tenant, id, timestamp(at)],
  );
  return rows.map(({ body, ...row }) => ({
    ...row,
    edition: (JSON.parse(body) as { readonly data: { readonly edition: string } }).data.edition,
  }));
}
