import { expect, test } from 'vitest';
import { fakePort } from '../../../activities/fakes/port.js';
import { appendFacts } from '../../../prisma/index.js';
import { MONDAY } from '../record/opened.js';
import { WITHIN_MS } from '../record/small-law.js';
import { got, live, TENANT } from './live.js';
import { until } from './stage.js';

const DAY_MS = 86_400_000;

const invoice = (at: number, subject = 'INV-1') => ({
  id: `invoice ${subject}`,
  type: 'invoice.presented',
  at: new Date(at).toISOString(),
  subject,
  data: { kind: 'subscription', amount: '5000.00', currency: 'KZT' },
});
const payment = (at: number, subject = 'INV-1') => ({
  id: `payment ${subject}`,
  type: 'payment.credited',
  at: new Date(at).toISOString(),
  subject,
  data: { amount: '5000.00', currency: 'KZT' },
});

test('real time: a fact in the record becomes acts in the world, and later news takes them back', async () => {
  const { rec, work, create, journal } = await live();
  const access = fakePort('access', 'deduplicating');
  await work({ ports: { access: access.port } });
  const contract = await create();
  const presented = Date.now() - WITHIN_MS - DAY_MS;
  got(await appendFacts(rec, TENANT, contract, [invoice(presented)]));
  await until(async () => (await journal(contract)).filter((line) => line.startsWith('effect.performed')).length === 2);
  got(await appendFacts(rec, TENANT, contract, [payment(presented + DAY_MS)]));
  await until(async () => (await journal(contract)).filter((line) => line.startsWith('effect.performed')).length === 4);
  expect(access.arrived.map(({ sends }) => sends)).toEqual(['restrict', 'lift']);
  expect((await journal(contract)).filter((line) => line.startsWith('effect.performed')).toSorted()).toEqual([
    'effect.performed do 4.2~INV-1~1~restrict',
    'effect.performed do 5.9~INV-1~1~claim',
    'effect.performed undo 4.2~INV-1~1~restrict',
    'effect.performed undo 5.9~INV-1~1~claim',
  ]);
});

test('a test clock goes through every instant, and its answer comes when everything is done', async () => {
  const { rec, work, create, journal, move } = await live();
  await work();
  const contract = await create({ testClock: MONDAY });
  got(await appendFacts(rec, TENANT, contract, [invoice(MONDAY)]));
  expect(await move(contract, MONDAY + WITHIN_MS - 1)).toBe(MONDAY + WITHIN_MS - 1);
  expect(await journal(contract)).toEqual(['invoice.presented']);
  expect(await move(contract, MONDAY + 100 * DAY_MS)).toBe(MONDAY + 100 * DAY_MS);
  expect((await journal(contract)).toSorted()).toEqual([
    'effect.claimed do 4.2~INV-1~1~restrict',
    'effect.claimed do 5.9~INV-1~1~claim',
    'effect.performed do 4.2~INV-1~1~restrict',
    'effect.performed do 5.9~INV-1~1~claim',
    'invoice.presented',
    'right.used',
  ]);
});
