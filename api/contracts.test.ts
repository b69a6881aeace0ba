import { describe, expect, test } from 'vitest';
import { stage } from './testing/stage.js';

const at = '2026-03-02T09:00:00+05:00';
const registered = { type: 'participant.registered', at };
const C = '/v1/contracts/c1';

async function withContract() {
  const { app, record, moves } = await stage();
  const post = async (url: string, payload: object, key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await app.inject({ method: 'POST', url, payload, headers });
    return { status: answer.statusCode, body: answer.json(), replayed: answer.headers['idempotency-replayed'] };
  };
  await record.createContract('default', { offer: 'edoc', participant: {}, testClock: record.now });
  return { app, record, moves, post };
}

describe('contracts and facts', () => {
  test('a contract is made, told of, and looked at now and then', async () => {
    const { app, record, post } = await withContract();
    expect(await post(`${C}/facts`, registered)).toMatchObject({
      status: 200,
      body: { facts: [{ seq: 1, recordedAt: '2026-03-02T10:00:00+05:00' }] },
    });
    const now = (await app.inject({ url: C })).json();
    expect(now).toMatchObject({ asOf: '2026-03-02T10:00:00+05:00', contract: { state: 'active', concludedAt: at } });
    const before = (await app.inject({ url: `${C}?asOf=2026-03-02T08:59:59%2B05:00` })).json();
    expect(before).toMatchObject({ asOf: '2026-03-02T08:59:59+05:00', contract: { state: 'offered' } });
    expect(record.writes.at(-1)).toBe('facts c1');
  });

  test('in a query a space in place of a plus is taken for it', async () => {
    const { app } = await withContract();
    const answer = await app.inject({ url: `${C}?asOf=2026-03-02T09:30:00+05:00` });
    expect(answer.json().asOf).toBe('2026-03-02T09:30:00+05:00');
  });

  test('access says whether, why, how long and from what it knows', async () => {
    const { app, record, post } = await withContract();
    const invoice = {
      type: 'invoice.presented',
      at,
      subject: 'INV-1',
      data: { kind: 'subscription', amount: '1.00', currency: 'KZT' },
    };
    await post(`${C}/facts`, [registered, invoice]);
    const get = async (name: string) => (await app.inject({ url: `${C}/access?function=${name}` })).json();
    // Five bank days after Monday, 2 March 2026: 3-6 March, then 10 March, because the 9th is a day off for the 8th.
    expect(await get('portal')).toMatchObject({ open: true, causes: [], seq: 2, asOf: '2026-03-02T10:00:00+05:00' });
    record.now = Date.parse('2026-03-11T00:00:00+05:00');
    expect(await get('portal')).toMatchObject({
      open: false,
      causes: [{ clause: '5.9', subject: 'INV-1', since: '2026-03-11T00:00:00+05:00' }],
    });
  });

  test('lists come in pages', async () => {
    const { app, record } = await withContract();
    for (let i = 0; i < 4; i += 1) await record.createContract('default', { offer: 'edoc', participant: {} });
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page = (await app.inject({ url: `/v1/contracts?limit=2${after}` })).json();
      ids.push(...page.contracts.map((contract: { id: string }) => contract.id));
      next = page.next;
    }
    expect(ids).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  });

  test('the journal comes as JSON Lines', async () => {
    const { app, post } = await withContract();
    await post(`${C}/facts`, [registered, { type: 'portal.visited', at }]);
    const answer = await app.inject({ url: `${C}/journal` });
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(
      answer.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['participant.registered', 'portal.visited']);
  });

  test('a right that was put to a person is decided once, under its key, at the instant of the contract', async () => {
    const { app, record, post } = await withContract();
    await record.createContract('default', { offer: 'edoc', policy: 'ask', participant: {} });
    const data = { kind: 'subscription', amount: '1.00', currency: 'KZT' };
    await post('/v1/contracts/c2/facts', [registered, { type: 'invoice.presented', at, subject: 'INV-1', data }]);
    record.now = Date.parse('2026-03-12T10:00:00+05:00');
    const right = async () => {
      const { rights } = (await app.inject({ url: '/v1/contracts/c2' })).json() as { rights: { clause: string }[] };
      return rights.find(({ clause }) => clause === '5.9');
    };
    expect(await right()).toMatchObject({ key: '5.9~INV-1~1~operator', state: 'asked' });
    const url = '/v1/contracts/c2/rights/5.9~INV-1~1~operator/decision';
    const decision = { decision: 'used', reason: 'it was warned twice' };
    const decided = await post(url, decision, 'k-1');
    expect(decided).toMatchObject({ status: 200, body: { fact: { seq: 3, recordedAt: '2026-03-12T10:00:00+05:00' } } });
    expect(await post(url, decision, 'k-1')).toEqual({ ...decided, replayed: 'true' });
    expect(await right()).toMatchObject({ state: 'used', usedAt: '2026-03-12T10:00:00+05:00' });
    expect(await post(url, { ...decision, reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'right.not_open' },
    });
  });

  test('a contract comes under an edition, once under its key; what is none, lies ahead or has no reason is refused', async () => {
    const { app, record, post } = await withContract();
    const { edition } = (await app.inject({ url: '/v1/offers/edoc' })).json() as { edition: string };
    const adopted = await post(`${C}/editions`, { reason: 'a mended rule', from: at }, 'k-1');
    expect(adopted).toMatchObject({
      status: 201,
      body: { edition, fact: { seq: 1, recordedAt: '2026-03-02T10:00:00+05:00' } },
    });
    expect(await post(`${C}/editions`, { reason: 'a mended rule', from: at }, 'k-1')).toEqual({
      ...adopted,
      replayed: 'true',
    });
    expect(record.writes.filter((write) => write.startsWith('edition'))).toHaveLength(1);
    expect(await post(`${C}/editions`, { reason: 'a wish', edition: 'f'.repeat(64) })).toMatchObject({
      status: 404,
      body: { code: 'edition.unknown' },
    });
    expect(await post('/v1/contracts/nobody/editions', { reason: 'a wish' })).toMatchObject({ status: 404 });
    expect(await post(`${C}/editions`, { edition })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', where: 'reason' },
    });
    expect(await post(`${C}/editions`, { reason: 'a wish', edition: 'second' })).toMatchObject({
      body: { code: 'request.invalid', where: 'edition' },
    });
  });

  test('a simulation shows its last check, or the view that is named', async () => {
    const { post } = await withContract();
    const scenario = { offer: 'edoc', facts: [registered], checks: [{ asOf: '2026-03-05T00:00:00+05:00' }] };
    expect((await post('/v1/simulations', scenario)).body).toMatchObject({ asOf: '2026-03-05T00:00:00+05:00' });
    expect((await post('/v1/simulations', { scenario })).body).toEqual((await post('/v1/simulations', scenario)).body);
    expect((await post('/v1/simulations', { ...scenario, asOf: '2026-03-03T00:00:00+05:00' })).body).toMatchObject({
      asOf: '2026-03-03T00:00:00+05:00',
      knownAt: '2026-03-03T00:00:00+05:00',
    });
  });
});

