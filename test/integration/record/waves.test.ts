import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  advance,
  appendFacts,
  claimAct,
  createContract,
  rebuild,
  listDrifts,
  release,
  settleAct,
  type Rec,
} from '../../../prisma/index.js';
import { invoice } from './facts.js';
import { freshRecord, got, MONDAY, openAgain, TENANT } from './opened.js';
import { smallLaw, WITHIN_MS } from './small-law.js';

const DUE = MONDAY + WITHIN_MS;
const PERFORMED = { outcome: 'performed', receipt: {} } as const;

const operations = (work: readonly { readonly key: string; readonly operation: string }[]): readonly string[] =>
  work.map(({ operation, key }) => `${operation} ${key}`);

/** A contract whose invoices have all run out, with everything done that this called for: a block and a claim for each. */
async function lapsed(rec: Rec, subjects: readonly string[], testClock = true): Promise<string> {
  const made = { offer: 'small', participant: {}, ...(testClock ? { testClock: MONDAY } : {}) };
  const { id } = got(await createContract(rec, TENANT, made));
  got(
    await appendFacts(
      rec,
      TENANT,
      id,
      subjects.map((subject) => invoice(subject)),
    ),
  );
  const { work } = got(await advance(rec, TENANT, id, testClock ? { to: DUE } : {}));
  for (const item of work) {
    const claimed = (await claimAct(rec, TENANT, item, 60_000))!;
    got(await settleAct(rec, TENANT, item, claimed.lease, PERFORMED));
  }
  return id;
}

const voiding = (subject: string, n = '') => ({
  id: `void ${subject}${n}`,
  type: 'fact.voided',
  at: '2026-03-05T10:00:00+05:00',
  data: { fact: `${subject} presented`, reason: 'presented by mistake' },
});

async function casesOf(url: string): Promise<readonly unknown[]> {
  return withClient(url, async (client) => (await client.query('SELECT key, question FROM open_case')).rows);
}

const SIX = ['A', 'B', 'C'].flatMap((subject) => [`undo 4.2~${subject}~1~restrict`, `undo 5.9~${subject}~1~claim`]);

const LIFTS = SIX.filter((name) => name.endsWith('restrict'));

test('as many undoings as the limit go out; one more and all of them wait for a person, while access opens and all else goes on', async () => {
  const { rec, database } = await freshRecord({ waves: { contract: 2 } });
  const few = await lapsed(rec, ['A', 'B']);
  got(await appendFacts(rec, TENANT, few, [voiding('A'), voiding('B')]));
  expect(operations(got(await advance(rec, TENANT, few)).work).toSorted()).toEqual(SIX.slice(0, 4).toSorted());
  expect(await casesOf(database.ownerUrl)).toEqual([]);

  const id = await lapsed(rec, ['A', 'B', 'C']);
  got(await appendFacts(rec, TENANT, id, [...['A', 'B', 'C'].map((s) => voiding(s)), invoice('D')]));
  const paused = got(await advance(rec, TENANT, id));
  expect(operations(paused.work).toSorted()).toEqual([...LIFTS, 'do 4.2~D~1~restrict', 'do 5.9~D~1~claim'].toSorted());
  expect(got(await advance(rec, TENANT, id)).work).toEqual(paused.work);
  expect(await casesOf(database.ownerUrl)).toEqual([
    { key: 'record~wave', question: expect.stringMatching(/^3 effects are to be taken back at once/) },
  ]);
  await rebuild(rec, TENANT, id);
  expect(await casesOf(database.ownerUrl)).toHaveLength(1);

  expect(got(await release(rec, TENANT, id, 'a lawyer', 'wave'))).toEqual({ released: 3 });
  expect(got(await release(rec, TENANT, id, 'a lawyer', 'wave'))).toEqual({ released: 0 });
  expect(operations(got(await advance(rec, TENANT, id)).work).toSorted()).toEqual(
    [...SIX, 'do 4.2~D~1~restrict', 'do 5.9~D~1~claim'].toSorted(),
  );
  expect(await casesOf(database.ownerUrl)).toEqual([]);
});

