import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../clock/stage.js';
import { serve } from './served.js';

const registered = { type: 'participant.registered', at: '2026-03-02T10:00:00+05:00' };
const invoice = {
  type: 'invoice.presented',
  at: '2026-03-12T11:00:00+05:00',
  subject: 'INV-1',
  data: { kind: 'subscription', amount: '100000.00', currency: 'KZT' },
};

test('edoc 5.4, 5.9: an invoice runs out, is fined and blocked; the bank says that money came in time, and all is undone', async () => {
  const served = await serve();
  await served.live.work();
  const { merzim } = served;

  const created = await merzim('contract', 'create', '--offer', 'edoc', '--test-clock', '2026-03-02T10:00:00+05:00');
  expect(created).toMatchObject({ exit: 0, err: '' });
  const id = created.out;
  expect(await merzim('fact', 'add', id, registered.type, '--at', registered.at)).toMatchObject({ exit: 0 });
  const early = await merzim(
    'fact',
    'add',
    id,
    invoice.type,
    '--at',
    invoice.at,
    '--subject',
    'INV-1',
    '--data',
    JSON.stringify(invoice.data),
  );
  expect(early).toMatchObject({ exit: 2, err: expect.stringMatching(/^fact\.in_future: facts\[0\]\.at: /) });

  expect(await merzim('contract', 'clock', id, '2026-03-12T11:00:00+05:00')).toMatchObject({ exit: 0 });
  expect(
    await merzim(
      'fact',
      'add',
      id,
      invoice.type,
      '--at',
      invoice.at,
      '--subject',
      'INV-1',
      '--data',
      JSON.stringify(invoice.data),
    ),
  ).toMatchObject({ exit: 0 });
  // 12 March 2026 is a Thursday: five bank days are 13, 16, 17, 18 and 19 March.
  expect(await merzim('contract', 'clock', id, '2026-03-19T23:59:59+05:00')).toMatchObject({ exit: 0 });
  expect((await served.get(`/v1/contracts/${id}/access?function=portal`)).body).toMatchObject({
    open: true,
    validUntil: '2026-03-20T00:00:00+05:00',
  });
  expect(await merzim('contract', 'clock', id, '2026-03-26T09:15:00+05:00')).toMatchObject({ exit: 0 });
  expect((await served.get(`/v1/contracts/${id}/access?function=portal`)).body).toMatchObject({
    open: false,
    causes: [{ clause: '5.9', subject: 'INV-1', since: '2026-03-20T00:00:00+05:00' }],
  });
  const late = JSON.parse((await merzim('contract', 'show', id, '--json')).out);
  expect(late.ledger.entries).toContainEqual(expect.objectContaining({ kind: 'fine', amount: '8650.00' }));

  const payment = {
    id: 'P-1',
    type: 'payment.credited',
    at: '2026-03-19T16:20:00+05:00',
    subject: 'INV-1',
    data: { amount: '100000.00', currency: 'KZT' },
  };
  expect(await served.post(`/v1/contracts/${id}/facts`, payment)).toMatchObject({ status: 200 });
  expect(await served.post(`/v1/contracts/${id}/facts`, payment)).toMatchObject({
    status: 200,
    body: { facts: [{ id: 'P-1' }] },
  });
  expect(await served.post(`/v1/contracts/${id}/facts`, { ...payment, subject: 'INV-2' })).toMatchObject({
    status: 409,
    body: { code: 'fact.conflict' },
  });
  expect(await merzim('contract', 'clock', id, '2026-03-26T09:15:00+05:00')).toMatchObject({ exit: 0 });

  const now = (await served.get(`/v1/contracts/${id}`)).body;
  expect(now.access.portal).toEqual({ open: true, causes: [] });
  expect(now.ledger.balance).toEqual({ KZT: '0.00' });
  expect(now.ledger.entries).toContainEqual(
    expect.objectContaining({ kind: 'credit', clause: '5.9', at: '2026-03-26T09:15:00+05:00' }),
  );
  expect((await served.get(`/v1/contracts/${id}?asOf=2026-03-22T12:00:00%2B05:00`)).body.access.portal.open).toBe(
    false,
  );

  const why = await merzim('why', '--contract', id, '5.9~INV-1~1~claim~fine', '--as-of', '2026-03-22T12:00:00+05:00');
  expect(why).toMatchObject({ exit: 0, out: expect.stringContaining('19 March 2026') });

  expect(await merzim('contract', 'verify', id)).toMatchObject({
    exit: 0,
    out: expect.stringContaining('chain       whole'),
  });
  expect(
    JSON.parse((await merzim('contract', 'replay', id, '--json', '--as-of', '2026-03-22T12:00:00+05:00')).out),
  ).toMatchObject({ access: { portal: { open: false } } });
  const journal = (await served.get(`/v1/contracts/${id}/journal`)).body as string;
  const file = join(served.live.data, 'journal.jsonl');
  writeFileSync(file, journal);
  expect(await merzim('journal', 'verify', file, '--json')).toMatchObject({ exit: 0 });
  writeFileSync(file, journal.replace('"100000.00"', '"100000.01"'));
  expect(await merzim('journal', 'verify', file, '--json')).toMatchObject({ exit: 1 });
});

