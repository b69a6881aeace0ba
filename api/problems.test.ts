import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { stage } from './testing/stage.js';

const at = '2026-03-02T09:00:00+05:00';
const registered = { type: 'participant.registered', at };
const invoice = {
  type: 'invoice.presented',
  at,
  subject: 'INV-1',
  data: { kind: 'subscription', amount: '100000.00', currency: 'KZT' },
};

async function withContract() {
  const { app, record, moves } = await stage();
  await record.createContract('default', { offer: 'edoc', participant: {}, testClock: record.now });
  await record.createContract('default', { offer: 'edoc', participant: {} });
  record.writes.length = 0;
  return { app, record, moves };
}

const C = '/v1/contracts/c1';
const POSTS: readonly [claim: string, url: string, payload: unknown, status: number, code: string, where?: string][] = [
  ['an unknown contract', '/v1/contracts/c9/facts', registered, 404, 'contract.unknown'],
  ['an unknown type of fact', `${C}/facts`, { type: 'invoice.lost', at }, 422, 'fact.unknown_type', 'facts[0].type'],
  [
    'a receipt from outside',
    `${C}/facts`,
    { type: 'effect.performed', at },
    422,
    'fact.internal_type',
    'facts[0].type',
  ],
  [
    'a forged recordedAt',
    `${C}/facts`,
    { ...registered, recordedAt: at },
    422,
    'fact.recorded_at_forbidden',
    'facts[0].recordedAt',
  ],
  [
    'a fact of tomorrow',
    `${C}/facts`,
    { ...registered, at: '2026-03-03T10:00:00+05:00' },
    422,
    'fact.in_future',
    'facts[0].at',
  ],
  [
    'a wrong amount in a list',
    `${C}/facts`,
    [registered, { ...invoice, data: { ...invoice.data, amount: '1' } }],
    422,
    'fact.invalid_data',
    'facts[1].data.amount',
  ],
  [
    'a payment without id',
    `${C}/facts`,
    { type: 'payment.credited', at, data: { amount: '1.00', currency: 'KZT' } },
    422,
    'fact.id_required',
    'facts[0].id',
  ],
  ['facts that are none', `${C}/facts`, [registered, null], 422, 'fact.invalid', 'facts[1]'],
  ['a fact without a type', `${C}/facts`, { at }, 422, 'fact.invalid', 'facts[0].type'],
  ['text in place of facts', `${C}/facts`, '"x"', 422, 'fact.invalid', 'facts[0]'],
  ['an unknown offer', '/v1/contracts', { offer: 'nope', participant: {} }, 404, 'offer.unknown'],
  [
    'a path in place of an offer',
    '/v1/contracts',
    { offer: '../../package', participant: {} },
    400,
    'request.invalid',
    'offer',
  ],
  [
    'a path in place of a policy',
    '/v1/contracts',
    { offer: 'edoc', policy: '/etc/passwd', participant: {} },
    400,
    'request.invalid',
    'policy',
  ],
  ['an unknown policy', '/v1/contracts', { offer: 'edoc', policy: 'nope', participant: {} }, 422, 'policy.unknown'],
  [
    'a participant with more than there is',
    '/v1/contracts',
    { offer: 'edoc', participant: { sex: 'm' } },
    400,
    'request.invalid',
    'participant',
  ],
  [
    'a performance without a test clock',
    '/v1/contracts',
    { offer: 'edoc', performance: { k: { fails: true } } },
    400,
    'request.invalid',
    'performance',
  ],
  [
    'a delay that is none',
    '/v1/contracts',
    { offer: 'edoc', testClock: at, performance: { k: { after: 'long' } } },
    400,
    'request.invalid',
    'performance.k.after',
  ],
  [
    'half a surrogate pair',
    '/v1/contracts',
    { offer: 'edoc', participant: { name: '\ud800' } },
    400,
    'request.invalid',
    'participant.name',
  ],
  ['the character NUL', `${C}/facts`, { ...registered, subject: 'a\0' }, 400, 'request.invalid', 'subject'],
  ['a clock moved backward', `${C}/clock`, { to: '2026-03-02T09:59:59+05:00' }, 409, 'clock.backward', 'to'],
  ['a clock moved to no instant', `${C}/clock`, { to: '2026-03-03' }, 400, 'request.invalid', 'to'],
  ['the clock of a contract that has none', '/v1/contracts/c2/clock', { to: at }, 409, 'contract.no_test_clock'],
  ['the clock of an unknown contract', '/v1/contracts/c9/clock', { to: at }, 404, 'contract.unknown'],
  [
    'a decision about no right',
    `${C}/rights/5.9~INV-1~1~operator/decision`,
    { decision: 'used', reason: 'r' },
    404,
    'right.unknown',
  ],
  ['a decision without a reason', `${C}/rights/k/decision`, { decision: 'used' }, 400, 'request.invalid', 'reason'],
  [
    'a decision that is none',
    `${C}/rights/k/decision`,
    { decision: 'perhaps', reason: 'r' },
    400,
    'request.invalid',
    'decision',
  ],
  ['a simulation of no scenario', '/v1/simulations', { offer: 'edoc' }, 422, 'scenario.form'],
  [
    'a simulation with a wrong fact',
    '/v1/simulations',
    { offer: 'edoc', facts: [{ type: 'x', at }] },
    422,
    'fact.unknown_type',
    'scenario facts[0].type',
  ],
  ['a simulation of nothing', '/v1/simulations', { offer: 'edoc', facts: [] }, 400, 'request.invalid', 'asOf'],
  ['a route that is not there', '/v1/contract', {}, 404, 'route.unknown'],
];

