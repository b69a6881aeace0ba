import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  advance,
  appendFacts,
  auditChain,
  claimAct,
  createContract,
  inTenant,
  issueDocument,
  listFacts,
  nextNumber,
  settleAct,
} from '../../../prisma/index.js';
import { invoice } from './facts.js';
import { freshRecord, got, MONDAY, openAgain, TENANT } from './opened.js';
import { WITHIN_MS } from './small-law.js';

test('forty facts at once from two processes: all in, in order, in one chain', async () => {
  const { rec, database } = await freshRecord();
  const other = await openAgain(database);
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => appendFacts(n % 2 === 0 ? rec : other, TENANT, id, [invoice(`INV-${n}`)])),
  );
  const seqs = answers.map((one) => got(one).facts[0]!.seq).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  const rows = (await listFacts(rec, TENANT, id, { limit: 100 }))!;
  expect(rows.map(({ recordedAt }) => recordedAt)).toEqual(
    rows.map(({ recordedAt }) => recordedAt).toSorted((a, b) => a - b),
  );
  expect(got(await auditChain(rec, TENANT, id)).broken).toBeNull();
});

test('a clock that was set back does not bring a fact before its predecessor', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const ahead = Date.now() + 3_600_000;
  await withClient(database.superUrl, async (client) => {
    await client.query('UPDATE contract SET recorded_to = $1', [new Date(ahead).toISOString()]);
  });
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  const advanced = got(await advance(rec, TENANT, id));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-2')]));
  expect((await listFacts(rec, TENANT, id, { limit: 10 }))!.map(({ recordedAt }) => recordedAt)).toEqual(
    Array.from({ length: advanced.seq + 1 }, () => ahead),
  );
  expect(advanced.asOf).toBe(ahead);
});

test('the same fact ten times at once is one fact', async () => {
  const { rec } = await freshRecord({ connections: 10 });
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const answers = await Promise.all(Array.from({ length: 10 }, () => appendFacts(rec, TENANT, id, [invoice('INV-1')])));
  expect(new Set(answers.map((one) => JSON.stringify(got(one).facts))).size).toBe(1);
  expect(answers.filter((one) => !got(one).repeated)).toHaveLength(1);
});

test('the same contract asked for ten times at once is one contract', async () => {
  const { rec } = await freshRecord();
  const making = { offer: 'small', participant: {}, externalId: 'A-1' } as const;
  const answers = await Promise.all(Array.from({ length: 10 }, () => createContract(rec, TENANT, making)));
  expect(new Set(answers.map((one) => got(one).id)).size).toBe(1);
  expect(answers.filter((one) => !got(one).repeated)).toHaveLength(1);
});

test('one act, ten hands: one gets it', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  const { work } = got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS }));
  expect(work).toHaveLength(2);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimAct(rec, TENANT, work[0]!, 60_000)));
  expect(claims.filter((one) => one !== null)).toHaveLength(1);
});

test('numbers have no gaps under twenty settlements at once, failures and repetitions among them', async () => {
  const { rec } = await freshRecord();
  const contracts = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
      got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
      const { work } = got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS }));
      return { id, item: work.find(({ port }) => port === 'invoicing')! };
    }),
  );
  const failing = contracts.map(({ id }) =>
    inTenant(rec, TENANT, 'test', async (tx) => {
      await nextNumber(tx, TENANT, 'CLM');
      throw new Error(`the power of ${id} fails`);
    }).catch((error: Error) => error.message),
  );
  const settled = contracts.map(async ({ id, item }) => {
    const claimed = (await claimAct(rec, TENANT, item, 60_000))!;
    const draft = { id: claimed.idempotencyKey, series: 'CLM', kind: 'claim', at: claimed.now, body: {} };
    const [first, second] = await Promise.all([
      issueDocument(rec, TENANT, id, draft),
      issueDocument(rec, TENANT, id, draft),
    ]);
    expect(second).toEqual(first);
    got(await settleAct(rec, TENANT, item, claimed.lease, { outcome: 'performed', receipt: first }));
    return first.number;
  });
  await Promise.all(failing);
  const numbers = (await Promise.all(settled)).sort();
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => `CLM-${String(n + 1).padStart(6, '0')}`));
});

test('connections that PostgreSQL ends in the middle are replaced, and nothing is done twice', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  let done = false;
  const killing = (async () => {
    while (!done) {
      await withClient(database.superUrl, async (client) => {
        await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'merzim_app' AND datname = $1`,
          [database.name],
        );
      });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  })();
  for (let n = 0; n < 30; n += 1) {
    got(await appendFacts(rec, TENANT, id, [invoice(`INV-${n}`)]));
    got(await advance(rec, TENANT, id));
  }
  done = true;
  await killing;
  const rows = (await listFacts(rec, TENANT, id, { limit: 100 }))!;
  expect(rows.filter(({ type }) => type === 'invoice.presented')).toHaveLength(30);
  expect(got(await auditChain(rec, TENANT, id)).broken).toBeNull();
});
