import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  advance,
  appendFacts,
  auditChain,
  claimAct,
  createContract,
  exportJournal,
  listFacts,
  outcomeOf,
  settleAct,
  verifyJournal,
  type Rec,
} from '../../../prisma/index.js';
import { invoice } from './facts.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';
import { smallLaw, WITHIN_MS } from './small-law.js';

/** A contract with a lapsed invoice whose claim and block went out. */
async function lived(rec: Rec): Promise<string> {
  const { id } = got(
    await createContract(rec, TENANT, { offer: 'small', participant: { name: 'Әйгерім' }, testClock: MONDAY }),
  );
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1'), invoice('INV-2', { by: 'billing' })]));
  for (const item of got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS })).work) {
    const claimed = await claimAct(rec, TENANT, item, 60_000);
    got(await settleAct(rec, TENANT, item, claimed!.lease, { outcome: 'performed', receipt: {} }));
  }
  got(await advance(rec, TENANT, id));
  return id;
}

async function linesOf(rec: Rec, id: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportJournal(rec, TENANT, id)) lines.push(line);
  return lines;
}

/** What only somebody with the superuser's power can do: change the journal with its triggers off. */
const tamper = (url: string, sql: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('SET session_replication_role = replica');
    await client.query(sql);
  });

test('the chain of a contract that lived is whole, in the database and in its export', async () => {
  const { rec } = await freshRecord();
  const id = await lived(rec);
  expect(got(await auditChain(rec, TENANT, id))).toMatchObject({ facts: 12, head: { seq: 12 }, broken: null });
  const report = await verifyJournal(await linesOf(rec, id), smallLaw());
  expect(report).toEqual({
    ok: true,
    contract: id,
    facts: 12,
    chain: { ok: true },
    evaluation: { done: true, advances: 6, effects: 4, differences: [] },
  });
});

test.each([
  ['a changed payload', `UPDATE payload SET body = replace(body, '5000.00', '50.00') WHERE seq = 1`, 1],
  ['a changed instant', `UPDATE fact SET at = at + interval '1 millisecond' WHERE seq = 2`, 2],
  ['a removed fact', `DELETE FROM payload WHERE seq = 3; DELETE FROM fact WHERE seq = 3`, 3],
  [
    'two facts in each other’s place',
    `UPDATE fact SET seq = 99 WHERE seq = 4; UPDATE fact SET seq = 4 WHERE seq = 5; UPDATE fact SET seq = 5 WHERE seq = 99`,
    4,
  ],
  ['a cut tail', `DELETE FROM payload WHERE seq = 12; DELETE FROM fact WHERE seq = 12`, 11],
  ['another edition', `UPDATE contract SET genesis = repeat('0', 64)`, 1],
])('%s is found', async (_what, sql, seq) => {
  const { rec, database } = await freshRecord();
  const id = await lived(rec);
  await tamper(database.superUrl, sql);
  expect(got(await auditChain(rec, TENANT, id)).broken).toMatchObject({ seq });
  const report = await verifyJournal(await linesOf(rec, id), smallLaw());
  expect(report.ok).toBe(false);
  expect(report.chain.ok).toBe(false);
});

test('an export that was changed on its way does not verify: participant, fact, order, end', async () => {
  const { rec } = await freshRecord();
  const lines = await linesOf(rec, await lived(rec));
  const changed: readonly (readonly [string, readonly string[]])[] = [
    ['participant', lines.map((line) => line.replace('Әйгерім', 'Әсел'))],
    ['fact', lines.map((line) => line.replace('"by":"billing"', '"by":"bank"'))],
    ['order', [lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)]],
    ['end', lines.filter((line) => !line.includes('"seq":12,"id"'))],
    ['policy', lines.map((line) => line.replace('"policy":"automatic","testClock"', '"policy":"ask","testClock"'))],
  ];
  for (const [what, journal] of changed) expect((await verifyJournal(journal, smallLaw())).chain.ok, what).toBe(false);
  expect((await verifyJournal(['{}'], smallLaw())).ok).toBe(false);
  expect((await verifyJournal([], smallLaw())).ok).toBe(false);
});

test('an engine that judges otherwise is found by evaluating again', async () => {
  const { rec } = await freshRecord();
  const lines = await linesOf(rec, await lived(rec));
  const report = await verifyJournal(lines, smallLaw({ version: 'small-2', fine: '200.00' }));
  expect(report).toMatchObject({ ok: false, chain: { ok: true } });
  expect(report.evaluation.done && report.evaluation.differences.map(({ what }) => what)).toContain(
    'do 5.9~INV-1~1~claim was claimed with other content',
  );
});

test('after an erasure nothing about the person is left, the chain still verifies, and the evaluation says that it could not be done', async () => {
  const { rec, database } = await freshRecord();
  const id = await lived(rec);
  const before = got(await auditChain(rec, TENANT, id));
  const erased = await withClient(database.ownerUrl, async (client) =>
    client.query<{ n: number }>('SELECT merzim_erase($1, $2, $3) AS n', [TENANT, id, 'asked by the participant']),
  );
  expect(erased.rows).toEqual([{ n: 12 }]);
  expect(got(await auditChain(rec, TENANT, id))).toEqual(before);
  const report = await verifyJournal(await linesOf(rec, id), smallLaw());
  expect(report).toMatchObject({ ok: true, chain: { ok: true }, evaluation: { done: false } });
  const [first] = (await listFacts(rec, TENANT, id, { limit: 1 }))!;
  expect(first).toMatchObject({ seq: 1, type: 'invoice.presented', subject: '', data: null, by: null });
  expect(await advance(rec, TENANT, id)).toMatchObject({ refusal: { code: 'contract.erased' } });
  expect(await outcomeOf(rec, TENANT, id)).toMatchObject({ refusal: { code: 'contract.erased' } });
  expect(await appendFacts(rec, TENANT, id, [invoice('INV-9')])).toMatchObject({
    refusal: { code: 'contract.erased' },
  });
  await withClient(database.superUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of rows) {
      const found = await client.query(
        `SELECT 1 FROM ${name} t WHERE t::text LIKE '%Әйгерім%' OR t::text LIKE '%5000.00%'`,
      );
      expect(found.rowCount, name).toBe(0);
    }
  });
});
