import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, expect, test } from 'vitest';
import { createContract, ENGINE, getContract, listFacts, shippedLaws, startAmending } from '../../../prisma/index.js';
import { amendmentProgress, paceAmendment, startAmendment } from '../../../worker/amendments.js';
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
  const amending = got(await startAmending(rec, TENANT, change));
  const later = got(await createContract(old, TENANT, { offer: 'edoc', participant: {} })).id;
  const it = await live(undefined, true, rec);
  const published = async (id: string) =>
    (await listFacts(rec, TENANT, id, { limit: 100 }))!.filter(({ type }) => type === 'amendment.published');
  return { rec, it, amending, standing, others: [testing, newest, later], published };
}

test('a change goes to every contract that stood, once, whatever dies on the way; it waits while it is paused', async () => {
  const { rec, it, amending, standing, others, published } = await scene(7);
  const { client } = it;
  expect(await amendmentProgress(client, amending)).toBe(null);
  expect(await paceAmendment(client, amending, { paused: true })).toBe(false);
  const worker = await it.work();
  expect(await startAmendment(client, amending, { perSecond: 2, paused: true })).toMatchObject({ told: 0 });
  expect(await startAmendment(client, amending, { perSecond: 2, paused: true })).toBe(null);
  const told = async () => (await amendmentProgress(client, amending))!.told;
  expect(await told()).toBe(0);
  await paceAmendment(client, amending, { paused: false });
  await until(async () => (await told()) >= 2);
  await paceAmendment(client, amending, { paused: true });
  await worker.stop();
  await it.work();
  await paceAmendment(client, amending, { paused: false, perSecond: 100 });
  await until(async () => (await amendmentProgress(client, amending))!.state === 'done');
  expect(await amendmentProgress(client, amending)).toMatchObject({ told: 7, refused: 0, refusals: [] });
  for (const id of standing) {
    expect(await published(id)).toMatchObject([
      { id: 'amendment A-1', subject: 'A-1', by: 'legal-ops', data: { kind: 'terms', edition: amending.edition } },
    ]);
    expect((await getContract(rec, TENANT, id))!.adopted).toEqual([amending.edition]);
  }
  for (const id of others) expect(await published(id)).toEqual([]);
  expect(await paceAmendment(client, amending, { paused: true })).toBe(false);
  // One name is one change, also when it is done.
  expect(await startAmendment(client, amending, { perSecond: 2, paused: false })).toBe(null);
});

test('what contracts refuse is counted and named, and stops nobody else; a change by decision is a fact of the record', async () => {
  const { rec, it, amending, standing } = await scene(3);
  const how = { as: 'adoption', reason: 'clause 5.4 was read wrongly', from: amending.at + 3_600_000 } as const;
  const ahead = { ...amending, name: 'M-1', how };
  await it.work();
  await startAmendment(it.client, ahead, { perSecond: 50, paused: false });
  await until(async () => (await amendmentProgress(it.client, ahead))!.state === 'done');
  expect(await amendmentProgress(it.client, ahead)).toMatchObject({
    told: 0,
    refused: 3,
    refusals: standing.toSorted().map((contract) => ({ contract, code: 'edition.ahead' })),
  });
  const now = { ...amending, name: 'M-2', how: { as: 'adoption', reason: how.reason } as const };
  await startAmendment(it.client, now, { perSecond: 50, paused: false });
  await until(async () => (await amendmentProgress(it.client, now))!.state === 'done');
  for (const id of standing)
    expect((await listFacts(rec, TENANT, id, { limit: 100 }))!.map(({ type, at }) => [type, at])).toEqual([
      ['edition.adopted', amending.at],
    ]);
});
