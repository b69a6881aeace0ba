import type {
  AmendmentView,
  CaseView,
  ConsentView,
  EffectView,
  LedgerEntry,
  Outcome,
  PresumptionView,
  RestrictionView,
  RightView,
  TimelineView,
} from '../rules/engine/outcome.js';
import { canonical, sha256 } from './chain.js';
import type { Statement } from './flight.js';
import { onceFor } from './sharing.js';
import type { Tx } from './transact.js';

/** The read models of one contract: rows by table, each under a key of its own. They follow from the outcome and from nothing else. */
export type ReadModels = Readonly<Record<Table, ReadonlyMap<string, Row>>>;

/** The tables of the read models. */
export const TABLES = [
  'timeline',
  'restriction',
  'invoice',
  'ledger_entry',
  'notice',
  'document',
  'open_case',
  'outcome_view',
] as const;
type Table = (typeof TABLES)[number];
type Row = Readonly<Record<string, unknown>>;

/** What an outcome looks like in the read models. Pure. */
export function readModelsOf(outcome: Outcome): ReadModels {
  return {
    timeline: keyed(outcome.timelines.map(timelineRow), (row) => [row.clause, row.subject, row.run]),
    restriction: keyed(outcome.restrictions.map(restrictionRow), (row) => [row.clause, row.subject, row.starts]),
    invoice: keyed(invoices(outcome.ledger.entries), (row) => [row.subject]),
    ledger_entry: keyed(outcome.ledger.entries.map(entryRow), (row) => [row.kind, row.clause, row.subject, row.at]),
    notice: keyed(outcome.effects.filter(isNotice).map(noticeRow), (row) => [row.effect, row.generation, row.kind]),
    document: keyed(outcome.effects.filter(isDocument).map(documentRow), (row) => [
      row.effect,
      row.generation,
      row.kind,
    ]),
    // A case has its key already, and only one has it.
    open_case: new Map(outcome.cases.map((one) => [one.key, caseRow(one)] as const)),
    outcome_view: otherViews(outcome),
  };
}

/** What stands in the read models of one contract: digests by key, by table. */
export type Standing = Readonly<Record<Table, ReadonlyMap<string, string>>>;

/** Cases that the record opens by itself have keys that begin so; they are no part of an outcome. */
export const OWN_CASE = 'record~';

/** Nothing. */
export const NOTHING_STANDS: Standing = {
  timeline: new Map(),
  restriction: new Map(),
  invoice: new Map(),
  ledger_entry: new Map(),
  notice: new Map(),
  document: new Map(),
  open_case: new Map(),
  outcome_view: new Map(),
};

/** Asks what stands: one row for each table. */
export function standingReadModels({ tenant, id }: { readonly tenant: string; readonly id: string }): Statement {
  return {
    name: 'digests',
    text: TABLES.map(
      (table) => `SELECT '${table}' AS of, json_object_agg(key, digest) AS digests FROM ${table}
        WHERE tenant = $1 AND contract = $2${notOwn(table)}`,
    ).join(' UNION ALL '),
    values: [tenant, id],
  };
}

/** Reads the answer to that. */
export function toStanding(
  rows: readonly { readonly of: Table; readonly digests: Readonly<Record<string, string>> | null }[],
): Standing {
  const standing: Record<Table, ReadonlyMap<string, string>> = { ...NOTHING_STANDS };
  for (const { of, digests } of rows) standing[of] = new Map(Object.entries(digests ?? {}));
  return standing;
}

/** What makes the read models what they should be: statements for what differs and for nothing else, how many rows that is, and what stands then. */
export function readModelChanges(
  { tenant, id }: { readonly tenant: string; readonly id: string },
  models: ReadModels,
  standing: Standing,
): { readonly statements: readonly Statement[]; readonly rows: number; readonly then: Standing } {
  const statements: Statement[] = [];
  const then: Record<Table, ReadonlyMap<string, string>> = { ...NOTHING_STANDS };
  let rows = 0;
  for (const table of TABLES) {
    const wanted = models[table];
    const there = standing[table];
    const gone = [...there.keys()].filter((key) => !wanted.has(key));
    const changed: Row[] = [];
    const digests = new Map<string, string>();
    for (const [key, row] of wanted) {
      const digest = digestOfRow(row);
      digests.set(key, digest);
      if (there.get(key) !== digest) changed.push({ tenant, contract: id, key, digest, ...row });
    }
    if (gone.length > 0) statements.push(remove(table, tenant, id, gone));
    if (changed.length > 0) statements.push(upsert(table, changed));
    then[table] = digests;
    rows += gone.length + changed.length;
  }
  return { statements, rows, then };
}

/** Leaves the record's own cases out. */
export const notOwn = (table: Table): string => (table === 'open_case' ? ` AND key NOT LIKE '${OWN_CASE}%'` : '');

/** Drops the read models of a contract. */
export async function dropReadModels(tx: Tx, tenant: string, contract: string): Promise<void> {
  for (const table of TABLES)
    await tx.query(`DELETE FROM ${table} WHERE tenant = $1 AND contract = $2${notOwn(table)}`, [tenant, contract]);
}

