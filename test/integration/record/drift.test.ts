import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import {
  accessState,
  advance,
  appendFacts,
  claimAct,
  createContract,
  listDrifts,
  outcomeOf,
  rebuild,
  release,
  settleAct,
  sweep,
  type Engine,
  type Rec,
  type WorkItem,
} from '../../../prisma/index.js';
import type { TestDatabase } from '../../support/database.js';
import { invoice, payment } from './facts.js';
import { freshRecord, got, MONDAY, openAgain, TENANT } from './opened.js';
import { smallLaw, WITHIN_MS } from './small-law.js';

const DUE = MONDAY + WITHIN_MS;
const PAID = '2026-03-06T10:00:00+05:00';
const PERFORMED = { outcome: 'performed', receipt: {} } as const;

/** A contract with a late invoice, whose portal is closed for it and whose fine was claimed. */
async function lapsed(rec: Rec, testClock = true): Promise<string> {
  const made = { offer: 'small', participant: {}, ...(testClock ? { testClock: MONDAY } : {}) };
  const { id } = got(await createContract(rec, TENANT, made));
  got(await appendFacts(rec, TENANT, id, [invoice('A')]));
  await done(rec, got(await advance(rec, TENANT, id, testClock ? { to: DUE } : {})).work);
  got(await advance(rec, TENANT, id));
  return id;
}

async function done(rec: Rec, work: readonly WorkItem[]): Promise<void> {
  for (const item of work) {
    const claimed = await claimAct(rec, TENANT, item, 60_000);
    expect(claimed).not.toBeNull();
    got(await settleAct(rec, TENANT, item, claimed!.lease, PERFORMED));
  }
}

const otherEngine = (database: TestDatabase, version = 'small-2', fine = '200.00'): Promise<Rec> =>
  openAgain(database, smallLaw({ version, fine }));

const operations = (work: readonly { readonly key: string; readonly operation: string }[]): readonly string[] =>
  work.map(({ operation, key }) => `${operation} ${key}`);

test('while a drift holds a contract, who pays gets in again; nobody is shut out, billed or written to', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec, false);
  const other = await otherEngine(database);
  expect(got(await advance(other, TENANT, id)).work).toEqual([]);
  // A second invoice runs out meanwhile, and the first is paid.
  got(await appendFacts(other, TENANT, id, [invoice('B'), payment('A', PAID)]));
  expect(await sweep(other)).toEqual([{ tenant: TENANT, contract: id, why: 'head' }]);
  const late = got(await advance(other, TENANT, id));
  expect(operations(late.work)).toEqual(['undo 4.2~A~1~restrict']);
  expect(late.details).toMatch(/^held/);
  // It is still shut: the second invoice is late.
  expect((await accessState(other, TENANT, id))!.functions['portal']).toMatchObject({
    open: false,
    causes: [{ subject: 'A' }],
  });
  got(await appendFacts(other, TENANT, id, [payment('B', PAID)]));
  const opening = got(await advance(other, TENANT, id));
  expect(opening).toMatchObject({ seq: 9 });
  expect((await accessState(other, TENANT, id))!.functions).toEqual({ portal: { open: true, causes: [] } });
  expect(await sweep(other)).toEqual([{ tenant: TENANT, contract: id, why: 'act' }]);
  await done(other, opening.work);
  expect(got(await advance(other, TENANT, id)).work).toEqual([]);
  expect(await sweep(other)).toEqual([]);

  got(await appendFacts(other, TENANT, id, [invoice('C')]));
  expect(got(await advance(other, TENANT, id)).work).toEqual([]);
  const { outcome } = got(await outcomeOf(other, TENANT, id));
  expect(outcome.timelines.filter((line) => line.state === 'lapsed').map((line) => line.subject)).toContain('C');
  expect(outcome.access).toEqual({ portal: { open: true, causes: [] } });
  expect(outcome.cases).toEqual([
    {
      key: 'record~drift',
      clause: null,
      subject: 'contract',
      question: expect.stringMatching(/^A new engine/),
      openedAt: expect.stringMatching(/\+05:00$/),
    },
  ]);
  expect(got(await outcomeOf(other, TENANT, id, { asOf: Date.now() })).outcome.cases).toEqual([]);

  expect(got(await release(other, TENANT, id, 'a lawyer'))).toEqual({ released: 1 });
  const { work } = got(await advance(other, TENANT, id));
  expect(operations(work).toSorted()).toEqual(
    ['correct 5.9~A~1~claim', 'do 4.2~C~1~restrict', 'do 5.9~B~1~claim', 'do 5.9~C~1~claim'].toSorted(),
  );
  expect((await accessState(other, TENANT, id))!.functions['portal']!.open).toBe(false);
});

