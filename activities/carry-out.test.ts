import { expect, test } from 'vitest';
import { carryOut, orderOf } from './carry-out.js';
import { CannotBeDone } from './failures.js';
import { memoryRecord } from './fakes/memory-record.js';
import { fakePort } from './fakes/port.js';
import { scripted } from './scripted.js';
import type { PortClass } from './ports.js';
import type { Claim } from './record.js';

const item = {
  tenant: 't',
  contract: 'c1',
  key: 'k',
  generation: 1,
  operation: 'do',
  port: 'notices',
  lane: 'l',
} as const;
const NOW = Date.parse('2026-04-14T00:00:00+05:00');
const never = new AbortController().signal;

async function claimed(changes: Partial<Claim> = {}): Promise<Claim> {
  const record = memoryRecord({ clock: NOW });
  record.want({ key: 'k', from: NOW, lane: 'l', port: 'notices' });
  const claim = await record.claim('t', item, 1_000);
  if (!claim) throw new Error('the act was not claimed');
  return { ...claim, contract: { ...claim.contract, test: false }, ...changes };
}

test.each<[PortClass, number, number]>([
  ['deduplicating', 2, 1],
  ['queryable', 1, 1],
  ['blind', 2, 2],
])('a %s port that takes an order and then times out: %i arrive, %i effects', async (portClass, arrived, effects) => {
  const fake = fakePort('notices', portClass, 100);
  const claim = await claimed();
  fake.behave('lose');
  expect(await carryOut(fake.port, orderOf('t', 'c1', claim), claim, never)).toMatchObject({
    settled: false,
    failure: { meaning: 'unknown', code: 'port.timeout' },
  });
  fake.behave('well');
  const again = { ...claim, repeated: true };
  expect(await carryOut(fake.port, orderOf('t', 'c1', again), again, never)).toMatchObject({
    settled: true,
    settlement: { outcome: 'performed' },
  });
  expect(fake.arrived).toHaveLength(arrived);
  expect(fake.effects()).toHaveLength(effects);
});

test('a port that refuses for good is settled as failed, with its code', async () => {
  const fake = fakePort('notices', 'blind');
  const claim = await claimed();
  fake.behave(new CannotBeDone('no such thing'));
  expect(await carryOut(fake.port, orderOf('t', 'c1', claim), claim, never)).toEqual({
    settled: true,
    settlement: { outcome: 'failed', receipt: { code: 'port.unsupported', message: 'no such thing' } },
  });
});

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test('a port that is away is tried again, and given up when its patience is over', async () => {
  const fake = fakePort('notices', 'blind');
  fake.behave(away);
  const early = await claimed();
  expect(await carryOut(fake.port, orderOf('t', 'c1', early), early, never)).toMatchObject({ settled: false });
  const late = { ...early, now: early.claimedAt + fake.port.patienceMs + 1 };
  expect(await carryOut(fake.port, orderOf('t', 'c1', late), late, never)).toMatchObject({
    settled: true,
    settlement: { outcome: 'failed', receipt: { code: 'port.away' } },
  });
});

test('what may have gone out is given up as unknown, never as failed', async () => {
  const fake = fakePort('notices', 'blind', 50);
  fake.behave('lose');
  const claim = await claimed();
  const late = { ...claim, now: claim.claimedAt + fake.port.patienceMs + 1 };
  expect(await carryOut(fake.port, orderOf('t', 'c1', late), late, never)).toMatchObject({
    settlement: { outcome: 'unknown' },
  });
});

async function scriptedClaim(performance: Claim['contract']['performance']): Promise<Claim> {
  const claim = await claimed();
  return { ...claim, contract: { ...claim.contract, test: true, performance } };
}

test('a script puts a performance off by its length, on the contract’s own clock', async () => {
  const claim = await scriptedClaim({ after: '2 hours' });
  expect(scripted(claim)).toEqual({ later: NOW + 7_200_000, settlement: null });
  expect(scripted({ ...claim, now: NOW + 7_199_999 })).toEqual({ later: NOW + 7_200_000, settlement: null });
  expect(scripted({ ...claim, now: NOW + 7_200_000 })).toEqual({ later: null, settlement: null });
});

test('a script that fails settles without asking the port; undoing is not scripted, nor is a real contract', async () => {
  const claim = await scriptedClaim({ fails: true });
  expect(scripted(claim).settlement).toMatchObject({ outcome: 'failed' });
  expect(scripted({ ...claim, step: { ...claim.step, operation: 'undo' } }).settlement).toBeNull();
  expect(scripted({ ...claim, contract: { ...claim.contract, test: false } }).settlement).toBeNull();
});

test('a script that names no length of time is an error', async () => {
  const claim = await scriptedClaim({ after: 'soon' });
  expect(() => scripted(claim)).toThrow(RangeError);
});

test('on a test clock what is sent counts as performed, for nobody waits for an answer there', async () => {
  const fake = fakePort('registry', 'deduplicating');
  const sends = {
    ...fake.port,
    class: 'deduplicating' as const,
    send: async () => ({ outcome: 'sent', receipt: {} }) as const,
  };
  const claim = await claimed();
  const order = orderOf('t', 'c1', claim);
  expect(await carryOut(sends, order, claim, never)).toMatchObject({ settlement: { outcome: 'sent' } });
  expect(await carryOut(sends, { ...order, test: true }, claim, never)).toMatchObject({
    settlement: { outcome: 'performed' },
  });
});
