import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  accessState,
  advance,
  appendFacts,
  claimAct,
  createContract,
  rebuild,
  settleAct,
  type Rec,
} from '../../../prisma/index.js';
import { TABLES } from '../../../prisma/read-models.js';
import { invoice, payment } from './facts.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';
import { WITHIN_MS } from './small-law.js';

/** Every row of the read models with the transaction that wrote it. */
async function dump(url: string): Promise<{ readonly rows: readonly string[]; readonly written: readonly string[] }> {
  return withClient(url, async (client) => {
    const rows: string[] = [];
    const written: string[] = [];
    for (const table of TABLES) {
      const found = await client.query<{ row: string; xmin: string }>(
        `SELECT t::text AS row, xmin::text FROM ${table} t ORDER BY t::text`,
      );
      rows.push(...found.rows.map(({ row }) => `${table} ${row}`));
      written.push(...found.rows.map(({ row, xmin }) => `${xmin} ${table} ${row}`));
    }
    return { rows, written };
  });
}

async function lived(rec: Rec): Promise<string> {
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(
    await appendFacts(rec, TENANT, id, [
      invoice('INV-1'),
      invoice('INV-2'),
      payment('INV-2', '2026-03-02T10:01:00+05:00'),
    ]),
  );
  for (const item of got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS })).work) {
    const claimed = (await claimAct(rec, TENANT, item, 60_000))!;
    got(await settleAct(rec, TENANT, item, claimed.lease, { outcome: 'performed', receipt: {} }));
  }
  got(await advance(rec, TENANT, id));
  return id;
}

test('read models say what the outcome says, and are the same when they are dropped and rebuilt', async () => {
  const { rec, database } = await freshRecord();
  await lived(rec);
  await lived(rec);
  const before = (await dump(database.ownerUrl)).rows;
  expect(
    before.filter((row) => row.startsWith('invoice')).map((row) => row.replace(/.*(INV-\d),"/, '$1 ')),
  ).toHaveLength(4);
  expect(before.length).toBe(2 * (2 + 1 + 2 + 4 + 0 + 1 + 0 + 5));
  expect(await rebuild(rec, TENANT)).toMatchObject({ contracts: 2, rows: before.length, refused: [] });
  expect((await dump(database.ownerUrl)).rows).toEqual(before);
});

test('an advance that finds nothing new writes nothing; one fact rewrites only the rows that it changes', async () => {
  const { rec, database } = await freshRecord();
  const id = await lived(rec);
  const before = (await dump(database.ownerUrl)).written;
  got(await advance(rec, TENANT, id));
  expect((await dump(database.ownerUrl)).written).toEqual(before);
  got(await appendFacts(rec, TENANT, id, [invoice('INV-3')]));
  got(await advance(rec, TENANT, id));
  const after = (await dump(database.ownerUrl)).written;
  // INV-3 lapsed before it was known: its timeline, invoice, two entries and restriction are new, everything else stands.
  expect(
    after
      .filter((row) => !before.includes(row))
      .map((row) => row.split(' ')[1])
      .sort(),
  ).toEqual(['invoice', 'ledger_entry', 'ledger_entry', 'restriction', 'timeline']);
  expect(before.filter((row) => !after.includes(row))).toEqual([]);
});

test('access has a version that grows only when something opens or closes', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  expect(await accessState(rec, TENANT, id)).toBeNull();
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  got(await advance(rec, TENANT, id));
  got(await advance(rec, TENANT, id));
  expect(await accessState(rec, TENANT, id)).toMatchObject({ version: 1, functions: { portal: { open: true } } });
  got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS }));
  expect(await accessState(rec, TENANT, id)).toMatchObject({ version: 2, functions: { portal: { open: false } } });
  got(await appendFacts(rec, TENANT, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
  got(await advance(rec, TENANT, id));
  expect(await accessState(rec, TENANT, id)).toMatchObject({ version: 3, functions: { portal: { open: true } } });
});
