import { randomBytes } from 'node:crypto';
import type { Fact } from '../rules/facts/fact.js';
import type { Instant } from '../rules/law/types.js';
import { FORM, canonical, digestOf, hashOf, type Header } from './chain.js';
import { flight, type Statement } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import type { Tx } from './transact.js';
import type { JournalRow } from './types.js';

/** A fact without its place: the journal gives it. */
export type NewFact = Omit<Fact, 'recordedAt'>;

/** The end of a journal after an append. */
export interface End {
  readonly head: number;
  readonly headHash: string;
  readonly recordedTo: Instant;
}

/** What a payload says, in the one form that is digested. */
export function bodyOf(fact: Pick<Fact, 'by' | 'subject' | 'data'>): string {
  return canonical({ by: fact.by ?? null, data: fact.data, subject: fact.subject });
}

/**
 * Appends to a contract whose lock is held: chained, in this order, all known at `now` (or when the predecessor was, if that is later).
 * Nothing is checked here.
 */
export async function append(
  tx: Tx,
  contract: Stored & End,
  facts: readonly NewFact[],
  now: Instant,
): Promise<{ readonly end: End; readonly rows: readonly JournalRow[] }> {
  const recordedAt = Math.max(now, contract.recordedTo);
  let headHash = contract.headHash;
  const rows: (JournalRow & { salt: string; body: string })[] = [];
  for (const fact of facts) {
    const salt = randomBytes(16).toString('hex');
    const body = bodyOf(fact);
    const header = {
      seq: contract.head + rows.length + 1,
      id: fact.id,
      type: fact.type,
      at: fact.at,
      recordedAt,
      digest: digestOf(salt, body),
    };
    headHash = hashOf(headHash, header);
    rows.push({ ...header, by: fact.by ?? null, subject: fact.subject, data: fact.data, hash: headHash, salt, body });
  }
  const end = { head: contract.head + rows.length, headHash, recordedTo: recordedAt };
  await tx.query({
    name: 'append',
    text: `WITH headers AS (
        INSERT INTO fact (tenant, contract, seq, id, type, at, recorded_at, form, digest, hash)
        SELECT $1, $2, r.seq, r.id, r.type, r.at, $3, $4, r.digest, r.hash
        FROM unnest($5::int[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::text[]) AS r (seq, id, type, at, digest, hash)
      ), bodies AS (
        INSERT INTO payload (tenant, contract, seq, salt, body)
        SELECT $1, $2, r.seq, r.salt, r.body FROM unnest($5::int[], $11::text[], $12::text[]) AS r (seq, salt, body)
      )
      UPDATE contract SET head = $13, head_hash = $14, recorded_to = $3 WHERE tenant = $1 AND id = $2`,
    values: [
      contract.tenant,
      contract.id,
      timestamp(recordedAt),
      FORM,
      rows.map((row) => row.seq),
      rows.map((row) => row.id),
      rows.map((row) => row.type),
      rows.map((row) => timestamp(row.at)),
      rows.map((row) => row.digest),
      rows.map((row) => row.hash),
      rows.map((row) => row.salt),
      rows.map((row) => row.body),
      end.head,
      headHash,
    ],
  });
  return { end, rows };
}

/** A row with what an erasure takes away. */
export type FullRow = JournalRow & { readonly salt: string | null; readonly body: string | null };

/** The journal of a contract, in order, from `after` on. */
export async function readJournal(
  tx: Tx,
  tenant: string,
  contract: string,
  after = 0,
  limit: number | null = null,
): Promise<FullRow[]> {
  const [headers, bodies] = await flight(tx, journalOf({ tenant, id: contract }, after, limit));
  return toFullRows(headers!.rows, bodies!.rows);
}

/** Headers and bodies are asked for apart: both lie in the order of their key, and no plan can join them the slow way. */
export function journalOf(
  { tenant, id }: { readonly tenant: string; readonly id: string },
  after = 0,
  limit: number | null = null,
): readonly [Statement, Statement] {
  const values = [tenant, id, after, limit === null ? 2 ** 31 - 1 : after + limit];
  const rows = 'WHERE tenant = $1 AND contract = $2 AND seq > $3 AND seq <= $4 ORDER BY seq';
  return [
    {
      name: 'journal-headers',
      text: `SELECT seq, id, type, at, recorded_at AS "recordedAt", digest, hash FROM fact ${rows}`,
      values,
    },
    { name: 'journal-bodies', text: `SELECT seq, salt, body FROM payload ${rows}`, values },
  ];
}

type Body = { readonly seq: number; readonly salt: string; readonly body: string };

/** Reads the two answers. A header without a body is what an erasure leaves. */
export function toFullRows(
  headers: readonly (Header & { readonly hash: string })[],
  bodies: readonly Body[],
): FullRow[] {
  let next = 0;
  return headers.map((header) => {
    const { salt, body } = bodies[next]?.seq === header.seq ? bodies[next++]! : { salt: null, body: null };
    const { seq, id, type, at, recordedAt, digest, hash } = header;
    const { by, subject, data } = said(body);
    return { seq, id, type, at, recordedAt, digest, hash, salt, body, by, subject, data };
  });
}

/** The facts of rows, for judging. Null when an erasure took a payload away. */
export function factsOf(rows: readonly FullRow[]): Fact[] | null {
  const facts: Fact[] = [];
  for (const { id, type, at, recordedAt, by, subject, data } of rows) {
    if (data === null) return null;
    facts.push(
      by === null ? { id, type, at, recordedAt, subject, data } : { id, type, at, recordedAt, by, subject, data },
    );
  }
  return facts;
}

/** Reads a payload back. */
export function said(body: string | null): Pick<JournalRow, 'by' | 'subject' | 'data'> {
  if (body === null) return { by: null, subject: '', data: null };
  return JSON.parse(body) as Pick<JournalRow, 'by' | 'subject' | 'data'>;
}