test('a wave that nothing is left of ends by itself, and was not released by that', async () => {
  const { rec, database } = await freshRecord({ waves: { contract: 2 } });
  const id = await lapsed(rec, ['A', 'B', 'C']);
  const voids = ['A', 'B', 'C'].map((subject) => voiding(subject));
  got(await appendFacts(rec, TENANT, id, voids));
  expect(operations(got(await advance(rec, TENANT, id)).work).toSorted()).toEqual(LIFTS);
  const back = voids.map(({ id: fact, ...rest }) => ({
    ...rest,
    id: `un${fact}`,
    data: { fact, reason: 'it was none' },
  }));
  got(await appendFacts(rec, TENANT, id, back));
  const again = ['A', 'B', 'C'].map((subject) => invoice(subject, { id: `${subject} again` }));
  got(await appendFacts(rec, TENANT, id, again));
  expect(got(await advance(rec, TENANT, id)).work).toEqual([]);
  expect(await casesOf(database.ownerUrl)).toEqual([]);
  got(
    await appendFacts(
      rec,
      TENANT,
      id,
      ['A', 'B', 'C'].map((s) => ({ ...voiding(s, ' 2'), data: { fact: `${s} again`, reason: 'x' } })),
    ),
  );
  expect(operations(got(await advance(rec, TENANT, id)).work).toSorted()).toEqual(LIFTS);
  expect(await casesOf(database.ownerUrl)).toHaveLength(1);
});

test('the contracts of a tenant have a limit together, in an hour; a test clock has none of it', async () => {
  const { rec } = await freshRecord({ waves: { tenantPerHour: 3 } });
  const undone = async (testClock: boolean): Promise<number> => {
    const id = await lapsed(rec, ['A', 'B'], testClock);
    got(await appendFacts(rec, TENANT, id, [voiding('A'), voiding('B')]));
    return got(await advance(rec, TENANT, id)).work.length;
  };
  expect(await undone(false)).toBe(4);
  expect(await undone(true)).toBe(4);
  // What opens access again is neither counted nor held.
  expect(await undone(false)).toBe(2);
});

test('a drift keeps what stood beside what the new engine would say, and is released before a wave is', async () => {
  const { rec, database } = await freshRecord({ waves: { contract: 0 } });
  const id = await lapsed(rec, ['A']);
  got(await appendFacts(rec, TENANT, id, [voiding('A')]));
  const other = await openAgain(database, {
    ...smallLaw({ version: 'small-2', fine: '200.00' }),
    waves: { contract: 0 },
  });
  expect(operations(got(await advance(other, TENANT, id)).work)).toEqual(['undo 4.2~A~1~restrict']);
  const [drift] = await listDrifts(other, TENANT, id);
  expect(drift).toMatchObject({ engineIs: 'small-2', releasedAt: null });
  expect(drift!.differences.filter((one) => one.of === 'ledger_entry')).toEqual([
    {
      of: 'ledger_entry',
      key: expect.stringMatching(/^fine~5\.9~A~/),
      was: expect.objectContaining({ kind: 'fine', amount: '100.00' }),
      is: expect.objectContaining({ kind: 'fine', amount: '200.00' }),
    },
  ]);
  expect(await casesOf(database.ownerUrl)).toMatchObject([{ key: 'record~drift' }]);
  expect(got(await release(other, TENANT, id, 'a lawyer'))).toEqual({ released: 1 });
  expect(await casesOf(database.ownerUrl)).toEqual([]);
  expect((await listDrifts(other, TENANT, id))[0]).toMatchObject({ releasedBy: 'a lawyer' });
  expect(operations(got(await advance(other, TENANT, id)).work)).toEqual(['undo 4.2~A~1~restrict']);
  expect(got(await release(other, TENANT, id, 'a lawyer'))).toEqual({ released: 1 });
  expect(got(await advance(other, TENANT, id)).work).toHaveLength(2);
});
