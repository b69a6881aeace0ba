import type pg from 'pg';
import { TABLES as READ_MODELS } from '../prisma/read-models.js';

const TABLES = ['fact', 'payload', ...READ_MODELS, 'act', 'access_state', 'advance', 'contract'] as const;

/**
 * The bare twin of an advance: what the newest transaction wrote about a contract is written once more, into tables of the same
 * columns and keys, by ready statements, one for each table, in one transaction that reads nothing and decides nothing.
 * @returns a function that does it and answers how long it took on the wall, and how many rows it wrote
 */
export async function bareTransaction(
  client: pg.Client,
  tenant: string,
): Promise<(contract: string) => Promise<{ readonly ms: number; readonly rows: number }>> {
  await client.query('CREATE SCHEMA IF NOT EXISTS bare');
  for (const table of TABLES)
    await client.query(
      `CREATE TABLE IF NOT EXISTS bare.${table} (LIKE public.${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)`,
    );
  let turn = 0;
  return async (contract) => {
    const wrote = await writtenLast(client, tenant, contract);
    turn += 1;
    const sent = wrote.map(({ table, rows }) => ({
      table,
      json: JSON.stringify(rows.map((row) => renamed(row, turn))),
    }));
    const began = performance.now();
    await client.query('BEGIN');
    for (const { table, json } of sent)
      await client.query({
        name: `bare-${table}`,
        text: `INSERT INTO bare.${table} SELECT * FROM json_populate_recordset(NULL::bare.${table}, $1)`,
        values: [json],
      });
    await client.query('COMMIT');
    return { ms: performance.now() - began, rows: wrote.reduce((sum, { rows }) => sum + rows.length, 0) };
  };
}

type Written = { readonly table: string; readonly rows: readonly Record<string, unknown>[] };

/** The rows of a contract that carry the number of the transaction that last wrote its own row. */
async function writtenLast(client: pg.Client, tenant: string, contract: string): Promise<readonly Written[]> {
  const found: Written[] = [];
  for (const table of TABLES) {
    const id = table === 'contract' ? 'id' : 'contract';
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `SELECT to_json(t) AS row FROM ${table} t WHERE t.tenant = $1 AND t.${id} = $2
         AND t.xmin = (SELECT c.xmin FROM contract c WHERE c.tenant = $1 AND c.id = $2)`,
      [tenant, contract],
    );
    if (rows.length > 0) found.push({ table, rows: rows.map(({ row }) => row) });
  }
  return found;
}

/** Under another tenant's name, so that its keys are new. */
const renamed = (row: Record<string, unknown>, turn: number): Record<string, unknown> => ({
  ...row,
  tenant: `turn-${turn}`,
});
