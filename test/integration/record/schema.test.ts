import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { APP_ROLE, withClient } from '../../../launch/roles.js';
import { migrate, migrations } from '../../../prisma/migrate.js';
import { catalogOf } from './catalog.js';
import { freshRecord } from './opened.js';
import { tablesOf, type ModelTable } from './prisma-schema.js';

const file = (name: string): string => new URL(`../../../prisma/${name}`, import.meta.url).pathname;

test('the migrated database is the one in schema.dump (vitest --update after a migration)', async () => {
  const { database } = await freshRecord();
  const catalog = await withClient(database.ownerUrl, catalogOf);
  await expect(catalog).toMatchFileSnapshot(file('schema.dump'));
});

test('schema.prisma and the migrated database agree: columns, keys, indexes, references', async () => {
  const { database } = await freshRecord();
  const described = tablesOf(readFileSync(file('schema.prisma'), 'utf8'));
  const found = await withClient(database.ownerUrl, async (client) => {
    const one = async (sql: string, table: string): Promise<string[]> =>
      (await client.query<{ line: string }>(sql, [table])).rows.map(({ line }) => line).sort();
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`,
    );
    const all: ModelTable[] = [];
    for (const { name } of tables.rows)
      all.push({
        table: name,
        columns: await one(COLUMNS, name),
        primary: (await one(`${INDEXES} AND i.indisprimary`, name))[0]!,
        unique: await one(`${INDEXES} AND i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL`, name),
        indexes: await one(`${INDEXES} AND NOT i.indisunique AND i.indpred IS NULL`, name),
        references: await one(REFERENCES, name),
      });
    return all;
  });
  const byName = (a: ModelTable, b: ModelTable): number => a.table.localeCompare(b.table);
  expect(described.toSorted(byName)).toEqual(found.sort(byName));
});

test('migrating again changes nothing; a migration that was changed after it was applied is refused', async () => {
  const { database } = await freshRecord();
  const history = () =>
    withClient(
      database.ownerUrl,
      async (client) =>
        (await client.query('SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY 1'))
          .rows,
    );
  const before = await history();
  expect(before).toEqual(
    migrations().map(({ name, checksum }) => ({ migration_name: name, checksum, applied_steps_count: 1 })),
  );
  await Promise.all([migrate(database.ownerUrl, APP_ROLE), migrate(database.ownerUrl, APP_ROLE)]);
  expect(await history()).toEqual(before);
  await withClient(database.ownerUrl, async (client) =>
    client.query(`UPDATE _prisma_migrations SET checksum = 'other'`),
  );
  await expect(migrate(database.ownerUrl, APP_ROLE)).rejects.toThrow(/was changed after it was applied/);
});

const COLUMNS = `SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS line
  FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`;
const INDEXES = `SELECT (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' ORDER BY n) FROM generate_series(1, i.indnkeyatts) n) AS line
  FROM pg_index i WHERE i.indrelid = $1::regclass`;
const REFERENCES = `SELECT format('(%s) → %s (%s)',
    (SELECT string_agg(a.attname, ', ' ORDER BY n) FROM unnest(k.conkey) WITH ORDINALITY u (num, n) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = num),
    k.confrelid::regclass,
    (SELECT string_agg(a.attname, ', ' ORDER BY n) FROM unnest(k.confkey) WITH ORDINALITY u (num, n) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = num)) AS line
  FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = $1::regclass`;