test('a hold is of the engine that was compared: a way back ends it, a third engine is compared anew', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const [second, third, alike] = [
    await otherEngine(database),
    await otherEngine(database, 'small-3', '300.00'),
    await otherEngine(database, 'small-4', '100.00'),
  ];
  const drifts = async () =>
    (await listDrifts(rec, TENANT, id))
      .map(({ engineWas, engineIs, releasedBy }) => [engineWas, engineIs, releasedBy])
      .reverse();
  const cases = async (): Promise<number> => got(await outcomeOf(rec, TENANT, id)).outcome.cases.length;

  got(await advance(second, TENANT, id));
  expect(await cases()).toBe(1);
  got(await advance(rec, TENANT, id));
  expect([await drifts(), await cases()]).toEqual([[['small-1', 'small-2', 'merzim']], 0]);

  // The same drift again is another one.
  got(await advance(second, TENANT, id));
  got(await advance(second, TENANT, id));
  got(await advance(third, TENANT, id));
  expect([await drifts(), await cases()]).toEqual([
    [
      ['small-1', 'small-2', 'merzim'],
      ['small-1', 'small-2', 'merzim'],
      ['small-1', 'small-3', null],
    ],
    1,
  ]);
  got(await advance(alike, TENANT, id));
  expect([(await drifts()).at(-1), await cases()]).toEqual([['small-1', 'small-3', 'merzim'], 0]);
  expect(got(await advance(alike, TENANT, id)).work).toEqual([]);
});

test('where another engine runs than the one that a hold is of, the sweep looks at it though nothing happens', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  got(await appendFacts(rec, TENANT, id, [invoice('A')]));
  const [block] = got(await advance(rec, TENANT, id)).work;
  const other = await otherEngine(database);
  got(await advance(other, TENANT, id));
  expect(await sweep(other)).toEqual([]);
  // What was wanted before goes on when the engine is back.
  expect(await sweep(rec)).toEqual([{ tenant: TENANT, contract: id, why: 'held' }]);
  expect(await claimAct(rec, TENANT, block!, 60_000)).not.toBeNull();
  got(await advance(rec, TENANT, id));
  expect((await sweep(rec)).map(({ why }) => why)).toEqual(['act']);
});

test('a way back ends a hold under a newer law, too; and no contract stays held for a drift that nobody could release', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  got(await advance(await otherEngine(database), TENANT, id));
  const back = await openAgain(database, smallLaw({ calendar: 'KZ-2' }));
  expect(got(await advance(back, TENANT, id)).details).not.toMatch(/^held/);
  expect((await listDrifts(back, TENANT, id)).map((one) => one.releasedBy)).toEqual(['merzim']);

  await withClient(database.ownerUrl, (client) => client.query('UPDATE contract SET held = true'));
  const other = await openAgain(database, smallLaw({ version: 'small-2', calendar: 'KZ-3' }));
  expect(got(await release(other, TENANT, id, 'a lawyer', 'drift'))).toEqual({ released: 0 });
  expect(got(await advance(other, TENANT, id)).details).not.toMatch(/^held/);
});

test('what a person releases is the view that was compared, whichever engine runs: the next one is compared with that', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const second = await otherEngine(database);
  const third = await otherEngine(database, 'small-3', '300.00');
  got(await advance(second, TENANT, id));
  expect(got(await release(third, TENANT, id, 'a lawyer', 'wave'))).toEqual({ released: 0 });
  expect(got(await release(third, TENANT, id, 'a lawyer', 'drift'))).toEqual({ released: 1 });
  expect(got(await release(third, TENANT, id, 'a lawyer', 'drift'))).toEqual({ released: 0 });
  got(await advance(third, TENANT, id));
  expect((await listDrifts(third, TENANT, id))[0]).toMatchObject({
    engineWas: 'small-2',
    engineIs: 'small-3',
    releasedBy: null,
  });
  got(await advance(second, TENANT, id));
  expect(operations(got(await advance(second, TENANT, id)).work)).toEqual(['correct 5.9~A~1~claim']);
  expect((await listDrifts(second, TENANT, id)).map((one) => one.releasedBy)).toEqual(['merzim', 'a lawyer']);
});

