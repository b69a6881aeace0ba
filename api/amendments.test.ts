import { describe, expect, test } from 'vitest';
import { stage } from './testing/stage.js';

const URL = '/v1/offers/edoc/amendments';

async function amending() {
  const { app } = await stage();
  const post = async (url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  const get = async (url: string) => {
    const answer = await app.inject({ url });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { post, get };
}

describe('changes of an offer', () => {
  test('a change is started once under its name, and says how far it has come', async () => {
    const { post, get } = await amending();
    const body = { name: 'A-1', publish: { kind: 'terms', effective: '2026-04-01T00:00:00+05:00' } };
    const started = await post(URL, body);
    expect(started).toMatchObject({
      status: 202,
      body: {
        name: 'A-1',
        at: '2026-03-02T10:00:00+05:00',
        publish: body.publish,
        adopt: null,
        state: 'under way',
        perSecond: 20,
        told: 0,
      },
    });
    expect(await post(URL, body)).toEqual({ ...started, status: 200 });
    expect(await post(URL, { ...body, edition: started.body.edition })).toEqual({ ...started, status: 200 });
    expect(await post(URL, { ...body, publish: { kind: 'tariff' } })).toMatchObject({
      status: 409,
      body: { code: 'amendment.conflict' },
    });
    expect(await get(`${URL}/A-1`)).toEqual({ ...started, status: 200 });
    expect(await get(`${URL}/A-2`)).toMatchObject({ status: 404, body: { code: 'amendment.unknown' } });
  });

  test('a change by decision says from when and why', async () => {
    const { post } = await amending();
    const adopt = { from: '2026-03-01T00:00:00+05:00', reason: 'clause 5.4 was read wrongly' };
    expect(await post(URL, { name: 'M-1', adopt, perSecond: 500, paused: true })).toMatchObject({
      status: 202,
      body: { publish: null, adopt, state: 'paused', perSecond: 500 },
    });
  });

  test('it is paused, goes on, and is no longer asked about when it is none', async () => {
    const { post } = await amending();
    await post(URL, { name: 'A-1', publish: {} });
    expect(await post(`${URL}/A-1/pace`, { paused: true })).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await post(`${URL}/A-1/pace`, { paused: false, perSecond: 5 })).toMatchObject({
      body: { state: 'under way', perSecond: 5 },
    });
    expect(await post(`${URL}/A-9/pace`, { paused: true })).toMatchObject({ status: 404 });
  });

  test.each([
    [{ name: 'A-1' }, /exactly one of/],
    [{ name: 'A-1', publish: {}, adopt: { reason: 'a reason' } }, /exactly one of/],
    [{ name: 'A-1', adopt: {} }, /./],
    [{ name: 'A-1', publish: { effective: 'soon' } }, /must be an instant/],
    [{ name: 'A-1', publish: {}, perSecond: 0 }, /./],
    [{ publish: {} }, /./],
  ])('%j is refused', async (body, says) => {
    const { post } = await amending();
    const refused = await post(URL, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(refused.body.detail).toMatch(says);
  });

  test('of an offer that there is not, nothing is started', async () => {
    const { post } = await amending();
    expect(await post('/v1/offers/nothing/amendments', { name: 'A-1', publish: {} })).toMatchObject({
      status: 404,
      body: { code: 'offer.unknown' },
    });
  });
});
