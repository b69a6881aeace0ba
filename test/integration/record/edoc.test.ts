import { expect, test } from 'vitest';
import {
  advance,
  appendFacts,
  auditChain,
  claimAct,
  createContract,
  ENGINE,
  exportJournal,
  listFacts,
  ofTenant,
  outcomeOf,
  rebuild,
  settleAct,
  shippedLaws,
  verifyJournal,
  type Rec,
} from '../../../prisma/index.js';
import { freshRecord, got, TENANT } from './opened.js';

const REGISTERED = Date.parse('2026-03-02T10:00:00+05:00');

/** Moves the clock, performing everything on the way at the instant at which it is wanted. */
async function moveTo(rec: Rec, id: string, to: string): Promise<void> {
  for (let asOf = -Infinity; asOf < Date.parse(to);) {
    for (;;) {
      const { work } = got(await advance(rec, TENANT, id));
      if (work.length === 0) break;
      for (const item of work) {
        const claimed = (await claimAct(rec, TENANT, item, 60_000))!;
        got(await settleAct(rec, TENANT, item, claimed.lease, { outcome: 'performed', receipt: {} }));
      }
    }
    ({ asOf } = got(await advance(rec, TENANT, id, { to: Date.parse(to) })));
  }
}

test('a jump of a hundred days is a hundred steps of a day: the same journal, the same outcome', async () => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const data = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  const facts = [
    { type: 'participant.registered', at: '2026-03-02T10:00:00+05:00' },
    { type: 'invoice.presented', at: '2026-03-02T10:00:00+05:00', subject: 'INV-1', data },
  ];
  const live = async (days: readonly number[]): Promise<unknown> => {
    const { id } = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {}, testClock: REGISTERED }));
    got(await appendFacts(rec, TENANT, id, facts));
    for (const day of days) await moveTo(rec, id, new Date(REGISTERED + day * 86_400_000).toISOString());
    const rows = (await listFacts(rec, TENANT, id, { limit: 1000 }))!;
    const { outcome } = got(await outcomeOf(rec, TENANT, id));
    expect(outcome.effects.length).toBeGreaterThan(2);
    return {
      outcome,
      journal: rows.map(({ type, at, recordedAt, subject, data: said }) => ({ type, at, recordedAt, subject, said })),
    };
  };
  expect(await live([100])).toEqual(await live(Array.from({ length: 100 }, (_, n) => n + 1)));
});

test('edoc 5.4, 5.9: late after five bank days, and everything undone when the bank says that money came in time', async () => {
  const laws = shippedLaws();
  const { rec } = await freshRecord({ laws, engine: ENGINE });
  const participant = { kind: 'legal-entity', resident: true };
  const { id } = got(await createContract(rec, TENANT, { offer: 'edoc', participant, testClock: REGISTERED }));
  got(await appendFacts(rec, TENANT, id, [{ type: 'participant.registered', at: '2026-03-02T10:00:00+05:00' }]));
  await moveTo(rec, id, '2026-03-12T11:00:00+05:00');
  const data = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  got(
    await appendFacts(rec, TENANT, id, [
      { type: 'invoice.presented', at: '2026-03-12T11:00:00+05:00', subject: 'INV-1', data },
    ]),
  );
  await moveTo(rec, id, '2026-03-19T23:59:59+05:00');
  expect(got(await outcomeOf(rec, TENANT, id)).outcome.access['portal']?.open).toBe(true);
  await moveTo(rec, id, '2026-03-20T00:00:00+05:00');
  await moveTo(rec, id, '2026-03-21T00:00:00+05:00');
  const late = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(late.access['portal']?.open).toBe(false);
  expect(late.timelines.find(({ clause }) => clause === '5.4')).toMatchObject({
    state: 'lapsed',
    lastDay: '2026-03-19',
  });
  expect(late.effects.map(({ kind, state }) => `${kind} ${state}`)).toEqual(
    expect.arrayContaining(['restrict done', 'claim done']),
  );

  const paid = {
    id: 'bank-7',
    type: 'payment.credited',
    at: '2026-03-18T12:00:00+05:00',
    subject: 'INV-1',
    data: { amount: '100000.00', currency: 'KZT' },
  };
  got(await appendFacts(rec, TENANT, id, [paid]));
  await moveTo(rec, id, '2026-03-22T00:00:00+05:00');
  const now = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(now.access['portal']?.open).toBe(true);
  expect(now.ledger.balance).toEqual({ KZT: '0.00' });
  expect(now.effects.filter(({ kind }) => kind === 'claim').every(({ state }) => state === 'undone')).toBe(true);
  const then = got(await outcomeOf(rec, TENANT, id, { asOf: Date.parse('2026-03-20T12:00:00+05:00') })).outcome;
  expect(then.access['portal']?.open).toBe(false);

  expect(got(await auditChain(rec, TENANT, id)).broken).toBeNull();
  const lines: string[] = [];
  for await (const line of exportJournal(rec, TENANT, id)) lines.push(line);
  const report = await verifyJournal(lines, { laws: shippedLaws(), engine: ENGINE });
  expect(report).toMatchObject({ ok: true, evaluation: { done: true, differences: [] } });
  expect((await rebuild(rec, TENANT, id)).refused).toEqual([]);
});

test('an instant beyond what is known is a forecast: as the contract goes on when nothing more is heard', async () => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const { id } = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {}, testClock: REGISTERED }));
  const data = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  got(
    await appendFacts(rec, TENANT, id, [
      { type: 'participant.registered', at: '2026-03-02T10:00:00+05:00' },
      { type: 'invoice.presented', at: '2026-03-02T10:00:00+05:00', subject: 'INV-1', data },
    ]),
  );
  // Five bank days: 3, 4, 5, 6 and 10 March (9 March is off for the 8th).
  const asOf = Date.parse('2026-03-12T12:00:00+05:00');
  const { outcome } = got(await outcomeOf(rec, TENANT, id, { asOf }));
  expect(outcome.knownAt).toBe('2026-03-02T10:00:00+05:00');
  expect(outcome.access['portal']).toMatchObject({ open: false, causes: [{ clause: '5.9', subject: 'INV-1' }] });
  expect(outcome.effects.filter((one) => one.kind === 'restrict')).toMatchObject([
    { clause: '5.9', state: 'done', performedAt: '2026-03-11T00:00:00+05:00' },
  ]);
  expect(outcome.ledger.balance).toEqual({ KZT: '108850.00' });
  const now = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(now.access['portal']?.open).toBe(true);
  expect(now.effects).toEqual([]);
});

test('a case stands in the list of cases under the key that the outcome gives it', async () => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const { id } = got(
    await createContract(rec, TENANT, { offer: 'edoc', participant: {}, policy: 'ask', testClock: REGISTERED }),
  );
  got(
    await appendFacts(rec, TENANT, id, [
      { type: 'participant.registered', at: '2026-03-02T10:00:00+05:00' },
      { type: 'breach.recorded', at: '2026-03-02T10:00:00+05:00', subject: 'BR-1' },
    ]),
  );
  got(await advance(rec, TENANT, id));
  const { outcome } = got(await outcomeOf(rec, TENANT, id));
  const keys = outcome.cases.map((one) => one.key);
  expect(keys).toContain('4.2%2Fbreach~BR-1~1~operator');
  const listed = await ofTenant(rec, TENANT, (db) => db.openCase.findMany({ where: { contract: id } }));
  expect(listed.map((one) => one.key).sort()).toEqual([...keys].sort());
});
