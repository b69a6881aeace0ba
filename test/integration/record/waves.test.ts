import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  accessState,
  accessTold,
  advance,
  appendFacts,
  claimAct,
  createContract,
  rebuild,
  listDrifts,
  outcomeOf,
  release,
  settleAct,
  untoldAccess,
  type Rec,
} from '../../../prisma/index.js';
import { shippedLaws } from '../../../prisma/laws.js';
import { ENGINE } from '../../../prisma/engine.js';
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

test('what a wave would shut again stays open, and nobody is told otherwise, until a person lets it go', async () => {
  const { rec } = await freshRecord({ engine: ENGINE, laws: shippedLaws(), waves: { contract: 0 } });
  const start = '2026-03-02T09:00:00+05:00';
  const paidAt = '2026-03-12T00:00:00+05:00';
  const made = { offer: 'edoc', participant: { kind: 'legal-entity' }, testClock: Date.parse(start) };
  const { id } = got(await createContract(rec, TENANT, made));
  const money = { amount: '100000.00', currency: 'KZT' };
  const presented = { type: 'invoice.presented', at: start, subject: 'A', data: { kind: 'subscription', ...money } };
  got(await appendFacts(rec, TENANT, id, [{ type: 'participant.registered', at: start }, presented]));
  const portal = async () => (await accessState(rec, TENANT, id))!.functions['portal']!.open;
  const settle = async (to?: number): Promise<void> => {
    for (;;) {
      const { asOf, work } = got(await advance(rec, TENANT, id, to === undefined ? {} : { to }));
      for (const item of work)
        got(await settleAct(rec, TENANT, item, (await claimAct(rec, TENANT, item, 60_000))!.lease, PERFORMED));
      if (work.length === 0 && (to === undefined || asOf === to)) return;
    }
  };
  await settle(Date.parse(paidAt));
  expect(await portal()).toBe(false);
  const paid = { id: 'paid', type: 'payment.credited', at: paidAt, subject: 'A', data: money };
  got(await appendFacts(rec, TENANT, id, [paid]));
  await settle();
  const { version } = (await accessState(rec, TENANT, id))!;
  await accessTold(rec, TENANT, id, version);

  const mistaken = { type: 'fact.voided', at: paidAt, data: { fact: 'paid', reason: 'of another contract' } };
  got(await appendFacts(rec, TENANT, id, [mistaken]));
  expect(got(await advance(rec, TENANT, id)).work).toEqual([]);
  expect([await portal(), (await accessState(rec, TENANT, id))!.version]).toEqual([true, version]);
  expect(got(await outcomeOf(rec, TENANT, id)).outcome.access['portal']!.open).toBe(true);
  expect(await untoldAccess(rec, 10)).toEqual([]);

  got(await release(rec, TENANT, id, 'a lawyer', 'wave'));
  expect(operations(got(await advance(rec, TENANT, id)).work)).toEqual(['undo 5.9~A~1~lift']);
  expect(await portal()).toBe(false);
});
