import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpPage } from './http-page.js';
import { allRoles, stage, tokenOf } from './testing/stage.js';
import { ROLES, type Role } from './identity.js';

const [L, B, A, O, P, X] = ROLES;

/** Who may do what. `c1` is the participant's own contract. */
const TABLE: readonly [method: 'GET' | 'POST', path: string, roles: readonly Role[]][] = [
  ['GET', '/v1/contracts/c1', [L, B, A, O, P, X]],
  ['GET', '/v1/contracts/c1/access?function=portal', [L, B, A, O, P, X]],
  ['GET', '/v1/contracts/c1/effects/k/why', [L, B, A, O, P, X]],
  ['GET', '/v1/contracts', [L, B, A, O, X]],
  ['GET', '/v1/contracts/c1/facts', [L, B, A, O, X]],
  ['GET', '/v1/contracts/c1/journal', [L, B, A, O, X]],
  ['GET', '/v1/contracts/c1/drifts', [L, B, A, O, X]],
  ['POST', '/v1/contracts', [L, B, O, X]],
  ['POST', '/v1/contracts/c1/facts', [L, B, O, X]],
  ['POST', '/v1/contracts/c1/editions', [L, X]],
  ['POST', '/v1/contracts/c1/policies', [L, X]],
  ['POST', '/v1/contracts/c1/rights/k/decision', [L, P, X]],
  ['POST', '/v1/contracts/c1/effects/k/resolution', [L, O, X]],
  ['POST', '/v1/contracts/c1/release', [L, O, X]],
  ['GET', '/v1/cases', [L, B, A, O, X]],
  ['POST', '/v1/contracts/c1/clock', [L, O, X]],
  ['POST', '/v1/simulations', [L, B, A, O, X]],
  ['GET', '/v1/offers', [L, B, A, O, P, X]],
  ['GET', '/v1/offers/edoc', [L, B, A, O, P, X]],
  ['POST', '/v1/offers/edoc/amendments', [L, X]],
  ['GET', '/v1/offers/edoc/amendments', [L, X]],
  ['GET', '/v1/offers/edoc/amendments/n', [L, X]],
  ['POST', '/v1/offers/edoc/amendments/n/pace', [L, X]],
  ['GET', '/v1/offers/edoc/clauses', [L, B, A, O, P, X]],
  ['GET', '/v1/offers/edoc/lint', [L, B, A, O, P, X]],
  ['GET', '/v1/offers/edoc/diff/idocs', [L, B, A, O, P, X]],
];

