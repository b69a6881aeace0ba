import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startWebhookReceiver } from '../../../activities/fakes/webhook-receiver.js';
import { announcing } from '../../../activities/access/webhook.js';
import { shippedLaws } from '../../../prisma/laws.js';
import { ENGINE } from '../../../prisma/engine.js';
import {
  accessState,
  accessTold,
  advance,
  appendFacts,
  claimAct,
  createContract,
  handsOf,
  settleAct,
  untoldAccess,
  type Rec,
} from '../../../prisma/index.js';
import { startAnnouncer } from '../../../worker/announcer.js';
import { invoice, payment } from './facts.js';
import { freshRecord, got, openAgain, TENANT } from './opened.js';
import { smallLaw } from './small-law.js';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;
const START = Date.parse('2026-03-02T09:00:00+05:00');

/** A contract under edoc that was concluded on 2 March 2026. */
async function concluded(rec: Rec): Promise<string> {
  const made = { offer: 'edoc', participant: { kind: 'legal-entity' }, testClock: START };
  const { id } = got(await createContract(rec, TENANT, made));
  got(await appendFacts(rec, TENANT, id, [{ type: 'participant.registered', at: '2026-03-02T09:00:00+05:00' }]));
  return id;
}

const fresh = () => freshRecord({ engine: ENGINE, laws: shippedLaws() });

test('a conclusion and an end are told to the receiver though no act tells of them; a block is left to its act', async () => {
  const { rec } = await fresh();
  const receiver = await startWebhookReceiver(SECRET);
  onTestFinished(() => receiver.close());
  const failures: unknown[] = [];
  const announcer = startAnnouncer({
    untold: (limit) => untoldAccess(rec, limit),
    announce: announcing(handsOf(rec), receiver.url, SECRET),
    restMs: 20,
    tell: (event) => failures.push(event),
  });
  onTestFinished(() => announcer.stop());

  const id = await concluded(rec);
  got(await advance(rec, TENANT, id));
  await expect.poll(() => receiver.arrived.length).toBe(1);
  expect(receiver.open(id, 'portal')).toBe(true);

  receiver.behave(503);
  const ends = { type: 'termination.agreed', at: '2026-03-02T09:00:00+05:00' };
  got(await appendFacts(rec, TENANT, id, [ends]));
  got(await advance(rec, TENANT, id));
  await expect.poll(() => failures).toEqual(['away']);
  expect(receiver.open(id, 'portal')).toBe(true);
  receiver.behave('well');
  await expect.poll(() => receiver.open(id, 'portal')).toBe(false);
  await expect.poll(() => failures).toEqual(['away', 'back']);
  await expect.poll(() => untoldAccess(rec, 10)).toEqual([]);
});

test('who is asked to stop ends with the one that is being told', async () => {
  const contracts = Array.from({ length: 100 }, (_, n) => ({ tenant: TENANT, contract: `c${n}` }));
  const asked: string[] = [];
  const announcer = startAnnouncer({
    untold: async () => contracts,
    announce: async (_tenant, contract) => {
      asked.push(contract);
      await pause(50);
    },
  });
  await expect.poll(() => asked).toHaveLength(1);
  await announcer.stop();
  expect(asked.length).toBeLessThan(5);
});

test('what an act is about to tell is not told beside it, and an older version unsays nothing', async () => {
  const { rec } = await fresh();
  const id = await concluded(rec);
  const invoice = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  got(
    await appendFacts(rec, TENANT, id, [
      { type: 'invoice.presented', at: '2026-03-02T09:00:00+05:00', subject: 'A', data: invoice },
    ]),
  );
  got(await advance(rec, TENANT, id));
  expect(await untoldAccess(rec, 10)).toEqual([{ tenant: TENANT, contract: id }]);
  await accessTold(rec, TENANT, id, 1);
  await accessTold(rec, TENANT, id, 0);
  expect(await untoldAccess(rec, 10)).toEqual([]);
  let moved = got(await advance(rec, TENANT, id, { to: Date.parse('2026-03-11T00:00:00+05:00') }));
  const block = moved.work.find((item) => item.port === 'access');
  expect(block?.key).toBe('5.9~A~1~restrict');
  expect(await untoldAccess(rec, 10)).toEqual([]);
  const claimed = (await claimAct(rec, TENANT, block!, 60_000))!;
  expect(await untoldAccess(rec, 10)).toEqual([]);
  // Done, and nobody noted what the receiver has: it is told once more.
  got(await settleAct(rec, TENANT, block!, claimed.lease, { outcome: 'performed', receipt: {} }));
  expect(await untoldAccess(rec, 10)).toEqual([{ tenant: TENANT, contract: id }]);
  moved = got(await advance(rec, TENANT, id));
  expect(moved.work.some((item) => item.port === 'access')).toBe(false);
});

test('under a drift a block that waits is not told, and hinders no news of access when nothing is shut any more', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  got(await appendFacts(rec, TENANT, id, [invoice('A')]));
  const block = got(await advance(rec, TENANT, id)).work.find((item) => item.port === 'access')!;
  const claimed = (await claimAct(rec, TENANT, block, 60_000))!;
  const other = await openAgain(database, smallLaw({ version: 'small-2', fine: '200.00' }));
  got(await advance(other, TENANT, id));
  expect(await untoldAccess(other, 10)).toEqual([]);
  await handsOf(other).release(TENANT, block, claimed.lease, 'no');
  expect(await untoldAccess(other, 10)).toEqual([]);
  got(await appendFacts(other, TENANT, id, [payment('A', '2026-03-06T10:00:00+05:00')]));
  expect(got(await advance(other, TENANT, id)).work).toEqual([]);
  expect((await accessState(other, TENANT, id))!.functions['portal']!.open).toBe(true);
  expect(await untoldAccess(other, 10)).toEqual([{ tenant: TENANT, contract: id }]);
});

test('under a drift the receiver hears of what stands where a hand may have told of a block and died', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  got(await appendFacts(rec, TENANT, id, [invoice('A')]));
  const block = got(await advance(rec, TENANT, id)).work.find((item) => item.port === 'access')!;
  await claimAct(rec, TENANT, block, -1);
  const other = await openAgain(database, smallLaw({ version: 'small-2', fine: '200.00' }));
  got(await advance(other, TENANT, id));
  expect(await claimAct(other, TENANT, block, 60_000)).toBeNull();
  expect(await untoldAccess(other, 10)).toEqual([{ tenant: TENANT, contract: id }]);
});
