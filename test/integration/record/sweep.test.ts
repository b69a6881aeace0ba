import { expect, test } from 'vitest';
import {
  advance,
  appendFacts,
  claimAct,
  createContract,
  listFacts,
  pokesDone,
  release,
  settleAct,
  sweep,
  takePokes,
  type Rec,
} from '../../../prisma/index.js';
import { withClient } from '../../../launch/roles.js';
import { invoice } from './facts.js';
import { freshRecord, got, MONDAY, openAgain, TENANT } from './opened.js';
import { smallLaw, WITHIN_MS } from './small-law.js';

async function quiet(rec: Rec): Promise<void> {
  await pokesDone(rec, await takePokes(rec, 100));
}

/** A contract on the real clock whose invoice runs out at `dueInMs` from now, judged and without pokes. */
async function running(rec: Rec, dueInMs: number): Promise<string> {
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const at = new Date(Date.now() + dueInMs - WITHIN_MS).toISOString();
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1', { at })]));
  got(await advance(rec, TENANT, id));
  await quiet(rec);
  return id;
}

test('the sweep finds nothing where nothing was missed', async () => {
  const { rec } = await freshRecord();
  await running(rec, 3_600_000);
  expect(await sweep(rec)).toEqual([]);
  expect(await takePokes(rec, 10)).toEqual([]);
});

test('the sweep finds a head above what was advanced, also of a contract that was never advanced, and pokes it', async () => {
  const { rec } = await freshRecord();
  const id = await running(rec, 3_600_000);
  const { id: never } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-2')]));
  await quiet(rec);
  const found = await sweep(rec);
  expect(found.map(({ contract, why }) => `${contract} ${why}`).sort()).toEqual([`${id} head`, `${never} head`].sort());
  expect((await takePokes(rec, 10)).map(({ contract }) => contract).sort()).toEqual([id, never].sort());
});

test('the sweep finds a waking that has passed, after its grace', async () => {
  const { rec, database } = await freshRecord();
  const id = await running(rec, 3_600_000);
  await withClient(database.superUrl, async (client) => {
    await client.query(`UPDATE contract SET wake_at = clock_timestamp() - interval '1 second'`);
  });
  expect(await sweep(rec, { graceMs: 600_000 })).toEqual([]);
  expect(await sweep(rec, { graceMs: 0 })).toEqual([{ tenant: TENANT, contract: id, why: 'wake' }]);
});

test('the sweep finds acts that wait and acts whose lease has run out, and leaves those in a hand alone', async () => {
  const { rec } = await freshRecord();
  const id = await running(rec, -1000);
  const { work } = got(await advance(rec, TENANT, id));
  expect(await sweep(rec)).toEqual([{ tenant: TENANT, contract: id, why: 'act' }]);
  const claims = await Promise.all(work.map((item) => claimAct(rec, TENANT, item, 60_000)));
  got(await advance(rec, TENANT, id));
  expect(await sweep(rec)).toEqual([]);
  got(await settleAct(rec, TENANT, work[0]!, claims[0]!.lease, { outcome: 'performed', receipt: {} }));
  got(await advance(rec, TENANT, id));
  expect(await sweep(rec)).toEqual([]);
});

test('the sweep finds contracts that were judged by an older law, and after the next advance no more', async () => {
  const { rec, database } = await freshRecord();
  const id = await running(rec, 3_600_000);
  const newer = await openAgain(database, smallLaw({ calendar: 'KZ-2' }));
  expect(await sweep(newer)).toEqual([{ tenant: TENANT, contract: id, why: 'law' }]);
  got(await advance(newer, TENANT, id));
  expect(await sweep(newer)).toEqual([]);
});

test('an engine that judges the past otherwise is reported, and the contract is held until a person releases it', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  const { work } = got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS }));
  const before = (await listFacts(rec, TENANT, id, { limit: 100 }))!.length;

  const same = await openAgain(database, smallLaw({ version: 'small-2' }));
  expect(got(await advance(same, TENANT, id)).work).toEqual(work);
  const other = await openAgain(database, smallLaw({ version: 'small-3', fine: '200.00' }));
  const held = got(await advance(other, TENANT, id));
  expect(held).toMatchObject({ work: [], wakeInMs: null });
  expect(await claimAct(other, TENANT, work[0]!, 60_000)).toBeNull();
  expect(got(await advance(other, TENANT, id)).work).toEqual([]);
  const drifts = await withClient(database.ownerUrl, async (client) =>
    client.query('SELECT engine_was, engine_is, seq FROM drift'),
  );
  expect(drifts.rows).toEqual([{ engine_was: 'small-2', engine_is: 'small-3', seq: 2 }]);
  expect((await listFacts(rec, TENANT, id, { limit: 100 }))!.length).toBe(before);

  got(await release(other, TENANT, id, 'a lawyer'));
  const released = got(await advance(other, TENANT, id));
  expect(released.work).toEqual(work);
  const claimed = await claimAct(other, TENANT, released.work[1]!, 60_000);
  expect(claimed!.step.content).toEqual({ amount: '200.00' });
});

test('wakings at midnight are spread by contract, others and test clocks are not', async () => {
  const { rec } = await freshRecord({ spreadMs: 900_000 });
  const midnight = Math.ceil((Date.now() + 5 * 3_600_000) / 86_400_000) * 86_400_000 - 5 * 3_600_000;
  const late: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
    const at = new Date(midnight - WITHIN_MS).toISOString();
    got(await appendFacts(rec, TENANT, id, [invoice('INV-1', { at })]));
    const before = Date.now();
    const one = got(await advance(rec, TENANT, id));
    expect(one.wakeAt).toBe(midnight);
    late.push(Math.round((before + one.wakeInMs! - midnight) / 1000));
  }
  expect(new Set(late).size).toBeGreaterThan(1);
  for (const seconds of late) expect(seconds).toBeLessThanOrEqual(900);
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const at = new Date(midnight + 3_600_000 - WITHIN_MS).toISOString();
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1', { at })]));
  const exact = got(await advance(rec, TENANT, id));
  expect(Math.abs(Date.now() + exact.wakeInMs! - midnight - 3_600_000)).toBeLessThan(60_000);
});