describe('a POST that cannot be taken is a problem document and writes nothing', () => {
  test.each(POSTS)('%s', async (_claim, url, payload, status, code, where) => {
    const { app, record } = await withContract();
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      payload: text,
    });
    const problem = answer.json();
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect({ http: answer.statusCode, ...problem }).toMatchObject({
      http: status,
      status,
      code,
      ...(where === undefined ? {} : { where }),
    });
    expect(problem.title).not.toBe(code);
    expect(record.writes).toEqual([]);
  });

  test.each([
    ['broken JSON', '{', 'application/json', 400, 'request.json'],
    ['nothing', '', 'application/json', 400, 'request.json'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'request.media_type'],
    ['plain text', '"{}"', 'text/plain', 415, 'request.media_type'],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 'application/json', 400, 'request.json'],
    ['50 MB', ' '.repeat(50 * 1024 * 1024), 'application/json', 413, 'request.too_large'],
  ])('a body of %s', async (_claim, payload, type, status, code) => {
    const { app, record } = await withContract();
    const answer = await app.inject({ method: 'POST', url: `${C}/facts`, headers: { 'content-type': type }, payload });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(record.writes).toEqual([]);
  });

  const MANY = 50 * 1024 * 1024;
  test.each([
    ['with its length', `content-length: ${MANY}`, '', ''],
    ['in chunks', 'transfer-encoding: chunked', `${MANY.toString(16)}\r\n`, '\r\n0\r\n\r\n'],
  ])(
    'a body of 50 MB %s: who writes all of it before reading hears the answer',
    async (_claim, header, before, after) => {
      const { app, record } = await withContract();
      const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
      const head = `POST ${C}/facts HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${header}\r\n\r\n`;
      const answer = await writeThenRead(Number(port), `${head}${before}${' '.repeat(MANY)}${after}`);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"code":"request.too_large"');
      expect(record.writes).toEqual([]);
    },
  );
});

/** Writes to the end before it reads anything, as many programs do. A connection that breaks on the way is an error. */
function writeThenRead(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').on('error', reject);
    const write = (from: number): void => {
      const part = text.slice(from, from + 1024 * 1024);
      if (part !== '') return void socket.write(part, () => write(from + part.length));
      socket.toArray().then((parts) => resolve(Buffer.concat(parts).toString()), reject);
    };
    write(0);
  });
}

const GETS: readonly [claim: string, url: string, status: number, code: string][] = [
  ['an unknown contract', '/v1/contracts/c9', 404, 'contract.unknown'],
  ['an instant that is none', `${C}?asOf=2026-03-02`, 400, 'request.invalid'],
  ['a parameter that is not there', `${C}?as_of=${encodeURIComponent(at)}`, 400, 'request.invalid'],
  ['a function that is not there', `${C}/access?function=printer`, 404, 'access.unknown_function'],
  ['a function that every object has', `${C}/access?function=constructor`, 404, 'access.unknown_function'],
  ['an effect that is not there', `${C}/effects/5.9~INV-1~1~claim~fine/why`, 404, 'effect.unknown'],
  ['a language that is not there', `${C}/effects/k/why?lang=de`, 400, 'request.invalid'],
  ['a limit beyond all limits', '/v1/contracts?limit=1000000', 400, 'request.invalid'],
  ['a path that is no URL', '/v1/contracts/%E0%A4%A', 400, 'request.invalid'],
  ['NUL in a path', '/v1/contracts/%00', 400, 'request.invalid'],
  ['NUL in a query', '/v1/contracts?offer=%00', 400, 'request.invalid'],
  ['a sequence beyond all sequences', `${C}/facts?after=99999999999999`, 400, 'request.invalid'],
  ['a cursor that is none', '/v1/cases?after=x', 400, 'request.invalid'],
  ['an offer that is not there', '/v1/offers/nope', 404, 'offer.unknown'],
  ['the journal of an unknown contract', '/v1/contracts/c9/journal', 404, 'contract.unknown'],
  ['the facts of an unknown contract', '/v1/contracts/c9/facts', 404, 'contract.unknown'],
];

test.each(GETS)('a GET of %s is refused', async (_claim, url, status, code) => {
  const { app } = await withContract();
  const answer = await app.inject({ url });
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

describe('when the world is away', () => {
  test('a database that is away is 503 and says nothing of itself', async () => {
    const { app, record } = await withContract();
    record.broken = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
    const answer = await app.inject({ url: C });
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
      503,
      'record.unavailable',
      '1',
    ]);
    expect(answer.body).not.toContain('10.0.0.7');
    const ready = await app.inject({ url: '/readyz' });
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'not ready', database: false, temporal: true }]);
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });

  test('a mistake of the server is 500 and says nothing of itself', async () => {
    const { app, record } = await withContract();
    record.broken = new TypeError('secret is not a function');
    const answer = await app.inject({ url: C });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'server.internal']);
    expect(answer.body).not.toContain('secret');
  });
});