describe('roles', () => {
  test.each(TABLE)('%s %s is for %j', async (method, url, roles) => {
    const { app } = await stage({ identities: allRoles() });
    for (const role of ROLES) {
      const headers = { authorization: `Bearer ${tokenOf(role)}` };
      const answer = await app.inject({ method, url, headers, ...(method === 'POST' ? { payload: {} } : {}) });
      const forbidden =
        String(answer.headers['content-type']).includes('problem') && answer.json().code === 'auth.forbidden';
      expect([role, forbidden]).toEqual([role, !roles.includes(role)]);
    }
    const nobody = await app.inject({ method, url });
    expect([nobody.statusCode, nobody.json().code]).toEqual([401, 'auth.required']);
    const somebody = await app.inject({ method, url, headers: { authorization: 'Bearer of-nobody-at-all' } });
    expect([somebody.statusCode, somebody.json().code]).toEqual([401, 'auth.unknown']);
  });

  test('the table names every route under /v1', async () => {
    const { app } = await stage();
    await app.ready();
    const routes = Object.entries((app.swagger() as { paths: Record<string, object> }).paths).flatMap(
      ([path, methods]) => {
        return Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`);
      },
    );
    const named = TABLE.map(([method, path]) => {
      const plain = path
        .split('?')[0]!
        .replace('/c1', '/{id}')
        .replace('/k/', '/{key}/')
        .replace(/\/n(?=\/|$)/, '/{name}')
        .replace('/edoc', '/{offer}')
        .replace('/idocs', '/{other}');
      return `${method} ${plain}`;
    });
    expect(routes.filter((route) => route.includes('/v1')).sort()).toEqual(named.sort());
  });

  test('docs/http.md is the tree of routes', async () => {
    const { app } = await stage();
    await app.ready();
    await expect(httpPage(app)).toMatchFileSnapshot(join(import.meta.dirname, '..', 'docs', 'http.md'));
  });

  test('too many requests in a minute are refused', async () => {
    const { app } = await stage({ requestsPerMinute: 2 });
    const codes = [];
    for (let i = 0; i < 3; i += 1) codes.push((await app.inject({ url: '/v1/contracts' })).statusCode);
    expect(codes).toEqual([200, 200, 429]);
    expect((await app.inject({ url: '/v1/contracts' })).json().code).toBe('request.too_many');
  });

  test('an amendment is told by whoever tells facts, another text with it by legal-ops only', async () => {
    const { app, record } = await stage({ identities: allRoles() });
    await record.createContract('operator-1', { offer: 'edoc', participant: {} });
    const { edition } = (await record.getContract('operator-1', 'c1'))!;
    const published = { type: 'amendment.published', at: '2026-03-02T09:00:00+05:00', subject: 'A-1' };
    const tell = async (role: Role, data: object) => {
      const headers = { authorization: `Bearer ${tokenOf(role)}` };
      const payload = { ...published, data };
      return (await app.inject({ method: 'POST', url: '/v1/contracts/c1/facts', headers, payload })).statusCode;
    };
    expect(await tell('billing', {})).toBe(200);
    expect(await tell('billing', { edition })).toBe(403);
    expect(await tell('operator', { edition })).toBe(403);
    expect(await tell('legal-ops', { edition })).toBe(200);
  });

  test("the operator's right is not the participant's to decide, nor the other way round", async () => {
    const { app, record } = await stage({ identities: allRoles() });
    await record.createContract('operator-1', { offer: 'edoc', policy: 'ask', participant: {} });
    const at = '2026-03-02T09:00:00+05:00';
    const data = { kind: 'subscription', amount: '1.00', currency: 'KZT' };
    const invoice = { type: 'invoice.presented', at, subject: 'INV-1', data };
    await record.appendFacts('operator-1', 'c1', [{ type: 'participant.registered', at }, invoice]);
    record.now = Date.parse('2026-03-11T00:00:00+05:00');
    const decide = async (role: Role) => {
      const headers = { authorization: `Bearer ${tokenOf(role)}` };
      const url = '/v1/contracts/c1/rights/5.9~INV-1~1~operator/decision';
      const answer = await app.inject({ method: 'POST', url, headers, payload: { decision: 'used', reason: 'r' } });
      return [answer.statusCode, answer.json().code];
    };
    expect(await decide('participant')).toEqual([403, 'right.not_yours']);
    expect(await decide('legal-ops')).toEqual([200, undefined]);
  });

  test('a participant does not see that there are other contracts', async () => {
    const { app, record } = await stage({ identities: allRoles() });
    await record.createContract('operator-1', { offer: 'edoc', participant: {} });
    await record.createContract('operator-1', { offer: 'edoc', participant: {} });
    const get = (id: string) =>
      app.inject({ url: `/v1/contracts/${id}`, headers: { authorization: `Bearer ${tokenOf('participant')}` } });
    expect((await get('c1')).statusCode).toBe(200);
    const [other, none] = [await get('c2'), await get('c9')];
    expect([other.statusCode, other.json()]).toEqual([none.statusCode, none.json()]);
    expect(other.json().code).toBe('contract.unknown');
  });

  test('a tenant does not see the contracts of another', async () => {
    const { app, record } = await stage({ identities: allRoles() });
    await record.createContract('operator-2', { offer: 'edoc', participant: {} });
    const answer = await app.inject({
      url: '/v1/contracts/c1',
      headers: { authorization: `Bearer ${tokenOf('admin')}` },
    });
    expect(answer.json().code).toBe('contract.unknown');
  });

  test('without tokens only names of this machine are answered', async () => {
    const { app } = await stage();
    const get = (host: string) => app.inject({ url: '/v1/offers', headers: { host } });
    expect((await get('127.0.0.1:3000')).statusCode).toBe(200);
    expect((await get('localhost')).statusCode).toBe(200);
    expect((await get('[::1]:3000')).statusCode).toBe(200);
    expect((await get('evil.example')).json().code).toBe('auth.host');
  });

  test('health and documentation are public, and nothing else', async () => {
    const { app } = await stage({ identities: allRoles() });
    for (const url of ['/healthz', '/readyz', '/openapi.json', '/docs/']) {
      expect([url, (await app.inject({ url })).statusCode]).toEqual([url, 200]);
    }
    const api = (await app.inject({ url: '/openapi.json' })).json();
    expect(api.openapi).toMatch(/^3\.1\./);
    for (const [path, methods] of Object.entries<Record<string, { responses: object }>>(api.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const said = Object.keys(responses).sort();
        if (path.startsWith('/v1/')) expect([method, path, said]).toEqual([method, path, [said[0], 'default']]);
      }
    }
    expect(
      api.paths['/v1/contracts/{id}'].get.responses['200'].content['application/json'].schema.properties,
    ).toHaveProperty('timelines');
  });
});
