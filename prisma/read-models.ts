import type { EffectView, LedgerEntry, Outcome } from '../rules/engine/outcome.js';
import { canonical, sha256 } from './chain.js';
import type { Tx } from './transact.js';

/** The read models of one contract: rows by table, each under a key of its own. They follow from the outcome and from nothing else. */
export type ReadModels = Readonly<Record<Table, ReadonlyMap<string, Row>>>;

const TABLES = ['timeline', 'restriction', 'invoice', 'ledger_entry', 'notice', 'document', 'open_case'] as const;
type Table = (typeof TABLES)[number];
type Row = Readonly<Record<string, unknown>>;

/** What an outcome looks like in the read models. Pure. */
export function readModelsOf(outcome: Outcome): ReadModels {
  return {
    timeline: keyed(
      outcome.timelines.map(({ tolledDays, lastDay, ...line }) => ({
        ...line,
        last_day: lastDay,
        tolled_days: tolledDays,
      })),
      (row) => [row.clause, row.subject, row.run],
    ),
    restriction: keyed(
      outcome.restrictions.map(({ from, to, ...restriction }) => ({ ...restriction, starts: from, ends: to })),
      (row) => [row.clause, row.subject, row.starts],
    ),
    invoice: keyed(invoices(outcome.ledger.entries), (row) => [row.subject]),
    ledger_entry: keyed(
      outcome.ledger.entries.map(({ at, clause, subject, kind, amount, currency, days, provisional }) => ({
        at,
        clause,
        subject,
        kind,
        amount,
        currency,
        days: days ?? null,
        provisional: provisional ?? false,
      })),
      (row) => [row.kind, row.clause, row.subject, row.at],
    ),
    notice: keyed(outcome.effects.filter(isNotice).map(effect), (row) => [row.effect, row.generation, row.kind]),
    document: keyed(
      outcome.effects.filter(isDocument).map((view) => ({ ...effect(view), undoes: view.undoes })),
      (row) => [row.effect, row.generation, row.kind],
    ),
    open_case: keyed(
      outcome.cases.map(({ key, openedAt, clause, subject, question }) => ({
        case: key,
        clause,
        subject,
        question,
        opened_at: openedAt,
      })),
      (row) => [row.case],
      ({ case: _, ...row }) => row,
    ),
  };
}

/** Writes what differs from what stands, and only that. Answers the number of rows that were written or deleted. */
export async function writeReadModels(tx: Tx, tenant: string, contract: string, models: ReadModels): Promise<number> {
  const { rows: standing } = await tx.query<{ of: Table; key: string; digest: string }>({
    name: 'digests',
    text: TABLES.map(
      (table) => `SELECT '${table}' AS of, key, digest FROM ${table} WHERE tenant = $1 AND contract = $2`,
    ).join(' UNION ALL '),
    values: [tenant, contract],
  });
  let changes = 0;
  for (const table of TABLES) {
    const wanted = models[table];
    const there = new Map(standing.filter((row) => row.of === table).map((row) => [row.key, row.digest]));
    const gone = [...there.keys()].filter((key) => !wanted.has(key));
    const changed: Row[] = [];
    for (const [key, row] of wanted) {
      const digest = sha256(canonical(row));
      if (there.get(key) !== digest) changed.push({ tenant, contract, key, digest, ...row });
    }
    if (gone.length > 0)
      await tx.query(`DELETE FROM ${table} WHERE tenant = $1 AND contract = $2 AND key = ANY($3)`, [
        tenant,
        contract,
        gone,
      ]);
    if (changed.length > 0) await upsert(tx, table, changed);
    changes += gone.length + changed.length;
  }
  return changes;
}

/** Drops the read models of a contract. */
export async function dropReadModels(tx: Tx, tenant: string, contract: string): Promise<void> {
  for (const table of TABLES)
    await tx.query(`DELETE FROM ${table} WHERE tenant = $1 AND contract = $2`, [tenant, contract]);
}

async function upsert(tx: Tx, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!).filter((column) => !['tenant', 'contract', 'key'].includes(column));
  await tx.query(
    `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)
     ON CONFLICT (tenant, contract, key) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
    [JSON.stringify(rows)],
  );
}

/** Keys from what names a row; a second one of the same name is told apart by its place, which follows from the outcome's order. */
function keyed<R extends Row>(
  rows: readonly R[],
  name: (row: R) => readonly unknown[],
  keep: (row: R) => Row = (row) => row,
) {
  const named = new Map<string, Row>();
  for (const row of rows) {
    const key = name(row)
      .map((part) => encodeURIComponent(String(part ?? '')))
      .join('~');
    let unique = key;
    for (let n = 2; named.has(unique); n += 1) unique = `${key}~#${n}`;
    named.set(unique, keep(row));
  }
  return named;
}

/** What was asked for under each subject, and what came for it. */
function invoices(entries: readonly LedgerEntry[]) {
  return entries
    .filter((entry) => entry.kind === 'invoice')
    .map(({ subject, at, amount, currency }) => {
      const paid = entries
        .filter((entry) => entry.subject === subject && entry.currency === currency && entry.kind === 'payment')
        .reduce((sum, entry) => sum + tiyn(entry.amount), 0n);
      return {
        subject,
        presented_at: at,
        amount,
        paid: money(paid),
        currency,
        settled: amount !== null && paid >= tiyn(amount),
      };
    });
}

function tiyn(amount: string | null): bigint {
  if (amount === null) return 0n;
  const [whole, part = ''] = amount.split('.');
  return BigInt(whole! + part.padEnd(2, '0'));
}

function money(sum: bigint): string {
  const sign = sum < 0n ? '-' : '';
  const digits = (sum < 0n ? -sum : sum).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function isNotice({ kind }: EffectView): boolean {
  return kind === 'notify' || kind === 'correct';
}

function isDocument({ kind }: EffectView): boolean {
  return !isNotice({ kind } as EffectView) && kind !== 'restrict' && kind !== 'lift';
}

function effect({ key, generation, kind, clause, subject, at, performedAt, state }: EffectView) {
  return { effect: key, generation, kind, clause, subject, at, performed_at: performedAt, state };
}
