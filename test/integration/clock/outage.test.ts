import { expect, onTestFinished, test } from 'vitest';
import { fakePort } from '../../../activities/fakes/port.js';
import { appendFacts } from '../../../prisma/index.js';
import { withClient } from '../../../launch/roles.js';
import { freshRecord } from '../record/opened.js';
import { WITHIN_MS } from '../record/small-law.js';
import { got, type Live, live, TENANT } from './live.js';
import { pause, until } from './stage.js';
import { type OwnTemporal, ownTemporal } from './temporal.js';

const DAY_MS = 86_400_000;

/** An invoice whose last day comes in `inMs`. */
const invoice = (subject: string, inMs: number) => ({
  id: `invoice ${subject}`,
  type: 'invoice.presented',
  at: new Date(Date.now() + inMs - WITHIN_MS).toISOString(),
  subject,
  data: { kind: 'subscription', amount: '5000.00', currency: 'KZT' },
});

async function onOwnTemporal(): Promise<{ temporal: OwnTemporal; it: Live }> {
  const temporal = await ownTemporal();
  onTestFinished(() => temporal.dispose());
  return { temporal, it: await live(temporal.address, false) };
}

const performed = async ({ journal }: Live, contract: string): Promise<readonly string[]> =>
  (await journal(contract)).filter((line) => line.startsWith('effect.performed')).toSorted();

test('Temporal stops while facts come in: they are in the record, and everything is done once when it is back', async () => {
  const { temporal, it } = await onOwnTemporal();
  const access = fakePort('access', 'deduplicating');
  await it.work({ ports: { access: access.port } });
  const contracts = await Promise.all(Array.from({ length: 5 }, () => it.create()));
  await temporal.stop();
  for (const contract of contracts)
    for (const subject of ['INV-1', 'INV-2'])
      got(await appendFacts(it.rec, TENANT, contract, [invoice(subject, -DAY_MS)]));
  await pause(1_000);
  expect(access.arrived).toEqual([]);
  await temporal.start();
  await until(
    async () => (await Promise.all(contracts.map((each) => performed(it, each)))).every((all) => all.length === 4),
    60_000,
  );
  for (const contract of contracts)
    expect(await performed(it, contract)).toEqual([
      'effect.performed do 4.2~INV-1~1~restrict',
      'effect.performed do 4.2~INV-2~1~restrict',
      'effect.performed do 5.9~INV-1~1~claim',
      'effect.performed do 5.9~INV-2~1~claim',
    ]);
  expect(access.arrived).toHaveLength(10);
}, 120_000);

test('Temporal’s data are wiped: the sweep restores every contract, and a clock that was running still runs out', async () => {
  const { temporal, it } = await onOwnTemporal();
  const access = fakePort('access', 'deduplicating');
  const first = await it.work({ ports: { access: access.port } });
  const contract = await it.create();
  got(await appendFacts(it.rec, TENANT, contract, [invoice('INV-1', -DAY_MS), invoice('INV-2', 8_000)]));
  await until(async () => (await performed(it, contract)).length === 2);
  await first.stop();
  await temporal.wipe();
  await temporal.start();
  await it.work({ ports: { access: access.port } });
  await until(async () => (await performed(it, contract)).length === 4, 60_000);
  expect(await performed(it, contract)).toEqual([
    'effect.performed do 4.2~INV-1~1~restrict',
    'effect.performed do 4.2~INV-2~1~restrict',
    'effect.performed do 5.9~INV-1~1~claim',
    'effect.performed do 5.9~INV-2~1~claim',
  ]);
  expect(access.arrived).toHaveLength(2);
}, 120_000);

test('two workers at once: one effect', async () => {
  const it = await live();
  const access = fakePort('access', 'deduplicating');
  await Promise.all([it.work({ ports: { access: access.port } }), it.work({ ports: { access: access.port } })]);
  const contracts = await Promise.all(Array.from({ length: 5 }, () => it.create()));
  await Promise.all(contracts.map((contract) => appendFacts(it.rec, TENANT, contract, [invoice('INV-1', -DAY_MS)])));
  await until(
    async () => (await Promise.all(contracts.map((each) => performed(it, each)))).every((all) => all.length === 2),
    30_000,
  );
  expect(access.arrived).toHaveLength(5);
});

test('connections to the record break again and again: everything is done, and once', async () => {
  const { rec, database } = await freshRecord();
  const it = await live(undefined, undefined, rec);
  const access = fakePort('access', 'deduplicating');
  await it.work({ ports: { access: access.port } });
  const contracts = await Promise.all(Array.from({ length: 5 }, () => it.create()));
  for (const contract of contracts) got(await appendFacts(rec, TENANT, contract, [invoice('INV-1', -DAY_MS)]));
  await withClient(database.superUrl, async (client) => {
    for (let breaks = 0; breaks < 10; breaks++) {
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
        [database.name],
      );
      await pause(100);
    }
  });
  await until(
    async () => (await Promise.all(contracts.map((each) => performed(it, each)))).every((all) => all.length === 2),
    90_000,
  );
  expect(access.effects()).toHaveLength(5);
  for (const contract of contracts) expect(await performed(it, contract)).toHaveLength(2);
}, 120_000);
