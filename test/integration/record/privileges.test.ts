import { expect, test } from 'vitest';
import type pg from 'pg';
import { advance, appendFacts, createContract, ofTenant } from '../../../prisma/index.js';
import { withClient } from '../../../launch/roles.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';
import { invoice } from './facts.js';

const DENIED = '42501';

async function withJournal() {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  got(await advance(rec, TENANT, id));
  return { rec, database, id };
}

/** The SQLSTATE that a statement ends with under a role that looks at a tenant; `ok` and the rows when it passes. */
async function attempt(url: string, tenant: string | null, sql: string): Promise<string> {
  return withClient(url, async (client) => {
    if (tenant !== null) await client.query(`SELECT set_config('merzim.tenant', $1, false)`, [tenant]);
    try {
      return `ok ${(await client.query(sql)).rowCount ?? 0}`;
    } catch (error) {
      return (error as pg.DatabaseError).code ?? String(error);
    }
  });
}

test.each([
  `UPDATE fact SET type = 'x'`,
  `DELETE FROM fact`,
  `TRUNCATE fact CASCADE`,
  `UPDATE payload SET body = '{}'`,
  `DELETE FROM payload`,
  `TRUNCATE payload`,
  `UPDATE advance SET hash = ''`,
  `DELETE FROM advance`,
  `UPDATE edition SET body = ''`,
  `UPDATE contract SET participant = NULL`,
  `UPDATE contract SET genesis = ''`,
  `DELETE FROM contract`,
  `UPDATE issued SET number = 7`,
  `ALTER TABLE fact DISABLE TRIGGER ALL`,
  `ALTER TABLE fact DISABLE ROW LEVEL SECURITY`,
  `DROP TABLE fact CASCADE`,
  `SELECT merzim_erase('operator-1', 'x', 'because')`,
  `CREATE TABLE mine (id int)`,
])('the application is refused: %s', async (sql) => {
  const { database } = await withJournal();
  expect(await attempt(database.appUrl, TENANT, sql)).toBe(DENIED);
});

test.each([
  `UPDATE fact SET type = 'x'`,
  `DELETE FROM fact`,
  `TRUNCATE fact CASCADE`,
  `UPDATE payload SET body = '{}'`,
  `DELETE FROM payload`,
  `TRUNCATE payload`,
])('the owner is refused too: %s', async (sql) => {
  const { database } = await withJournal();
  expect(await attempt(database.ownerUrl, TENANT, sql)).toBe(DENIED);
});

test('the application that owns nothing can still do its work', async () => {
  const { database } = await withJournal();
  const owned = await withClient(database.superUrl, async (client) =>
    client.query(`SELECT relname FROM pg_class WHERE relowner = 'merzim_app'::regrole`),
  );
  expect(owned.rows).toEqual([]);
  const attributes = await withClient(database.superUrl, async (client) =>
    client.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'merzim_app'`,
    ),
  );
  expect(attributes.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
});

test('every table shows a tenant its own rows only, and nothing to nobody', async () => {
  const { rec, database, id } = await withJournal();
  const tables = await withClient(database.superUrl, async (client) =>
    client.query<{ name: string; secured: boolean }>(
      `SELECT relname AS name, relrowsecurity AS secured FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' ORDER BY relname`,
    ),
  );
  expect(tables.rows.filter(({ secured }) => !secured)).toEqual([]);
  for (const table of [
    'fact',
    'payload',
    'contract',
    'advance',
    'timeline',
    'ledger_entry',
    'invoice',
    'poke',
    'edition',
    'access_state',
  ]) {
    expect(await attempt(database.appUrl, TENANT, `SELECT 1 FROM ${table} LIMIT 1`), table).toBe('ok 1');
    expect(await attempt(database.appUrl, 'operator-2', `SELECT 1 FROM ${table}`), table).toBe('ok 0');
    expect(await attempt(database.appUrl, null, `SELECT 1 FROM ${table}`), table).toBe('ok 0');
  }
  const forged = `INSERT INTO message VALUES ('${TENANT}', '${id}', 'm', 'participant', now(), 'kk', 's', 'b', 'c')`;
  expect(await attempt(database.appUrl, 'operator-2', forged)).toBe(DENIED);
  expect(await attempt(database.appUrl, 'operator-2', `UPDATE contract SET held = true`)).toBe('ok 0');
  expect(await appendFacts(rec, 'operator-2', id, [invoice('INV-2')])).toMatchObject({
    refusal: { code: 'contract.unknown' },
  });
});

test('Prisma sees the same: the rows of the tenant that the transaction names', async () => {
  const { rec } = await withJournal();
  const count = (tenant: string) => ofTenant(rec, tenant, (tx) => tx.timeline.count());
  expect([await count(TENANT), await count('operator-2')]).toEqual([1, 0]);
  expect(await rec.prisma.timeline.count()).toBe(0);
  const [line] = await ofTenant(rec, TENANT, (tx) => tx.timeline.findMany());
  expect(line).toMatchObject({ clause: '5.4', state: 'running', lastDay: new Date('2026-03-05T00:00:00Z') });
});
