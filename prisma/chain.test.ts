import { expect, test } from 'vitest';
import fc from 'fast-check';
import { brokenAt, canonical, derivedId, digestOf, genesisOf, hashOf, type ChainRow } from './chain.js';

const GENESIS = genesisOf({
  tenant: 'operator-1',
  contract: 'c-1',
  offer: 'edoc',
  edition: 'e',
  policy: 'automatic',
  participantDigest: digestOf('salt', '{}'),
  testClock: false,
  createdAt: 0,
});

/** A chain of facts whose payloads are given. */
function chained(bodies: readonly string[]): readonly ChainRow[] {
  let previous = GENESIS;
  return bodies.map((body, n) => {
    const header = {
      seq: n + 1,
      id: `f${n + 1}`,
      type: 'portal.visited',
      at: n,
      recordedAt: n,
      digest: digestOf(`salt ${n}`, body),
    };
    previous = hashOf(previous, header);
    return { ...header, hash: previous, salt: `salt ${n}`, body };
  });
}

const headOf = (rows: readonly ChainRow[]) => ({ seq: rows.length, hash: rows.at(-1)?.hash ?? GENESIS });

// The three were computed by another program.
test('the form of the hash is fixed: a journal of today verifies in ten years', () => {
  const header = { seq: 1, id: 'f1', type: 'agreement.signed', at: 1000, recordedAt: 2000, digest: 'd' };
  expect(GENESIS).toBe('ce5cb2d0e8ae6ca30764226b87490ca171ea434176e47853608690ffcac3466f');
  expect(hashOf(GENESIS, header)).toBe('93fb4ca7e6f5bffc958eca381c96de5ad14fb0c49816529240f22b7a190b87a7');
  expect(digestOf('salt', '{"by":null,"data":{},"subject":"contract"}')).toBe(
    'bc6a571e57e230ea55a1cce50bb4c1559d64371fc7ab79415d979a015d60b4ce',
  );
});

test('a chain is whole, also when it is empty or its payloads were erased', () => {
  const rows = chained(['a', 'b', 'c']);
  expect(brokenAt(GENESIS, [], headOf([]))).toBeNull();
  expect(brokenAt(GENESIS, rows, headOf(rows))).toBeNull();
  expect(
    brokenAt(
      GENESIS,
      rows.map((row) => ({ ...row, salt: null, body: null })),
      headOf(rows),
    ),
  ).toBeNull();
});

test('whatever is changed, taken out, put elsewhere or cut off is found', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 2, maxLength: 8 }),
      fc.nat(),
      fc.integer({ min: 0, max: 8 }),
      (bodies, pick, how) => {
        const rows = chained(bodies);
        const n = pick % rows.length;
        const change = (part: Partial<ChainRow>): readonly ChainRow[] =>
          rows.map((row, i) => (i === n ? { ...row, ...part } : row));
        const swapped = rows.with(n, rows[(n + 1) % rows.length]!).with((n + 1) % rows.length, rows[n]!);
        const ways: readonly (readonly ChainRow[])[] = [
          change({ body: `${rows[n]!.body}!` }),
          change({ salt: 'other' }),
          change({ at: -1 }),
          change({ recordedAt: 99 }),
          change({ id: 'other' }),
          change({ type: 'other' }),
          rows.filter((_, i) => i !== n),
          swapped,
          rows.slice(0, -1),
        ];
        expect(brokenAt(GENESIS, ways[how]!, headOf(rows))).not.toBeNull();
      },
    ),
  );
});

test('canonical JSON is one text for one value, whatever the order of its members', () => {
  expect(canonical({ b: 1, a: [1.5, 'ә', null] })).toBe('{"a":[1.5,"ә",null],"b":1}');
  expect(() => canonical(undefined)).toThrow('not a JSON value');
});

test('a derived id depends on the secret: without it nobody can guess what an erased payload said', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(derivedId(one, 'x')).toBe(derivedId(one, 'x'));
  expect(derivedId(one, 'x')).not.toBe(derivedId(other, 'x'));
  expect(derivedId(one, 'x')).not.toBe(derivedId(one, 'y'));
});
