import type { EffectKind } from '../rules/engine/outcome.js';
import type { Step } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { canonical } from './chain.js';
import type { Statement } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import type { Port } from './types.js';

/*
 * An act's row holds the lease of one step; what became of it is in the journal.
 *
 *   wanted ──claim──▶ claimed ──settle──▶ settled        performed, confirmed, refused, failed, withdrawn
 *     │                 │  ▲ └──settle──▶ waiting ──settle──▶ settled        sent, unknown: an answer is outstanding
 *     │                 └──┘ claim again after the lease, or when it was given back
 *     └──no longer wanted──▶ (deleted: it was never claimed, so there is nothing to remember)
 */

/** The port that an effect of this kind goes through. */
export function portOf(kind: EffectKind): Port {
  switch (kind) {
    case 'restrict':
    case 'lift':
      return 'access';
    case 'claim':
    case 'invoice':
    case 'credit':
      return 'invoicing';
    case 'notify':
    case 'correct':
      return 'notices';
    case 'prepare':
    case 'request-signature':
      return 'signing';
    case 'register':
      return 'registry';
  }
}

/** Acts of one lane are done one after another: one lane for each port and subject. */
export function laneOf(kind: EffectKind, subject: string): string {
  return `${portOf(kind)}~${encodeURIComponent(subject)}`;
}

/** An act that is wanted or claimed. */
export type OpenAct = Name & {
  readonly sends: string;
  readonly state: string;
  readonly fingerprint: string;
  readonly content: string;
};

/** Asks for the open acts. */
export function openActs({ tenant, id }: Pick<Stored, 'tenant' | 'id'>): Statement {
  return {
    name: 'open-acts',
    text: `SELECT key, generation, operation, sends, state, fingerprint, content FROM act
      WHERE tenant = $1 AND contract = $2 AND state IN ('wanted', 'claimed')`,
    values: [tenant, id],
  };
}

/** What makes the open acts equal to the steps: new ones are written, what is wanted no more and was not claimed goes, other content replaces what waits. */
export function actChanges(contract: Stored, open: readonly OpenAct[], steps: readonly Step[]): readonly Statement[] {
  const standing = new Map(open.map((row) => [nameOf(row), row]));
  const wanted = new Set(steps.map(nameOf));
  const gone = open.filter((row) => row.state === 'wanted' && !wanted.has(nameOf(row)));
  const fresh = steps.filter((step) => !standing.has(nameOf(step)));
  // A correction says by how much what stands is changed: with another standing the same goal is another document.
  const other = steps.filter((step) => {
    const row = standing.get(nameOf(step));
    return row?.state === 'wanted' && (row.fingerprint !== step.fingerprint || row.content !== canonical(step.content));
  });
  return [
    ...(gone.length > 0 ? [drop(contract, gone)] : []),
    ...(fresh.length > 0 ? [insert(contract, fresh)] : []),
    ...(other.length > 0 ? [replace(contract, other)] : []),
  ];
}

/**
 * Asks what waits for a hand at this moment of the database: wanted and not claimed, or claimed under a lease that has run out. Rows are work items.
 * @param sends narrows it to what sends this
 */
export function workAt(
  { tenant, id }: Pick<Stored, 'tenant' | 'id'>,
  now: Instant,
  sends: EffectKind | null = null,
): Statement {
  return {
    name: 'work',
    text: `SELECT contract, key, generation, operation, port, lane FROM act
      WHERE tenant = $1 AND contract = $2 AND (state = 'wanted' OR (state = 'claimed' AND (lease IS NULL OR lease_until < $3)))
        AND ($4::text IS NULL OR sends = $4)
      ORDER BY at, key, generation, operation`,
    values: [tenant, id, timestamp(now), sends],
  };
}

/** What names an act. */
type Name = Pick<Step, 'key' | 'generation'> & { readonly operation: string };

/** The name of an act, as a text. */
export function nameOf({ key, generation, operation }: Name): string {
  return `${key} ${generation} ${operation}`;
}

function drop(contract: Stored, rows: readonly Name[]): Statement {
  return {
    name: 'drop-acts',
    text: `DELETE FROM act a USING unnest($3::text[], $4::int[], $5::text[]) AS d (key, generation, operation)
     WHERE a.tenant = $1 AND a.contract = $2 AND a.key = d.key AND a.generation = d.generation AND a.operation = d.operation
       AND a.state = 'wanted'`,
    values: [
      contract.tenant,
      contract.id,
      rows.map((r) => r.key),
      rows.map((r) => r.generation),
      rows.map((r) => r.operation),
    ],
  };
}

function insert(contract: Stored, steps: readonly Step[]): Statement {
  const rows = steps.map((step) => ({
    ...step,
    at: timestamp(step.at),
    content: canonical(step.content),
    port: portOf(step.kind),
    lane: laneOf(step.kind, step.subject),
  }));
  return {
    name: 'want-acts',
    text: `INSERT INTO act (tenant, contract, key, generation, operation, attempt, ordinal, kind, sends, clause, subject, at, content, fingerprint,
       port, lane, state)
     SELECT $1, $2, s.key, s.generation, s.operation, b.attempts + 1, b.done + 1, s.kind, s.sends, s.clause, s.subject, s.at, s.content,
       s.fingerprint, s.port, s.lane, 'wanted'
     FROM json_to_recordset($3) AS s (key text, generation int, operation text, kind text, sends text, clause text, subject text,
       at timestamptz, content text, fingerprint text, port text, lane text),
     LATERAL (
       SELECT count(*)::int AS attempts, (count(*) FILTER (WHERE a.answer IN ('performed', 'confirmed')))::int AS done
       FROM act a WHERE a.tenant = $1 AND a.contract = $2 AND a.key = s.key AND a.generation = s.generation AND a.operation = s.operation
     ) b`,
    values: [contract.tenant, contract.id, JSON.stringify(rows)],
  };
}

function replace(contract: Stored, steps: readonly Step[]): Statement {
  const rows = steps.map(({ content, at, ...step }) => ({
    ...step,
    at: timestamp(at),
    content: canonical(content),
  }));
  return {
    name: 'replace-acts',
    text: `UPDATE act a SET content = s.content, fingerprint = s.fingerprint, at = s.at, sends = s.sends, clause = s.clause, subject = s.subject
     FROM json_to_recordset($3) AS s (key text, generation int, operation text, sends text, clause text, subject text, at timestamptz,
       content text, fingerprint text)
     WHERE a.tenant = $1 AND a.contract = $2 AND a.key = s.key AND a.generation = s.generation AND a.operation = s.operation
       AND a.state = 'wanted'`,
    values: [contract.tenant, contract.id, JSON.stringify(rows)],
  };
}
