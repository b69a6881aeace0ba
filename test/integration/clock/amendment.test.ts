import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, expect, test } from 'vitest';
import {
  amendmentOf,
  createContract,
  ENGINE,
  getContract,
  listAmendments,
  listFacts,
  paceAmendment,
  shippedLaws,
  startAmending,
  type Change,
  type Pace,
} from '../../../prisma/index.js';
import { withClient } from '../../../launch/roles.js';
import { pokeAmendment } from '../../../worker/amendments.js';
import { amendmentIdOf } from '../../../workflows/messages.js';
import { freshRecord, openAgain } from '../record/opened.js';
import { got, live, TENANT } from './live.js';
import { until } from './stage.js';

const EDOC = new URL('../../../rules/offers/edoc/offer.yaml', import.meta.url);

/** Laws in which EDOC gives so many bank days to pay. */
function laws(days: number) {
  const folder = mkdtempSync(join(inject('scratch'), 'offers-'));
  mkdirSync(join(folder, 'edoc'));
  const text = readFileSync(EDOC, 'utf8').replaceAll('within: 5 bank days', `within: ${days} bank days`);
  writeFileSync(join(folder, 'edoc', 'offer.yaml'), text);
  return shippedLaws(folder);
}

/** Contracts under one edition, in a record that has a newer one; a worker is not started yet. */
async function scene(count: number) {
  const { rec: old, database } = await freshRecord({ laws: laws(5), engine: ENGINE });
  const make = async (more = {}) =>
    got(await createContract(old, TENANT, { offer: 'edoc', participant: {}, ...more })).id;
  const standing: string[] = [];
  for (let i = 0; i < count; i++) standing.push(await make());
  const testing = await make({ testClock: Date.parse('2026-03-02T10:00:00+05:00') });
  const rec = await openAgain(database, { laws: laws(7), engine: ENGINE });
  const newest = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {} })).id;
  const change = { offer: 'edoc', name: 'A-1', by: 'legal-ops', how: { as: 'amendment', kind: 'terms' } } as const;
  const start = async (more: Partial<Change> = {}, pace: Partial<Pace> = {}) => {
    const wanted = { ...change, ...more };
    const { progress, fresh } = got(
      await startAmending(rec, TENANT, wanted, { perSecond: 50, paused: false, ...pace }),
    );
    await pokeAmendment(it.client, progress.amending);
    return { ...progress, fresh };
  };
  const it = await live(undefined, true, rec);
  const facts = async (id: string, type: string) =>
    (await listFacts(rec, TENANT, id, { limit: 100 }))!.filter((fact) => fact.type === type);
  const late = () => createContract(old, TENANT, { offer: 'edoc', participant: {} });
  return { rec, database, it, change, start, late, standing, testing, newest, facts };
}

const named = (name: string) => ({ tenant: TENANT, offer: 'edoc', name });

test('a change goes to every contract that stood, once, whatever dies on the way; it waits while it is paused', async () => {
  const { rec, it, start, late, standing, testing, newest, facts } = await scene(7);
  const how = async () => (await amendmentOf(rec, named('A-1')))!;
  expect(await amendmentOf(rec, named('A-1'))).toBe(null);
  expect(await paceAmendment(rec, named('A-1'), { paused: true })).toMatchObject({
    refusal: { code: 'amendment.unknown' },
  });
  const first = await it.work();
  const { amending, fresh } = await start({}, { perSecond: 2, paused: true });
  expect(fresh).toBe(true);
  const after = got(await late()).id;
  expect(await how()).toMatchObject({ told: 0, state: 'paused' });
  const go = async (pace: Partial<Pace>) => {
    got(await paceAmendment(rec, named('A-1'), pace));
    await pokeAmendment(it.client, named('A-1'));
  };
  await go({ paused: false });
  await until(async () => (await how()).told >= 2);
  await go({ paused: true });
  await first.stop();
  // Temporal forgets: what it was doing stands in the record, and the sweep lets it go on.
  await it.client.workflow.getHandle(amendmentIdOf(named('A-1'))).terminate();
  got(await paceAmendment(rec, named('A-1'), { paused: false, perSecond: 100 }));
  await it.work();
  await until(async () => (await how()).state === 'done');
  expect(await how()).toMatchObject({ told: 7, refused: 0, refusals: [] });
  for (const id of standing) {
    expect(await facts(id, 'amendment.published')).toMatchObject([
      { id: 'amendment A-1', at: amending.at, by: 'legal-ops', data: { kind: 'terms', edition: amending.edition } },
    ]);
    expect((await getContract(rec, TENANT, id))!.adopted).toEqual([amending.edition]);
  }
  for (const id of [testing, newest, after]) expect(await facts(id, 'amendment.published')).toEqual([]);
  expect(await paceAmendment(rec, named('A-1'), { paused: true })).toMatchObject({
    refusal: { code: 'amendment.done' },
  });
  expect(await start()).toMatchObject({ fresh: false, state: 'done', told: 7 });
  const other = { offer: 'edoc', name: 'A-1', by: 'admin', how: { as: 'amendment', kind: 'tariff' } } as const;
  expect(await startAmending(rec, TENANT, other, { perSecond: 1, paused: false })).toMatchObject({
    refusal: { code: 'amendment.conflict' },
  });
});

test('a change by decision is a fact of the record of each contract; one that is erased is left out; one ahead of the clock is refused', async () => {
  const { rec, database, it, start, standing, facts, change } = await scene(3);
  const how = { as: 'adoption', reason: 'clause 5.4 was read wrongly' } as const;
  const ahead = { ...change, how: { ...how, from: Date.now() + 3_600_000 } };
  expect(await startAmending(rec, TENANT, ahead, { perSecond: 1, paused: false })).toMatchObject({
    refusal: { code: 'edition.ahead' },
  });
  await it.work();
  const erased = standing.toSorted()[1]!;
  await withClient(database.ownerUrl, (client) =>
    client.query('SELECT merzim_erase($1, $2, $3)', [TENANT, erased, 'asked for']),
  );
  const { amending } = await start({ name: 'M/2', how });
  await until(async () => (await amendmentOf(rec, named('M/2')))!.state === 'done');
  for (const id of standing.filter((one) => one !== erased))
    expect(await facts(id, 'edition.adopted')).toMatchObject([
      { at: amending.at, data: { edition: amending.edition, reasons: 'M/2: clause 5.4 was read wrongly' } },
    ]);
  expect((await listAmendments(rec, TENANT, 'edoc')).map((one) => one.amending.name)).toEqual(['M/2']);
  expect(await listAmendments(rec, 'another', 'edoc')).toEqual([]);
});
