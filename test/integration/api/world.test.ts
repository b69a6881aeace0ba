import { expect, test } from 'vitest';
import { buildApp } from '../../../api/app.js';
import { openClock } from '../../../api/clock.js';
import { readIdentities, type Identities } from '../../../api/identity.js';
import { simulatorHere as simulator } from '../../../api/simulator.js';
import { recordOf } from '../../../api/record.js';
import { ENGINE, openRecord, shippedLaws } from '../../../prisma/index.js';
import { serve } from './served.js';

const identities = readIdentities(undefined) as Identities;
const contract = { offer: 'edoc', participant: { kind: 'legal-entity' }, testClock: '2026-03-02T10:00:00+05:00' };

test('a POST that is repeated under its key makes one contract, at once and after a restart', async () => {
  const { rec, post, get, url } = await serve();
  const both = await Promise.all([post('/v1/contracts', contract, 'k-1'), post('/v1/contracts', contract, 'k-1')]);
  expect(both[0]).toEqual(both[1]);
  const clock = openClock({ address: '127.0.0.1:1', namespace: 'default' });
  const again = await buildApp({ record: recordOf(rec), clock, identities, simulator });
  const repeated = await again.inject({
    method: 'POST',
    url: '/v1/contracts',
    payload: contract,
    headers: { 'idempotency-key': 'k-1' },
  });
  expect([repeated.statusCode, repeated.json()]).toEqual([201, both[0].body]);
  const other = await again.inject({
    method: 'POST',
    url: '/v1/contracts',
    payload: { ...contract, policy: 'ask' },
    headers: { 'idempotency-key': 'k-1' },
  });
  expect([other.statusCode, other.json().code]).toEqual([409, 'idempotency.conflict']);
  await again.close();
  await clock.close();
  expect((await get('/v1/contracts')).body.contracts).toHaveLength(1);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
});

test('a process that dies between doing and answering has done it once', async () => {
  const { rec, live, get, post } = await serve();
  await live.work();
  const died = Object.assign(new Error('terminated'), { code: '57P01' });
  const clock = openClock({ address: live.address, namespace: live.namespace });
  const dying = { ...recordOf(rec), keepAnswer: () => Promise.reject(died) };
  const app = await buildApp({ record: dying, clock, identities, simulator });
  const twice = async (url: string, payload: object) => {
    const key = `key of ${url}`;
    const first = await app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key } });
    expect([url, first.statusCode]).toEqual([url, 503]);
    return post(url, payload, key);
  };
  const made = await twice('/v1/contracts', { ...contract, policy: 'ask' });
  expect(made.status).toBe(201);
  expect((await get('/v1/contracts')).body.contracts).toHaveLength(1);

  const url = `/v1/contracts/${made.body.id}`;
  const at = contract.testClock;
  const data = { kind: 'subscription', amount: '1.00', currency: 'KZT' };
  const facts = [
    { type: 'participant.registered', at },
    { type: 'invoice.presented', at, subject: 'INV-1', data },
  ];
  expect(await twice(`${url}/facts`, facts)).toMatchObject({ status: 200, body: { facts: [{ seq: 1 }, { seq: 2 }] } });
  expect(await twice(`${url}/clock`, { to: '2026-03-12T10:00:00+05:00' })).toMatchObject({ status: 200 });
  const decided = await twice(`${url}/rights/5.9~INV-1~1~operator/decision`, { decision: 'declined', reason: 'r' });
  expect(decided.status).toBe(200);
  const journal = (await get(`${url}/facts`)).body.facts as { type: string; id: string }[];
  expect(journal.filter(({ type }) => type === 'right.declined')).toEqual([
    expect.objectContaining({ id: decided.body.fact.id }),
  ]);
  expect(journal.filter(({ type }) => type === 'invoice.presented')).toHaveLength(1);
  await app.close();
  await clock.close();
});

test('a clock cannot be moved while Temporal is away, and nothing else is hurt by it', async () => {
  const { rec, post } = await serve();
  const { body } = await post('/v1/contracts', contract);
  const clock = openClock({ address: '127.0.0.1:1', namespace: 'default', timeoutMs: 1_500 });
  const app = await buildApp({ record: recordOf(rec), clock, identities, simulator });
  const moved = await app.inject({
    method: 'POST',
    url: `/v1/contracts/${body.id}/clock`,
    payload: { to: '2026-03-03T00:00:00+05:00' },
  });
  expect([moved.statusCode, moved.json().code]).toEqual([503, 'clock.unavailable']);
  const ready = await app.inject({ url: '/readyz' });
  expect(ready.json()).toEqual({ status: 'not ready', database: true, temporal: false });
  const seen = await app.inject({ url: `/v1/contracts/${body.id}` });
  expect(seen.statusCode).toBe(200);
  await app.close();
  await clock.close();
});

test('a database that is away is a problem document', async () => {
  const rec = await openRecord('postgresql://nobody@127.0.0.1:1/nothing', { laws: shippedLaws(), engine: ENGINE });
  const clock = openClock({ address: '127.0.0.1:1', namespace: 'default' });
  const app = await buildApp({ record: recordOf(rec), clock, identities, simulator });
  for (const [method, url] of [
    ['GET', '/v1/contracts'],
    ['POST', '/v1/contracts'],
  ] as const) {
    const answer = await app.inject({ method, url, ...(method === 'POST' ? { payload: contract } : {}) });
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 503, 'record.unavailable']);
  }
  await app.close();
  await clock.close();
  await rec.close();
});

test('a tenant sees its own contracts only, in the database itself', async () => {
  const token = (tenant: string): string => `token-of-${tenant}-0123456789`;
  const entry = (tenant: string) => ({ token: token(tenant), tenant, role: 'admin' });
  const { url } = await serve(JSON.stringify([entry('one'), entry('two')]));
  const ask = async (tenant: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token(tenant)}`, 'content-type': 'application/json' };
    const response = await fetch(
      `${url}${path}`,
      body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) },
    );
    return (await response.json()) as { id?: string; code?: string; contracts?: unknown[] };
  };
  const { id } = await ask('one', '/v1/contracts', contract);
  expect(await ask('one', '/v1/contracts')).toMatchObject({ contracts: [{ id }] });
  expect(await ask('two', '/v1/contracts')).toMatchObject({ contracts: [] });
  expect(await ask('two', `/v1/contracts/${id}`)).toMatchObject({ code: 'contract.unknown' });
  expect(await ask('two', `/v1/contracts/${id}/facts`, { type: 'portal.visited', on: '2026-03-02' })).toMatchObject({
    code: 'contract.unknown',
  });
  expect(await ask('two', `/v1/contracts/${id}/facts`)).toMatchObject({ code: 'contract.unknown' });
});
