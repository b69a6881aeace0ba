import { expect, test } from 'vitest';
import { fakePort } from '../../../activities/fakes/port.js';
import { appendFacts } from '../../../prisma/index.js';
import { moveTestClock } from '../../../worker/clock.js';
import { MONDAY } from '../record/opened.js';
import { WITHIN_MS } from '../record/small-law.js';
import { got, type Live, live, TENANT } from './live.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const due = MONDAY + WITHIN_MS;
const RESTRICT = '4.2~INV-1~1~restrict';
const CLAIM = '5.9~INV-1~1~claim';

const invoice = (at: number, subject = 'INV-1') => ({
  id: `invoice ${subject}`,
  type: 'invoice.presented',
  at: new Date(at).toISOString(),
  subject,
  data: { kind: 'subscription', amount: '5000.00', currency: 'KZT' },
});

/** Effects' receipts with the day and hour since the clock's start at which they became known. */
async function receipts({ recorded }: Live, contract: string): Promise<readonly string[]> {
  const facts = await recorded(contract);
  return facts
    .filter(({ type }) => type.startsWith('effect.'))
    .map(({ type, key, recordedAt }) => `${(recordedAt - MONDAY) / HOUR_MS}h ${type} ${key}`)
    .toSorted();
}

test('a jump of a hundred days is a hundred jumps of a day', async () => {
  const it = await live();
  await it.work();
  const [once, daily] = await Promise.all([it.create({ testClock: MONDAY }), it.create({ testClock: MONDAY })]);
  for (const contract of [once, daily])
    got(
      await appendFacts(
        it.rec,
        TENANT,
        contract,
        ['INV-1', 'INV-2', 'INV-3'].map((subject, i) => invoice(MONDAY - i * HOUR_MS, subject)),
      ),
    );
  await it.move(once, MONDAY + 100 * DAY_MS);
  for (let day = 1; day <= 100; day++) await it.move(daily, MONDAY + day * DAY_MS);
  const [first, second] = await Promise.all([receipts(it, once), receipts(it, daily)]);
  expect(second).toEqual(first);
  expect(first.filter((line) => line.includes('performed'))).toEqual([
    '70h effect.performed 4.2~INV-3~1~restrict',
    '70h effect.performed 5.9~INV-3~1~claim',
    '71h effect.performed 4.2~INV-2~1~restrict',
    '71h effect.performed 5.9~INV-2~1~claim',
    '72h effect.performed 4.2~INV-1~1~restrict',
    '72h effect.performed 5.9~INV-1~1~claim',
  ]);
});

test('a scripted performance comes late, in virtual time, over several moves, and delays no other lane', async () => {
  const it = await live();
  await it.work();
  const contract = await it.create({ testClock: MONDAY, performance: { [RESTRICT]: { after: '168 hours' } } });
  got(await appendFacts(it.rec, TENANT, contract, [invoice(MONDAY)]));
  await it.move(contract, due + HOUR_MS);
  expect(await receipts(it, contract)).toEqual([
    `72h effect.claimed ${RESTRICT}`,
    `72h effect.claimed ${CLAIM}`,
    `72h effect.performed ${CLAIM}`,
  ]);
  await it.move(contract, due + 168 * HOUR_MS - 1);
  expect(await receipts(it, contract)).toHaveLength(3);
  await it.move(contract, due + 30 * DAY_MS);
  expect(await receipts(it, contract)).toContain(`240h effect.performed ${RESTRICT}`);
});

test('a scripted performance survives the worker and the workflow', async () => {
  const it = await live();
  const first = await it.work();
  const contract = await it.create({ testClock: MONDAY, performance: { [CLAIM]: { after: '2 hours' } } });
  got(await appendFacts(it.rec, TENANT, contract, [invoice(MONDAY)]));
  await it.move(contract, due + HOUR_MS);
  await first.stop();
  await it.client.workflow.getHandle(it.workflowId(contract)).terminate();
  await it.work();
  await it.move(contract, due + DAY_MS);
  expect(await receipts(it, contract)).toContain(`74h effect.performed ${CLAIM}`);
});

test('a scripted failure is a receipt', async () => {
  const it = await live();
  await it.work();
  const contract = await it.create({ testClock: MONDAY, performance: { [CLAIM]: { fails: true } } });
  got(await appendFacts(it.rec, TENANT, contract, [invoice(MONDAY)]));
  await it.move(contract, due + DAY_MS);
  expect(await receipts(it, contract)).toEqual([
    `72h effect.claimed ${RESTRICT}`,
    `72h effect.claimed ${CLAIM}`,
    `72h effect.failed ${CLAIM}`,
    `72h effect.performed ${RESTRICT}`,
  ]);
});

test('a port that does not answer in ten seconds is unknown at that instant, and the clock goes on', async () => {
  const it = await live();
  const access = fakePort('access', 'deduplicating', 60_000);
  access.behave('hang');
  await it.work({ ports: { access: access.port } });
  const contract = await it.create({ testClock: MONDAY });
  got(await appendFacts(it.rec, TENANT, contract, [invoice(MONDAY)]));
  await it.move(contract, due + DAY_MS);
  expect(await receipts(it, contract)).toContain(`72h effect.unknown ${RESTRICT}`);
  expect(await receipts(it, contract)).toContain(`72h effect.performed ${CLAIM}`);
});

test('a clock goes forward only; the same move twice is one; a contract without a test clock has none', async () => {
  const it = await live();
  await it.work();
  const contract = await it.create({ testClock: MONDAY });
  const move = (to: number, id?: string) =>
    moveTestClock(it.client, { tenant: TENANT, contract, to, ...(id ? { id } : {}) });
  const [first, again] = await Promise.all([move(MONDAY + DAY_MS, 'm1'), move(MONDAY + DAY_MS, 'm1')]);
  expect(again).toEqual(first);
  expect(await move(MONDAY + DAY_MS)).toMatchObject({ ok: true, value: { asOf: MONDAY + DAY_MS } });
  expect(await move(MONDAY)).toMatchObject({ ok: false, refusal: { code: 'clock.backward' } });
  const real = await it.create();
  expect(await moveTestClock(it.client, { tenant: TENANT, contract: real, to: Date.now() + DAY_MS })).toMatchObject({
    ok: false,
    refusal: { code: 'contract.no_test_clock' },
  });
  expect(await moveTestClock(it.client, { tenant: TENANT, contract: 'nobody', to: MONDAY })).toMatchObject({
    ok: false,
    refusal: { code: 'contract.unknown' },
  });
});

test('facts and moves at the same time: all facts are in, and the clock is where it was sent', async () => {
  const it = await live();
  await it.work();
  const contract = await it.create({ testClock: MONDAY });
  const facts = Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      appendFacts(it.rec, TENANT, contract, [invoice(MONDAY - i * DAY_MS, `INV-${i}`)]),
    ),
  );
  const moves = Promise.all(
    [1, 2, 3].map((day) => moveTestClock(it.client, { tenant: TENANT, contract, to: MONDAY + day * DAY_MS })),
  );
  await facts;
  await moves;
  expect(await it.move(contract, MONDAY + 10 * DAY_MS)).toBe(MONDAY + 10 * DAY_MS);
  const performed = (await receipts(it, contract)).filter((line) => line.includes('effect.performed'));
  expect(performed).toHaveLength(20);
  expect(new Set(performed.map((line) => line.split(' ')[2])).size).toBe(20);
});
