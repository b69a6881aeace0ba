import { flight } from './flight.js';
import type { Stored } from './locked.js';
import { digestOfRow, notOwn, TABLES, type ReadModels } from './read-models.js';
import type { Tx } from './transact.js';

/** Where two outcomes differ, for a person: rows of the read models by table. `was` or `is` is null where there is no such row. */
export type Comparison = Readonly<
  Record<string, readonly { readonly key: string; readonly was: object | null; readonly is: object | null }[]>
>;

/** Compares what stands in the read models of a contract with what would stand there. */
export async function compared(tx: Tx, { tenant, id }: Stored, models: ReadModels): Promise<Comparison> {
  const answers = await flight(
    tx,
    TABLES.map((table) => ({
      text: `SELECT key, digest, to_jsonb(t) - '{tenant,contract,key,digest}'::text[] AS row FROM ${table} t
        WHERE tenant = $1 AND contract = $2${notOwn(table)} ORDER BY key`,
      values: [tenant, id],
    })),
  );
  const differences: Record<string, { key: string; was: object | null; is: object | null }[]> = {};
  for (const [at, table] of TABLES.entries()) {
    const there = answers[at]!.rows as readonly {
      readonly key: string;
      readonly digest: string;
      readonly row: object;
    }[];
    const known = new Set(there.map(({ key }) => key));
    const found = [
      ...there.flatMap(({ key, digest, row }) => {
        const is = models[table].get(key) ?? null;
        return is !== null && digestOfRow(is) === digest ? [] : [{ key, was: row, is }];
      }),
      ...[...models[table]].flatMap(([key, is]) => (known.has(key) ? [] : [{ key, was: null, is }])),
    ];
    if (found.length > 0) differences[table] = found;
  }
  return differences;
}