test('a policy that asks: the right waits as a case until a person decides', async () => {
  const { post, get, merzim, live } = await serve();
  await live.work();
  const { body } = await post('/v1/contracts', {
    offer: 'edoc',
    policy: 'ask',
    participant: {},
    testClock: '2026-03-12T11:00:00+05:00',
  });
  await post(`/v1/contracts/${body.id}/facts`, [registered, invoice]);
  expect(await post(`/v1/contracts/${body.id}/clock`, { to: '2026-03-20T10:00:00+05:00' })).toMatchObject({
    status: 200,
  });
  const cases = await get('/v1/cases');
  expect(cases.body.cases).toContainEqual(
    expect.objectContaining({ contract: body.id, key: '5.9~INV-1~1~operator', openedAt: '2026-03-20T00:00:00+05:00' }),
  );
  expect((await get('/v1/cases?limit=1')).body.cases).toHaveLength(1);
  expect(await merzim('case', 'list')).toMatchObject({ exit: 0, out: expect.stringContaining('5.9~INV-1~1~operator') });
  expect(
    await merzim('case', 'decide', body.id, '5.9~INV-1~1~operator', 'used', '--reason', 'warned twice'),
  ).toMatchObject({ exit: 0, err: '' });
  await post(`/v1/contracts/${body.id}/clock`, { to: '2026-03-20T10:00:01+05:00' });
  expect((await get(`/v1/contracts/${body.id}/access?function=portal`)).body).toMatchObject({
    open: false,
    causes: [{ since: '2026-03-20T10:00:00+05:00' }],
  });
  const left = (await get(`/v1/cases?contract=${body.id}`)).body.cases as { key: string }[];
  expect(left.map(({ key }) => key)).not.toContain('5.9~INV-1~1~operator');
});

test('edoc 4.1: an act waits for the signature of a person, who says so', async () => {
  const { post, get, merzim, live } = await serve();
  await live.work();
  const at = new Date(Date.now() - 60_000).toISOString();
  const { body } = await post('/v1/contracts', { offer: 'edoc', participant: {} });
  const contract = `/v1/contracts/${body.id}`;
  await post(`${contract}/facts`, [
    { ...registered, at },
    { type: 'act.requested', at, subject: 'ACT-1' },
  ]);
  const effect = async () => {
    const { effects } = (await get(contract)).body as { effects: { key: string; kind: string; state: string }[] };
    return effects.find(({ kind }) => kind === 'request-signature');
  };
  await until(async () => (await effect())?.state === 'sent');
  const key = (await effect())!.key;
  expect(await merzim('case', 'decide', body.id, 'nothing', 'confirmed', '--reason', 'r')).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/^effect\.unknown: /),
  });
  expect(await merzim('case', 'decide', body.id, key, 'confirmed', '--reason', 'signed on paper')).toMatchObject({
    exit: 0,
  });
  expect(await effect()).toMatchObject({ state: 'done' });
  expect(await merzim('case', 'decide', body.id, key, 'failed', '--reason', 'r')).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/^act\.settled: /),
  });
});

test('a contract comes under the newest edition by decision, and a change goes to all contracts of an offer', async () => {
  const { post, get, merzim, live } = await serve();
  await live.work();
  const { body } = await post('/v1/contracts', { offer: 'edoc', participant: {} });
  const { edition } = (await get('/v1/offers/edoc')).body as { edition: string };
  expect(await merzim('contract', 'adopt', body.id, '--reason', 'a mended rule')).toMatchObject({
    exit: 0,
    out: expect.stringContaining(edition),
  });
  const { facts } = (await get(`/v1/contracts/${body.id}/facts`)).body;
  expect(facts).toMatchObject([{ type: 'edition.adopted', by: 'admin', data: { edition, reasons: 'a mended rule' } }]);
  const amend = ['offer', 'amend', 'edoc', '--name', 'A/1', '--kind', 'terms'];
  expect(await merzim(...amend)).toMatchObject({ exit: 0, out: expect.stringMatching(/^A\/1 of edoc, .*: under way/) });
  const shown = () => merzim('offer', 'amendment', 'edoc', 'A/1');
  await until(async () => /done/.test((await shown()).out));
  // The contract is under that edition from the first: there is nobody to tell.
  expect(await shown()).toMatchObject({ exit: 0, out: expect.stringContaining('0 told, 0 refused') });
  expect(await merzim(...amend)).toMatchObject({ exit: 0, out: expect.stringContaining('done') });
  expect(await merzim('offer', 'amendment', 'edoc', 'A/1', '--pause')).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/^amendment\.done: /),
  });
});