function remove(table: Table, tenant: string, contract: string, keys: readonly string[]): Statement {
  return {
    name: `remove-${table}`,
    text: `DELETE FROM ${table} WHERE tenant = $1 AND contract = $2 AND key = ANY($3)`,
    values: [tenant, contract, keys],
  };
}

function upsert(table: Table, rows: readonly Row[]): Statement {
  const columns = Object.keys(rows[0]!).filter((column) => !['tenant', 'contract', 'key'].includes(column));
  return {
    name: `upsert-${table}`,
    text: `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)
     ON CONFLICT (tenant, contract, key) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
    values: [JSON.stringify(rows)],
  };
}

const keys = new WeakMap<Row, string>();

/** Keys from what names a row; a second one of the same name is told apart by its place, which follows from the outcome's order. */
function keyed<R extends Row>(rows: readonly R[], name: (row: R) => readonly unknown[]) {
  const named = new Map<string, Row>();
  for (const row of rows) {
    let key = keys.get(row);
    if (key === undefined) {
      key = name(row)
        .map((part) => encoded(String(part ?? '')))
        .join('~');
      keys.set(row, key);
    }
    let unique = key;
    for (let n = 2; named.has(unique); n += 1) unique = `${key}~#${n}`;
    named.set(unique, row);
  }
  return named;
}

/** The last row of each invoice: it changes with what was paid. */
const invoiceRows = new WeakMap<LedgerEntry, Row & { readonly paid: string; readonly subject: string }>();

/** Most parts are letters and figures and stay as they are. */
function encoded(part: string): string {
  return /^[\w.-]*$/.test(part) ? part : encodeURIComponent(part);
}

/** The digest that stands beside a row. */
export const digestOfRow = onceFor((row: Row) => sha256(canonical(row)));

const timelineRow = onceFor(({ tolledDays, lastDay, ...line }: TimelineView) => ({
  ...line,
  last_day: lastDay,
  tolled_days: tolledDays,
}));

const restrictionRow = onceFor(({ from, to, ...restriction }: RestrictionView) => ({
  ...restriction,
  starts: from,
  ends: to,
}));

const entryRow = onceFor(({ at, clause, subject, kind, amount, currency, days, provisional }: LedgerEntry) => ({
  at,
  clause,
  subject,
  kind,
  amount,
  currency,
  days: days ?? null,
  provisional: provisional ?? false,
}));

const caseRow = onceFor(({ openedAt, clause, subject, question }: CaseView) => ({
  clause,
  subject,
  question,
  opened_at: openedAt,
}));

const noticeRow = onceFor(effect);
const documentRow = onceFor((view: EffectView) => ({ ...effect(view), undoes: view.undoes }));

/** What no table of its own shows. */
function otherViews({ contract, ledger, access, ...outcome }: Outcome): ReadonlyMap<string, Row> {
  return new Map([
    ...keyed([{ of: 'contract', body: contract }], () => ['contract']),
    ...keyed([{ of: 'balance', body: ledger.balance }], () => ['balance']),
    ...keyed(
      Object.entries(access).map(([name, view]) => ({ of: 'access', body: { function: name, ...view } })),
      ({ body }) => ['access', body.function],
    ),
    ...keyed(outcome.rights.map(rightRow), ({ body }) => ['right', body.key]),
    ...keyed(outcome.presumptions.map(presumptionRow), ({ body }) => [
      'presumption',
      body.clause,
      body.subject,
      body.at,
    ]),
    ...keyed(outcome.consents.map(consentRow), ({ body }) => ['consent', body.purpose, body.at]),
    ...keyed(outcome.amendments.map(amendmentRow), ({ body }) => ['amendment', body.subject, body.publishedAt]),
    ...keyed(outcome.effects.map(effectRow), ({ body }) => ['effect', body.key, body.generation, body.kind]),
  ]);
}

const rightRow = onceFor((body: RightView) => ({ of: 'right', body }));
const presumptionRow = onceFor((body: PresumptionView) => ({ of: 'presumption', body }));
const consentRow = onceFor((body: ConsentView) => ({ of: 'consent', body }));
const amendmentRow = onceFor((body: AmendmentView) => ({ of: 'amendment', body }));
/** What an effect says; of a restriction and what lifts it, which no table lists, everything. */
const effectRow = onceFor((view: EffectView) => {
  const { key, generation, kind, data } = view;
  return { of: 'effect', body: isNotice(view) || isDocument(view) ? { key, generation, kind, data } : view };
});

/** What was asked for under each subject, and what came for it. */
function invoices(entries: readonly LedgerEntry[]) {
  const payments = new Map<string, bigint>();
  const name = ({ subject, currency }: LedgerEntry): string => `${currency} ${subject}`;
  for (const entry of entries)
    if (entry.kind === 'payment') payments.set(name(entry), (payments.get(name(entry)) ?? 0n) + tiyn(entry.amount));
  return entries
    .filter((entry) => entry.kind === 'invoice')
    .map((entry) => {
      const { subject, at, amount, currency } = entry;
      const paid = payments.get(name(entry)) ?? 0n;
      const before = invoiceRows.get(entry);
      if (before?.paid === money(paid)) return before;
      const row = {
        subject,
        presented_at: at,
        amount,
        paid: money(paid),
        currency,
        settled: amount !== null && paid >= tiyn(amount),
      };
      invoiceRows.set(entry, row);
      return row;
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
