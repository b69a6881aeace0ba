import type { Fact, FactInput } from '../rules/facts/fact.js';
import type { Law } from '../rules/engine/types.js';
import { derivedId } from './chain.js';
import { admitEditions } from './editions.js';
import { append, bodyOf, readJournal, type NewFact } from './journal.js';
import { lawOf } from './law-of.js';
import { databaseClock, lockContract, readContract, timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { secretOf } from './secret.js';
import { inTenant, snapshot, type Tx } from './transact.js';
import type { Appended, JournalRow, Result } from './types.js';

/** Types that only the engine writes; the ids of its own facts begin with them too, and nobody else may void those. */
const ENGINE_ONLY = /^(effect\.|edition\.adopted|policy\.adopted)/;

/**
 * Adds facts to a contract: all or none, in order, under its lock. The same id with the same content is answered as the first
 * time; with other content the whole request is refused. The poke is written in the same transaction.
 * @param options.by who reports, for facts that do not say it
 */
export async function appendFacts(
  rec: Rec,
  tenant: string,
  id: string,
  inputs: readonly FactInput[],
  options: { readonly by?: string } = {},
): Promise<Result<Appended>> {
  for (const input of inputs)
    if (ENGINE_ONLY.test(input.type)) return refuse('fact.engine_only', undefined, input.type);
  return inTenant(rec, tenant, 'append', async (tx) => {
    const [contract, clock, secret] = await Promise.all([
      lockContract(tx, tenant, id),
      databaseClock(tx),
      secretOf(tx, tenant),
    ]);
    if (contract === null || secret === null) return refuse('contract.unknown');
    if (contract.erasedAt !== null) return refuse('contract.erased');
    const law = await lawOf(rec, tx, contract);
    if (isRefusal(law)) return { ok: false, refusal: law };
    const now = Math.max(contract.testClock ?? clock, contract.recordedTo);
    const facts = rec.engine.readFacts(
      inputs.map((input) =>
        input.by === undefined && options.by !== undefined ? { ...input, by: options.by } : input,
      ),
      { law, now, hashId: (content) => derivedId(secret, content) },
    );
    if (isRefusal(facts)) return { ok: false, refusal: facts };
    const reserved = facts.find(isEngines);
    if (reserved !== undefined) return refuse('fact.engine_only', undefined, reserved.id);

    const places = await placesOf(tx, law, contract, facts);
    if (places === null) return refuse('fact.conflict');
    const fresh = places.filter((place) => 'fresh' in place).map((place) => place.fresh);
    const wrong = await admitEditions(rec, tx, contract, fresh, now);
    if (wrong !== null) return { ok: false, refusal: wrong };
    let added: readonly JournalRow[] = [];
    if (fresh.length > 0) {
      const [appended] = await Promise.all([append(tx, contract, fresh, now), poke(tx, tenant, id)]);
      added = appended.rows;
    }
    const rowOf = new Map(added.map((row) => [row.id, row]));
    return answer({
      facts: places.map((place) => {
        const row =
          'fresh' in place ? rowOf.get(place.fresh.id)! : 'there' in place ? place.there : rowOf.get(place.twice)!;
        return { id: row.id, seq: row.seq, recordedAt: row.recordedAt };
      }),
      repeated: fresh.length === 0,
    });
  });
}

/** A page of the journal; null when there is no such contract. */
export function listFacts(
  rec: Rec,
  tenant: string,
  id: string,
  page: { readonly after?: number; readonly limit: number },
): Promise<readonly JournalRow[] | null> {
  return snapshot(rec, tenant, async (tx) => {
    if ((await readContract(tx, tenant, id)) === null) return null;
    const rows = await readJournal(tx, tenant, id, page.after ?? 0, page.limit);
    return rows.map(({ salt: _salt, body: _body, ...row }) => row);
  });
}

/** Where each fact of a request ends up: new, in the journal already, or a second time in the request. */
type Place =
  | { readonly fresh: NewFact }
  | { readonly there: Pick<JournalRow, 'id' | 'seq' | 'recordedAt'> }
  | { readonly twice: string };

type Known = Pick<JournalRow, 'id' | 'seq' | 'type' | 'at' | 'recordedAt'> & { readonly body: string | null };

async function placesOf(tx: Tx, law: Law, contract: Stored, facts: readonly Fact[]): Promise<Place[] | null> {
  const known = await knownOf(tx, contract, facts);
  const here = new Map<string, Fact>();
  const visits = new Map<string, string>();
  const places: Place[] = [];
  for (const fact of facts) {
    const there = known.get(fact.id);
    const before = here.get(fact.id);
    if (there !== undefined) {
      if (!sameAs(there, fact)) return null;
      places.push({ there });
    } else if (before !== undefined) {
      if (before.type !== fact.type || before.at !== fact.at || bodyOf(before) !== bodyOf(fact)) return null;
      places.push({ twice: fact.id });
    } else {
      const visit = fact.type === 'portal.visited' ? await visitOf(tx, law, contract, fact, visits) : null;
      if (visit !== null) {
        places.push(visit);
        continue;
      }
      here.set(fact.id, fact);
      places.push({ fresh: fact });
    }
  }
  return places;
}

/** What an erasure took away cannot be compared any more; the header still can. */
function sameAs(there: Known, fact: Fact): boolean {
  return there.type === fact.type && there.at === fact.at && (there.body === null || there.body === bodyOf(fact));
}

async function knownOf(tx: Tx, contract: Stored, facts: readonly Fact[]): Promise<Map<string, Known>> {
  const { rows } = await tx.query<Known>({
    name: 'known',
    text: `SELECT f.id, f.seq, f.type, f.at, f.recorded_at AS "recordedAt", p.body
      FROM fact f LEFT JOIN payload p ON p.tenant = f.tenant AND p.contract = f.contract AND p.seq = f.seq
      WHERE f.tenant = $1 AND f.contract = $2 AND f.id = ANY($3)`,
    values: [contract.tenant, contract.id, facts.map((fact) => fact.id)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of visits to the portal one a day is kept: the day's first is the answer to all. */
async function visitOf(
  tx: Tx,
  law: Law,
  contract: Stored,
  fact: Fact,
  visits: Map<string, string>,
): Promise<Place | null> {
  const { zone } = law.offer;
  const day = zone.dayOf(fact.at);
  const name = `${day} ${fact.subject}`;
  const first = visits.get(name);
  if (first !== undefined) return { twice: first };
  const { rows } = await tx.query<Known>(
    `SELECT f.id, f.seq, f.recorded_at AS "recordedAt", p.body
     FROM fact f JOIN payload p ON p.tenant = f.tenant AND p.contract = f.contract AND p.seq = f.seq
     WHERE f.tenant = $1 AND f.contract = $2 AND f.type = 'portal.visited' AND f.at >= $3 AND f.at < $4 ORDER BY f.seq`,
    [contract.tenant, contract.id, timestamp(zone.startOf(day)), timestamp(zone.startOf(day + 1))],
  );
  const there = rows.find((row) => (JSON.parse(row.body!) as { subject: string }).subject === fact.subject);
  if (there !== undefined) return { there };
  visits.set(name, fact.id);
  return null;
}

function isEngines({ type, id, data }: Fact): boolean {
  return (
    ENGINE_ONLY.test(type) || ENGINE_ONLY.test(id) || (type === 'fact.voided' && ENGINE_ONLY.test(String(data['fact'])))
  );
}
