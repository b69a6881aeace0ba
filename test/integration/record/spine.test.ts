import { expect, test } from 'vitest';
import {
  advance,
  appendFacts,
  claimAct,
  createContract,
  getContract,
  listFacts,
  outcomeOf,
  pokesDone,
  settleAct,
  takePokes,
} from '../../../prisma/index.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';
import type { Engine } from '../../../prisma/engine.js';
import { smallLaw, WITHIN_MS } from './small-law.js';

const INVOICE = {
  id: 'inv-1',
  type: 'invoice.presented',
  at: '2026-03-02T10:00:00+05:00',
  subject: 'INV-1',
  data: { kind: 'subscription', amount: '5000.00', currency: 'KZT' },
} as const;

test('a contract lives: an invoice lapses, the block and the claim go out, late news takes them back', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  expect(got(await appendFacts(rec, TENANT, id, [INVOICE], { by: 'billing' }))).toEqual({
    facts: [{ id: 'inv-1', seq: 1, recordedAt: MONDAY }],
    repeated: false,
  });
  const first = got(await advance(rec, TENANT, id));
  expect(first).toMatchObject({
    seq: 1,
    asOf: MONDAY,
    state: 'active',
    wakeAt: MONDAY + WITHIN_MS,
    wakeClause: '5.4',
    work: [],
  });

  const due = MONDAY + WITHIN_MS;
  const lapsed = got(await advance(rec, TENANT, id, { to: due + 86_400_000 }));
  expect(lapsed.asOf).toBe(due);
  expect(lapsed.seq).toBe(2);
  expect(lapsed.work.map(({ key, operation, port }) => `${operation} ${key} ${port}`)).toEqual([
    'do 4.2~INV-1~1~restrict access',
    'do 5.9~INV-1~1~claim invoicing',
  ]);
  for (const item of lapsed.work) {
    const claimed = await claimAct(rec, TENANT, item, 60_000);
    expect(claimed).toMatchObject({ repeated: false, now: due, idempotencyKey: `${id}/${item.key}/1/do` });
    got(await settleAct(rec, TENANT, item, claimed!.lease, { outcome: 'performed', receipt: { carrier: 'test' } }));
  }
  const idle = got(await advance(rec, TENANT, id));
  expect(idle).toMatchObject({ seq: 6, work: [] });
  expect(got(await advance(rec, TENANT, id, { to: due + 86_400_000 })).asOf).toBe(due + 86_400_000);

  const paid = {
    id: 'pay-1',
    type: 'payment.credited',
    at: '2026-03-04T10:00:00+05:00',
    subject: 'INV-1',
    data: { amount: '5000.00', currency: 'KZT' },
  };
  got(await appendFacts(rec, TENANT, id, [paid]));
  const undone = got(await advance(rec, TENANT, id));
  expect(undone.work.map(({ key, operation }) => `${operation} ${key}`)).toEqual([
    'undo 4.2~INV-1~1~restrict',
    'undo 5.9~INV-1~1~claim',
  ]);
  const then = got(await outcomeOf(rec, TENANT, id, { asOf: due, knownAt: due }));
  expect(then.outcome.access['portal']?.open).toBe(false);
  const now = got(await outcomeOf(rec, TENANT, id));
  expect(now.outcome.access['portal']?.open).toBe(true);

  const types = (await listFacts(rec, TENANT, id, { limit: 100 }))!.map(({ seq, type }) => `${seq} ${type}`);
  expect(types).toEqual([
    '1 invoice.presented',
    '2 right.used',
    '3 effect.claimed',
    '4 effect.performed',
    '5 effect.claimed',
    '6 effect.performed',
    '7 payment.credited',
  ]);
});

test('twice is once: the same contract, fact, advance and settlement change nothing the second time', async () => {
  const { rec } = await freshRecord();
  const making = { offer: 'small', participant: { name: 'Ақжол' }, externalId: 'A-1', testClock: MONDAY } as const;
  const made = got(await createContract(rec, TENANT, making));
  expect(got(await createContract(rec, TENANT, making))).toEqual({ id: made.id, repeated: true });
  expect(await createContract(rec, TENANT, { ...making, participant: { name: 'Other' } })).toMatchObject({
    refusal: { code: 'contract.conflict' },
  });
  const { id } = made;
  const once = got(await appendFacts(rec, TENANT, id, [INVOICE]));
  expect(got(await appendFacts(rec, TENANT, id, [INVOICE]))).toEqual({ ...once, repeated: true });
  expect(await appendFacts(rec, TENANT, id, [{ ...INVOICE, subject: 'INV-2' }])).toMatchObject({
    refusal: { code: 'fact.conflict' },
  });
  const unnamed = { type: 'portal.visited', at: '2026-03-02T09:00:00+05:00' };
  const visit = got(await appendFacts(rec, TENANT, id, [unnamed]));
  expect(got(await appendFacts(rec, TENANT, id, [unnamed]))).toEqual({ ...visit, repeated: true });
  const sameDay = { type: 'portal.visited', at: '2026-03-02T09:59:00+05:00' };
  expect(got(await appendFacts(rec, TENANT, id, [sameDay])).facts).toEqual(visit.facts);

  got(await advance(rec, TENANT, id));
  const lapsed = got(await advance(rec, TENANT, id, { to: MONDAY + WITHIN_MS }));
  expect(got(await advance(rec, TENANT, id))).toEqual(lapsed);
  const [item] = lapsed.work;
  const claimed = await claimAct(rec, TENANT, item!, 60_000);
  expect(await claimAct(rec, TENANT, item!, 60_000)).toBeNull();
  const settlement = { outcome: 'performed', receipt: {} } as const;
  expect(got(await settleAct(rec, TENANT, item!, claimed!.lease, settlement))).toEqual({ repeated: false });
  expect(got(await settleAct(rec, TENANT, item!, claimed!.lease, settlement))).toEqual({ repeated: true });
  expect((await getContract(rec, TENANT, id))!.head).toBe(5);
});

test('an act that waits takes over what its document says now, though its goal is the same', async () => {
  const law = smallLaw();
  let stood = '0.00';
  const reconcile: Engine['reconcile'] = (judgement) =>
    law.engine.reconcile(judgement).map((step) => ({ ...step, content: { ...step.content, over: stood } }));
  const { rec } = await freshRecord({ laws: law.laws, engine: { ...law.engine, reconcile } });
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  got(await appendFacts(rec, TENANT, id, [INVOICE]));
  const [item] = got(await advance(rec, TENANT, id)).work.filter(({ port }) => port === 'invoicing');
  stood = '40.00';
  got(await advance(rec, TENANT, id));
  expect((await claimAct(rec, TENANT, item!, 60_000))!.step.content).toEqual({ amount: '100.00', over: '40.00' });
});

test('pokes: one for a contract however many facts came, and a newer one survives the answer to the older', async () => {
  const { rec } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [INVOICE]));
  const taken = await takePokes(rec, 10);
  expect(taken.map(({ contract }) => contract)).toEqual([id]);
  expect(await takePokes(rec, 10)).toEqual([]);
  got(await appendFacts(rec, TENANT, id, [{ ...INVOICE, id: 'inv-2', subject: 'INV-2' }]));
  expect(await pokesDone(rec, taken)).toBe(0);
  const again = await takePokes(rec, 10);
  expect(again).toHaveLength(1);
  expect(await pokesDone(rec, again)).toBe(1);
  expect(await takePokes(rec, 10)).toEqual([]);
});
