import { expect, test } from 'vitest';
import type { Fact } from '../rules/facts/fact.js';
import { digestOf, hashOf } from './chain.js';
import type { FullRow } from './journal.js';
import type { Stored } from './locked.js';
import { joined, memoryOf, type Remembered } from './memory.js';
import { NOTHING_STANDS } from './read-models.js';

const contract = (id: string, more: Partial<Stored> = {}): Stored => ({ tenant: 't', id, ...more }) as Stored;

const fact = (n: number): Fact => ({ id: `f${n}`, type: 'x', at: n, recordedAt: n, subject: 's', data: {} });

const remembered = (facts: number): Remembered => ({
  seq: facts,
  headHash: 'h',
  facts: Array.from({ length: facts }, (_, n) => fact(n + 1)),
  outcomeHash: 'o',
  standing: NOTHING_STANDS,
  outcome: {} as Remembered['outcome'],
});

/** The row after a hash, and the hash after it. */
function row(previous: string, seq: number): FullRow {
  const body = '{"by":null,"data":{},"subject":"s"}';
  const header = { seq, id: `f${seq}`, type: 'x', at: seq, recordedAt: seq, digest: digestOf('salt', body) };
  return { ...header, hash: hashOf(previous, header), salt: 'salt', body, by: null, subject: 's', data: {} };
}

test('what was not used for longest goes first, and a contract longer than all that fits is not kept', () => {
  const memory = memoryOf(10);
  const [a, b, c] = [contract('a'), contract('b'), contract('c')];
  memory.keep(a, remembered(4));
  memory.keep(b, remembered(4));
  memory.of(a);
  memory.keep(c, remembered(4));
  expect([a, b, c].map((one) => memory.of(one)?.seq ?? null)).toEqual([4, null, 4]);
  memory.keep(a, remembered(11));
  expect([a, b, c].map((one) => memory.of(one))).toEqual([null, null, null]);
  memory.keep(a, remembered(10));
  expect(memory.of(contract('a', { tenant: 'other' }))).toBeNull();
  memory.forget(a);
  expect(memory.of(a)).toBeNull();
});

test('remembered facts hold only when the chain leads from them to the head of the contract', () => {
  const known = remembered(2);
  const third = row('h', 3);
  const fourth = row(third.hash, 4);
  const head = contract('a', { head: 4, headHash: fourth.hash });
  expect(joined(known, [third, fourth], head)?.map(({ id }) => id)).toEqual(['f1', 'f2', 'f3', 'f4']);
  expect(joined(known, [], contract('a', { head: 2, headHash: 'h' }))).toBe(known.facts);
  const wrong = [
    joined(known, [third], head),
    joined({ ...known, headHash: 'other' }, [third, fourth], head),
    joined(known, [{ ...third, at: 9 }, fourth], head),
    joined(known, [{ ...third, body: '{"by":null,"data":{"a":1},"subject":"s"}' }, fourth], head),
    joined(known, [{ ...third, body: null, salt: null, data: null }, fourth], head),
    joined(known, [], contract('a', { head: 2, headHash: 'restored' })),
  ];
  expect(wrong).toEqual(wrong.map(() => null));
});
