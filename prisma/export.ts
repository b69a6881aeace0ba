import type { Instant } from '../rules/law/types.js';
import { isRefusal } from './refusals.js';
import { readJournal } from './journal.js';
import { lawOf } from './law-of.js';
import { readContract } from './locked.js';
import type { Rec } from './record.js';
import { snapshot, type Tx } from './transact.js';
import { JOURNAL_FORM, type AdvanceLine, type FactLine, type HeadLine } from './journal-form.js';

/**
 * A contract's journal as JSON Lines: a head with all that verifying it offline needs, its facts with their hashes, and what each
 * advance found. Nothing when the tenant has no such contract. It is one snapshot, however long reading takes.
 */
export async function* exportJournal(rec: Rec, tenant: string, id: string): AsyncIterable<string> {
  const lines = await snapshot(rec, tenant, (tx) => linesOf(rec, tx, tenant, id));
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function linesOf(
  rec: Rec,
  tx: Tx,
  tenant: string,
  id: string,
): Promise<readonly (HeadLine | FactLine | AdvanceLine)[]> {
  const contract = await readContract(tx, tenant, id);
  if (contract === null) return [];
  const law = await lawOf(rec, tx, contract);
  const iso = isRefusal(law) ? (at: Instant) => new Date(at).toISOString() : (at: Instant) => law.offer.zone.format(at);
  const made = await tx.query<{ participant: string | null; salt: string | null; participant_digest: string }>(
    'SELECT participant, salt, participant_digest FROM contract WHERE tenant = $1 AND id = $2',
    [tenant, id],
  );
  const { participant, salt, participant_digest: participantDigest } = made.rows[0]!;
  const editions = await tx.query<{ hash: string; body: string }>(
    'SELECT hash, body FROM edition WHERE tenant = $1 AND hash = ANY($2)',
    [tenant, [contract.edition, ...contract.adopted]],
  );
  const { offer, policy, genesis, createdAt, erasedAt } = contract;
  const head: HeadLine = {
    form: JOURNAL_FORM,
    contract: {
      tenant,
      id,
      offer,
      edition: contract.edition,
      policy,
      testClock: contract.testClock !== null,
      createdAt: iso(createdAt),
      participant: participant === null ? null : (JSON.parse(participant) as object),
      salt,
      participantDigest,
      genesis,
    },
    head: { seq: contract.head, hash: contract.headHash },
    erasedAt: erasedAt === null ? null : iso(erasedAt),
    zone: isRefusal(law) ? null : law.offer.zone.id,
    engine: contract.engine ?? rec.engine.version,
    editions: editions.rows.map(({ hash, body }) => ({ hash, offer, text: body })),
    calendar: isRefusal(law)
      ? null
      : { id: law.calendar.id, digest: rec.laws.nameOf(law).calendar, entries: law.calendar.entries },
  };
  const facts = (await readJournal(tx, tenant, id)).map(
    ({ body: _body, at, recordedAt, subject, ...row }): FactLine => ({
      ...row,
      subject: row.data === null ? null : subject,
      at: iso(at),
      recordedAt: iso(recordedAt),
    }),
  );
  const { rows } = await tx.query<Omit<AdvanceLine['advance'], 'asOf'> & { asOf: Instant }>(
    `SELECT seq, as_of AS "asOf", law, engine, edition, calendar, policy, hash FROM advance WHERE tenant = $1 AND contract = $2
     ORDER BY seq, as_of`,
    [tenant, id],
  );
  return [head, ...facts, ...rows.map((row) => ({ advance: { ...row, asOf: iso(row.asOf) } }))];
}