describe('Idempotency-Key', () => {
  const contract = { offer: 'edoc', participant: { kind: 'legal-entity' } };

  test('the same request twice makes one contract and gets one answer', async () => {
    const { record, post } = await withContract();
    const first = await post('/v1/contracts', contract, 'k-1');
    const again = await post('/v1/contracts', contract, 'k-1');
    expect([first.status, first.replayed, again.status, again.replayed]).toEqual([201, undefined, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(record.writes.filter((write) => write === `contract ${first.body.id}`)).toHaveLength(1);
  });

  test('the same request twice at once makes one contract', async () => {
    const { record, post } = await withContract();
    const both = await Promise.all([post('/v1/contracts', contract, 'k-1'), post('/v1/contracts', contract, 'k-1')]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0].body).toEqual(both[1].body);
    expect(record.writes.filter((write) => write.startsWith('contract'))).toHaveLength(2);
  });

  test('without a key two requests are two', async () => {
    const { post } = await withContract();
    const [one, two] = [await post('/v1/contracts', contract), await post('/v1/contracts', contract)];
    expect(one.body.id).not.toBe(two.body.id);
  });

  test('the same key with another body is a conflict, on another route it is another key', async () => {
    const { post } = await withContract();
    await post('/v1/contracts', contract, 'k-1');
    expect(await post('/v1/contracts', { ...contract, policy: 'ask' }, 'k-1')).toMatchObject({
      status: 409,
      body: { code: 'idempotency.conflict' },
    });
    expect(await post(`${C}/facts`, registered, 'k-1')).toMatchObject({ status: 200 });
  });

  test('what was refused can be tried again under its key', async () => {
    const { record, post } = await withContract();
    expect(await post('/v1/contracts/c2/facts', registered, 'k-1')).toMatchObject({ status: 404 });
    await record.createContract('default', { offer: 'edoc', participant: {} });
    expect(await post('/v1/contracts/c2/facts', registered, 'k-1')).toMatchObject({ status: 200 });
  });

  test('a clock is moved under the name of the attempt', async () => {
    const { moves, post } = await withContract();
    const to = { to: '2026-03-03T00:00:00+05:00' };
    expect(await post(`${C}/clock`, to, 'k-1')).toMatchObject({ status: 200, body: { asOf: to.to } });
    await post(`${C}/clock`, to, 'k-1');
    expect(moves).toHaveLength(1);
    expect(moves[0]).toContain('k-1');
  });

  test.each(['', ' ', 'a\tb', 'x'.repeat(201)])('the key %j is none', async (key) => {
    const { post } = await withContract();
    expect(await post(`${C}/facts`, registered, key)).toMatchObject({ status: 400, body: { code: 'idempotency.key' } });
  });
});
