import type { EffectKind } from '../rules/engine/outcome.js';
import type { Step } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { canonical } from './chain.js';
import { timestamp, type Stored } from './locked.js';
import type { Tx } from './transact.js';
import type { Port, WorkItem } from './types.js';

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

/** Makes the open acts equal to the steps: new ones are written, what is wanted no more and was not claimed goes, other content replaces what waits. */
export async function writeActs(tx: Tx, contract: Stored, steps: readonly Step[]): Promise<void> {
  const { rows: open } = await tx.query<{
    key: string;
    generation: number;
    operation: string;
    state: string;
    fingerprint: string;
  }>({
    name: 'open-acts',
    text: `SELECT key, generation, operation, state, fingerprint FROM act
      WHERE tenant = $1 AND contract = $2 AND state IN ('wanted', 'claimed')`,
    values: [contract.tenant, contract.id],
  });
  const standing = new Map(open.map((row) => [nameOf(row), row]));
  const wanted = new Set(steps.map(nameOf));
  const gone = open.filter((row) => row.state === 'wanted' && !wanted.has(nameOf(row)));
  if (gone.length > 0) await drop(tx, contract, gone);
  const fresh = steps.filter((step) => !standing.has(nameOf(step)));
  if (fresh.length > 0) await insert(tx, contract, fresh);
  for (const step of steps) {
    const row = standing.get(nameOf(step));
    if (row?.state === 'wanted' && row.fingerprint !== step.fingerprint) await replace(tx, contract, step);
  }
}

/** What waits for a hand at this moment of the database: wanted and not claimed, or claimed under a lease that has run out. */
export async function workOf(tx: Tx, contract: Stored, now: Instant): Promise<readonly WorkItem[]> {
  const { rows } = await tx.query<WorkItem>({
    name: 'work',
    text: `SELECT contract, key, generation, operation, port, lane FROM act
      WHERE tenant = $1 AND contract = $2 AND (state = 'wanted' OR (state = 'claimed' AND (lease IS NULL OR lease_until < $3)))
      ORDER BY at, key, generation, operation`,
    values: [contract.tenant, contract.id, timestamp(now)],
  });
  return rows;
}

type Name = Pick<Step, 'key' | 'generation'> & { readonly operation: string };

function nameOf({ key, generation, operation }: Name): string {
  return `${key} ${generation} ${operation}`;
}

async function drop(tx: Tx, contract: Stored, rows: readonly Name[]): Promise<void> {
  await tx.query(
    `DELETE FROM act a USING unnest($3::text[], $4::int[], $5::text[]) AS d (key, generation, operation)
     WHERE a.tenant = $1 AND a.contract = $2 AND a.key = d.key AND a.generation = d.generation AND a.operation = d.operation
       AND a.state = 'wanted'`,
    [contract.tenant, contract.id, rows.map((r) => r.key), rows.map((r) => r.generation), rows.map((r) => r.operation)],
  );
}

async function insert(tx: Tx, contract: Stored, steps: readonly Step[]): Promise<void> {
  const rows = steps.map((step) => ({
    ...step,
    at: timestamp(step.at),
    content: canonical(step.content),
    port: portOf(step.kind),
    lane: laneOf(step.kind, step.subject),
  }));
  await tx.query(
    `INSERT INTO act (tenant, contract, key, generation, operation, attempt, ordinal, kind, sends, clause, subject, at, content, fingerprint,
       port, lane, state)
     SELECT $1, $2, s.key, s.generation, s.operation, b.attempts + 1, b.done + 1, s.kind, s.sends, s.clause, s.subject, s.at, s.content,
       s.fingerprint, s.port, s.lane, 'wanted'
     FROM json_to_recordset($3) AS s (key text, generation int, operation text, kind text, sends text, clause text, subject text,
       at timestamptz, content text, fingerprint text, port text, lane text),
     LATERAL (
       SELECT count(*)::int AS attempts, (count(*) FILTER (WHERE a.answer IN ('performed', 'confirmed')))::int AS done
       FROM act a WHERE a.tenant = $1 AND a.contract = $2 AND a.key = s.key AND a.generation = s.generation AND a.operation = s.operation
     ) b`,
    [contract.tenant, contract.id, JSON.stringify(rows)],
  );
}

async function replace(tx: Tx, contract: Stored, step: Step): Promise<void> {
  await tx.query(
    `UPDATE act SET content = $6, fingerprint = $7, at = $8, sends = $9, clause = $10, subject = $11
     WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5 AND state = 'wanted'`,
    [
      contract.tenant,
      contract.id,
      step.key,
      step.generation,
      step.operation,
      canonical(step.content),
      step.fingerprint,
      timestamp(step.at),
      step.sends,
      step.clause,
      step.subject,
    ],
  );
}
