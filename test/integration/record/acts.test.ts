import { expect, test } from 'vitest';
import {
  advance,
  appendFacts,
  claimAct,
  createContract,
  getContract,
  listFacts,
  releaseAct,
  resolveAct,
  settleAct,
  type Rec,
  type WorkItem,
} from '../../../prisma/index.js';
import { invoice, payment } from './facts.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';
import { WITHIN_MS } from './small-law.js';

const DUE = MONDAY + WITHIN_MS;
const DAY = 86_400_000;
const PERFORMED = { outcome: 'performed', receipt: { carrier: 'test' } } as const;

/** A contract whose invoice has lapsed: a block and a claim are wanted. */
async function lapsed(rec: Rec): Promise<{ readonly id: string; readonly block: WorkItem; readonly claim: WorkItem }> {
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1')]));
  const { work } = got(await advance(rec, TENANT, id, { to: DUE }));
  const [block, claim] = work;
  return { id, block: block!, claim: claim! };
}

const typesOf = async (rec: Rec, id: string): Promise<readonly string[]> =>
  (await listFacts(rec, TENANT, id, { limit: 100 }))!
    .map(({ type }) => type)
    .filter((type) => /^effect\.|^fact\.voided/.test(type));

test('what is wanted no more and was not claimed is dropped, without a trace in the journal', async () => {
  const { rec } = await freshRecord();
  const { id, block, claim } = await lapsed(rec);
  got(await appendFacts(rec, TENANT, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
  // The hand comes before anybody has advanced the contract: the claim itself judges what was not judged yet.
  expect(await claimAct(rec, TENANT, block, 60_000)).toBeNull();
  expect(await claimAct(rec, TENANT, claim, 60_000)).toBeNull();
  expect(got(await advance(rec, TENANT, id)).work).toEqual([]);
  expect(await typesOf(rec, id)).toEqual([]);
});

test('a lease that runs out goes to the next hand, which is told that it may have gone out; the receipt of the claim is one', async () => {
  const { rec } = await freshRecord();
  const { id, block } = await lapsed(rec);
  const first = (await claimAct(rec, TENANT, block, 1))!;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(got(await advance(rec, TENANT, id)).work).toContainEqual(block);
  const second = (await claimAct(rec, TENANT, block, 60_000))!;
  expect([first.repeated, second.repeated]).toEqual([false, true]);
  expect(second.idempotencyKey).toBe(first.idempotencyKey);
  expect(await typesOf(rec, id)).toEqual(['effect.claimed']);

  expect(await settleAct(rec, TENANT, block, first.lease, { outcome: 'failed', receipt: {} })).toMatchObject({
    refusal: { code: 'act.lease_lost' },
  });
  expect(await settleAct(rec, TENANT, block, 'nobody', PERFORMED)).toMatchObject({
    refusal: { code: 'act.lease_lost' },
  });
  got(await settleAct(rec, TENANT, block, second.lease, PERFORMED));
  expect(await settleAct(rec, TENANT, block, first.lease, PERFORMED)).toMatchObject({
    refusal: { code: 'act.settled' },
  });
  expect(await settleAct(rec, TENANT, block, second.lease, { outcome: 'unknown', receipt: {} })).toMatchObject({
    refusal: { code: 'act.settled' },
  });
  expect(await typesOf(rec, id)).toEqual(['effect.claimed', 'effect.performed']);
  expect(await claimAct(rec, TENANT, block, 60_000)).toBeNull();
});

test('a hand that performed after its lease ran out may still say so, once, while no other has settled', async () => {
  const { rec } = await freshRecord();
  const { id, block } = await lapsed(rec);
  const first = (await claimAct(rec, TENANT, block, 1))!;
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = (await claimAct(rec, TENANT, block, 60_000))!;
  got(await settleAct(rec, TENANT, block, first.lease, PERFORMED));
  expect(got(await settleAct(rec, TENANT, block, second.lease, PERFORMED))).toEqual({ repeated: true });
  expect(await typesOf(rec, id)).toEqual(['effect.claimed', 'effect.performed']);
});

test('given back unsent and wanted no more: withdrawn; given back perhaps sent: done again, so that it can be undone', async () => {
  const { rec } = await freshRecord();
  for (const [gone, types] of [
    ['no', ['effect.claimed', 'fact.voided']],
    ['maybe', ['effect.claimed', 'effect.performed', 'effect.claimed', 'effect.performed']],
  ] as const) {
    const { id, block } = await lapsed(rec);
    const first = (await claimAct(rec, TENANT, block, 60_000))!;
    await releaseAct(rec, TENANT, block, first.lease, gone);
    expect(got(await advance(rec, TENANT, id)).work).toContainEqual(block);
    got(await appendFacts(rec, TENANT, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
    const second = await claimAct(rec, TENANT, block, 60_000);
    expect(second?.repeated).toBe(gone === 'no' ? undefined : true);
    if (second !== null) {
      got(await settleAct(rec, TENANT, block, second.lease, PERFORMED));
      const undo = got(await advance(rec, TENANT, id)).work.find(({ operation }) => operation === 'undo')!;
      const taken = (await claimAct(rec, TENANT, undo, 60_000))!;
      expect(taken.step).toMatchObject({ sends: 'lift', generation: 1 });
      got(await settleAct(rec, TENANT, undo, taken.lease, PERFORMED));
    }
    expect(got(await advance(rec, TENANT, id)).work).toEqual([]);
    expect(await typesOf(rec, id)).toEqual(types);
  }
});

test('withdrawn and wanted again: it goes out after all, once, under the same key', async () => {
  const { rec } = await freshRecord();
  const { id, block } = await lapsed(rec);
  const first = (await claimAct(rec, TENANT, block, 60_000))!;
  await releaseAct(rec, TENANT, block, first.lease, 'no');
  got(await appendFacts(rec, TENANT, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
  expect(await claimAct(rec, TENANT, block, 60_000)).toBeNull();
  expect(await settleAct(rec, TENANT, block, first.lease, PERFORMED)).toMatchObject({
    refusal: { code: 'act.settled' },
  });
  expect(got(await advance(rec, TENANT, id)).work).toEqual([]);
  const voiding = {
    id: 'v',
    type: 'fact.voided',
    at: '2026-03-05T10:00:00+05:00',
    data: { fact: 'INV-1 paid', reason: 'another’s' },
  };
  got(await appendFacts(rec, TENANT, id, [voiding]));
  const again = got(await advance(rec, TENANT, id)).work.find(({ key }) => key === block.key)!;
  const second = (await claimAct(rec, TENANT, again, 60_000))!;
  expect([second.idempotencyKey, second.repeated]).toEqual([first.idempotencyKey, false]);
  got(await settleAct(rec, TENANT, again, second.lease, PERFORMED));
  expect(got(await advance(rec, TENANT, id)).work.map(({ key }) => key)).not.toContain(block.key);
});

test('nobody from outside voids what became of an effect, nor takes its ids', async () => {
  const { rec } = await freshRecord();
  const { id, block } = await lapsed(rec);
  const claimed = (await claimAct(rec, TENANT, block, 60_000))!;
  got(await settleAct(rec, TENANT, block, claimed.lease, PERFORMED));
  const receipt = (await listFacts(rec, TENANT, id, { limit: 100 }))!.at(-1)!;
  const at = '2026-03-05T09:00:00+05:00';
  const voiding = { id: 'v', type: 'fact.voided', at, data: { fact: receipt.id, reason: 'none' } };
  expect(await appendFacts(rec, TENANT, id, [voiding])).toMatchObject({ refusal: { code: 'fact.engine_only' } });
  const named = { id: receipt.id.replace('performed', 'confirmed'), type: 'portal.visited', at };
  expect(await appendFacts(rec, TENANT, id, [named])).toMatchObject({ refusal: { code: 'fact.engine_only' } });
});

test('given back unsent and still wanted: the next hand need not ask', async () => {
  const { rec } = await freshRecord();
  const { block } = await lapsed(rec);
  const first = (await claimAct(rec, TENANT, block, 60_000))!;
  await releaseAct(rec, TENANT, block, first.lease, 'no');
  expect((await claimAct(rec, TENANT, block, 60_000))?.repeated).toBe(false);
});

test('late, paid in time, that payment voided: the second generation goes out under a key of its own', async () => {
  const { rec } = await freshRecord();
  const { id, block } = await lapsed(rec);
  const keys: string[] = [];
  const doAll = async (): Promise<void> => {
    for (const item of got(await advance(rec, TENANT, id)).work.filter(({ port }) => port === 'access')) {
      const claimed = (await claimAct(rec, TENANT, item, 60_000))!;
      keys.push(claimed.idempotencyKey);
      got(await settleAct(rec, TENANT, item, claimed.lease, PERFORMED));
    }
  };
  await doAll();
  got(await appendFacts(rec, TENANT, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
  await doAll();
  const voiding = {
    id: 'v',
    type: 'fact.voided',
    at: '2026-03-05T10:00:00+05:00',
    data: { fact: 'INV-1 paid', reason: 'another’s' },
  };
  got(await appendFacts(rec, TENANT, id, [voiding]));
  await doAll();
  expect(keys).toEqual([`${id}/${block.key}/1/do`, `${id}/${block.key}/1/undo`, `${id}/${block.key}/2/do`]);
});

test('what is unknown waits for an answer, which a person may give; what is settled cannot be settled otherwise', async () => {
  const { rec } = await freshRecord();
  const { id, claim } = await lapsed(rec);
  const claimed = (await claimAct(rec, TENANT, claim, 60_000))!;
  expect(await resolveAct(rec, TENANT, claim, PERFORMED)).toMatchObject({ refusal: { code: 'act.settled' } });
  got(await settleAct(rec, TENANT, claim, claimed.lease, { outcome: 'unknown', receipt: { code: 'port.timeout' } }));
  expect(await claimAct(rec, TENANT, claim, 60_000)).toBeNull();
  got(await resolveAct(rec, TENANT, claim, PERFORMED));
  expect(got(await resolveAct(rec, TENANT, claim, PERFORMED))).toEqual({ repeated: true });
  expect(await resolveAct(rec, TENANT, claim, { outcome: 'unknown', receipt: {} })).toMatchObject({
    refusal: { code: 'act.settled' },
  });
  got(await resolveAct(rec, TENANT, claim, { outcome: 'confirmed', receipt: {} }));
  expect(await typesOf(rec, id)).toEqual(['effect.claimed', 'effect.unknown', 'effect.performed', 'effect.confirmed']);
});

test('a test clock never passes a waking, and never moves backward; a contract without one is not moved', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('INV-1'), invoice('INV-2', { at: '2026-03-02T09:00:00+05:00' })]));
  const stops: number[] = [];
  for (let asOf = MONDAY; asOf < DUE + DAY;) {
    ({ asOf } = got(await advance(rec, TENANT, id, { to: DUE + DAY })));
    stops.push(asOf);
  }
  expect(stops).toEqual([DUE - 3_600_000, DUE, DUE + DAY]);
  expect(await advance(rec, TENANT, id, { to: DUE })).toMatchObject({ refusal: { code: 'clock.backward' } });
  expect((await getContract(rec, TENANT, id))!.testClock).toBe(DUE + DAY);
  const real = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  expect(await advance(rec, TENANT, real.id, { to: DUE })).toMatchObject({
    refusal: { code: 'contract.no_test_clock' },
  });
});

test('facts are known at the test clock; what is ahead of it by more than five minutes is refused', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  const at = (ms: number): string => new Date(MONDAY + ms).toISOString();
  expect(got(await appendFacts(rec, TENANT, id, [invoice('A', { at: at(300_000) })])).facts[0]!.recordedAt).toBe(
    MONDAY,
  );
  for (const [code, fact] of [
    ['fact.in_future', invoice('B', { at: at(300_001) })],
    ['fact.recorded_at_forbidden', invoice('C', { recordedAt: at(0) })],
    ['fact.id_required', { type: 'payment.credited', at: at(0), data: { amount: '1.00', currency: 'KZT' } }],
  ] as const) {
    expect(await appendFacts(rec, TENANT, id, [invoice('D'), fact])).toMatchObject({ ok: false, refusal: { code } });
  }
  for (const type of ['effect.performed', 'edition.adopted', 'policy.adopted'])
    expect((await appendFacts(rec, TENANT, id, [{ type, at: at(0) }])).ok, type).toBe(false);
  expect((await getContract(rec, TENANT, id))!.head).toBe(1);
});

test('what a port says is kept whatever it says; what a contract is made of must be storable', async () => {
  const { rec } = await freshRecord();
  const { id, claim } = await lapsed(rec);
  const claimed = (await claimAct(rec, TENANT, claim, 60_000))!;
  const said = { text: 'half \ud800, NUL \0', number: Number.NaN, nothing: undefined };
  got(await settleAct(rec, TENANT, claim, claimed.lease, { outcome: 'failed', receipt: said }));
  const last = (await listFacts(rec, TENANT, id, { limit: 100 }))!.at(-1)!;
  expect(last.data).toMatchObject({ receipt: { text: 'half \ufffd, NUL \0', number: null } });
  for (const wrong of [{ participant: { name: '\ud800' } }, { participant: {}, externalId: 'a\0b' }])
    expect(await createContract(rec, TENANT, { offer: 'small', ...wrong })).toMatchObject({
      refusal: { code: 'contract.unstorable' },
    });
  expect(await getContract(rec, TENANT, 'a\0b')).toBeNull();
  expect(await listFacts(rec, TENANT, 'a\0b', { limit: 1 })).toBeNull();
  expect(await advance(rec, TENANT, 'a\0b')).toMatchObject({ refusal: { code: 'contract.unknown' } });
});