test('whatever an outcome says is compared, in the forms of an outcome; after an erasure nothing of it is left', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const { engine, laws } = smallLaw({ version: 'small-2' });
  const judge: Engine['judge'] = (...asked) => {
    const judgement = engine.judge(...asked);
    const { outcome } = judgement;
    const consents = [{ purpose: 'marketing', state: 'given', at: '2026-03-02T10:00:00+05:00' }] as const;
    const timelines = outcome.timelines.map((line) => ({ ...line, due: '2026-03-06T10:00:00+05:00' }));
    const effects = outcome.effects.map((view) => ({ ...view, data: { ...view.data, words: 'other' } }));
    return { ...judgement, outcome: { ...outcome, consents, timelines, effects } };
  };
  const other = await openAgain(database, { engine: { ...engine, judge }, laws });
  got(await advance(other, TENANT, id));
  const [drift] = await listDrifts(other, TENANT, id);
  expect(drift!.differences.map(({ of, key }) => [of, key])).toEqual([
    ['timeline', '5.4~A~1'],
    ['effect', 'effect~4.2~A~1~restrict~1~restrict'],
    ['effect', 'effect~5.9~A~1~claim~1~claim'],
    ['consent', 'consent~marketing~2026-03-02T10%3A00%3A00%2B05%3A00'],
  ]);
  expect(drift!.differences[0]).toMatchObject({
    was: { due: '2026-03-05T10:00:00+05:00', lastDay: '2026-03-05', tolledDays: 0 },
    is: { due: '2026-03-06T10:00:00+05:00', lastDay: '2026-03-05', tolledDays: 0 },
  });
  expect(drift!.differences[2]).toMatchObject({
    was: { kind: 'claim', data: { amount: '100.00' } },
    is: { kind: 'claim', data: { amount: '100.00', words: 'other' } },
  });
  await withClient(database.ownerUrl, (client) =>
    client.query('SELECT merzim_erase($1, $2, $3)', [TENANT, id, 'asked by the participant']),
  );
  expect((await listDrifts(other, TENANT, id))[0]).toMatchObject({ engineIs: 'small-2', differences: [] });
  const left = await withClient(database.ownerUrl, (client) => client.query('SELECT 1 FROM outcome_view'));
  expect(left.rows).toEqual([]);
});

test('read models are not made anew from a view that nobody released', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const other = await otherEngine(database);
  const fines = async () => {
    const { rows } = await withClient(database.ownerUrl, (client) =>
      client.query("SELECT amount::text FROM ledger_entry WHERE kind = 'fine'"),
    );
    return rows.map((row: { amount: string }) => row.amount);
  };
  const refused = { contracts: 0, refused: [{ contract: id, refusal: { code: 'contract.otherwise' } }] };
  expect(await rebuild(other, TENANT, id)).toMatchObject(refused);
  got(await advance(other, TENANT, id));
  expect(await rebuild(other, TENANT, id)).toMatchObject(refused);
  expect(await fines()).toEqual(['100.00']);
  expect(await rebuild(rec, TENANT, id)).toMatchObject(refused);
  got(await release(other, TENANT, id, 'a lawyer'));
  got(await advance(other, TENANT, id));
  expect(await rebuild(other, TENANT, id)).toMatchObject({ contracts: 1, refused: [] });
  expect(await fines()).toEqual(['200.00']);
});

test('a test clock stands still while a drift holds, and does not leave before what a release makes is done', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const other = await otherEngine(database);
  const to = DUE + WITHIN_MS;
  expect(got(await advance(other, TENANT, id, { to }))).toMatchObject({ asOf: DUE, work: [] });
  got(await release(other, TENANT, id, 'a lawyer'));
  const moved = got(await advance(other, TENANT, id, { to }));
  expect([moved.asOf, operations(moved.work)]).toEqual([DUE, ['correct 5.9~A~1~claim']]);
  await done(other, moved.work);
  got(await advance(other, TENANT, id, { to }));
  expect(got(await advance(other, TENANT, id, { to })).asOf).toBe(to);
});

test('what a worker of the version before wrote down of a drift is listed, too', async () => {
  const { rec, database } = await freshRecord();
  const id = await lapsed(rec);
  const other = await otherEngine(database);
  got(await advance(other, TENANT, id));
  await withClient(database.ownerUrl, (client) =>
    client.query(`UPDATE drift SET comparison = '{"timeline":[{"key":"5.4~A~1","was":null,"is":{"run":"1"}}]}'`),
  );
  expect((await listDrifts(other, TENANT, id))[0]!.differences).toEqual([
    { of: 'timeline', key: '5.4~A~1', was: null, is: { run: '1' } },
  ]);
});
