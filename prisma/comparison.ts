import type { Zone } from '../rules/law/types.js';
import { flight } from './flight.js';
import type { Stored } from './locked.js';
import { digestOfRow, notOwn, TABLES, type ReadModels } from './read-models.js';
import type { Tx } from './transact.js';

/** One line in which two outcomes differ; `was` or `is` is null where there is no such line. */
export interface Difference {
  /** What the line is of: a table of the read models, or a kind of view that has none. */
  readonly of: string;
  readonly key: string;
  readonly was: object | null;
  readonly is: object | null;
}

type Line = Readonly<Record<string, unknown>>;

/** Compares what stands in the read models of a contract with what would stand there: a line for each row that differs, in the forms of an outcome. */
export async function compared(
  tx: Tx,
  { tenant, id }: Stored,
  models: ReadModels,
  zone: Zone,
): Promise<readonly Difference[]> {
  const answers = await flight(
    tx,
    TABLES.map((table) => ({
      text: `SELECT key, digest, to_jsonb(t) - '{tenant,contract,key,digest}'::text[] AS row FROM ${table} t
        WHERE tenant = $1 AND contract = $2${notOwn(table)} ORDER BY key`,
      values: [tenant, id],
    })),
  );
  return TABLES.flatMap((table, at) => {
    const there = answers[at]!.rows as readonly { readonly key: string; readonly digest: string; readonly row: Line }[];
    // Of the balance at least there is always a row: an outcome that was written before there was this table has none.
    if (table === 'outcome_view' && there.length === 0) return [];
    const line = (key: string, was: Line | null, is: Line | null): Difference => ({
      ...{ of: String((table === 'outcome_view' && (was ?? is)!['of']) || table), key },
      was: was && told(was, zone),
      is: is && told(is, zone),
    });
    const known = new Set(there.map(({ key }) => key));
    return [
      ...there.flatMap(({ key, digest, row }) => {
        const is = models[table].get(key) ?? null;
        return is !== null && digestOfRow(is) === digest ? [] : [line(key, row, is)];
      }),
      ...[...models[table]].flatMap(([key, is]) => (known.has(key) ? [] : [line(key, null, is)])),
    ];
  });
}

const MONEY: ReadonlySet<string> = new Set(['amount', 'paid']);

/** A row as an outcome would say it: the database writes instants and amounts in its own way, and names columns so. */
function told(row: Line, zone: Zone): object {
  if (typeof row['body'] === 'object' && row['body'] !== null) return row['body'];
  const say = (name: string, value: unknown): unknown => {
    if (MONEY.has(name) && typeof value === 'number') return value.toFixed(2);
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? zone.format(Date.parse(value)) : value;
  };
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      say(name, value),
    ]),
  );
}
