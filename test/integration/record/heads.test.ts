import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { heads } from '../../../cli/heads.js';
import { withClient } from '../../../launch/roles.js';
import { appendFacts, auditChain, checkHeads, createContract, signHeads, type Rec } from '../../../prisma/index.js';
import { headsWriter, readSigningKey } from '../../../worker/heads.js';
import { invoice } from './facts.js';
import { freshRecord, got, MONDAY, TENANT } from './opened.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

async function contractOf(rec: Rec, facts: number): Promise<string> {
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  for (let n = 0; n < facts; n += 1) got(await appendFacts(rec, TENANT, id, [invoice(`INV-${n}`)]));
  return id;
}

async function signed(rec: Rec): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of signHeads(rec, TENANT, privateKey)) lines.push(line);
  return lines;
}

test('journals that only grew hold what they held when their heads were signed', async () => {
  const { rec } = await freshRecord();
  const id = await contractOf(rec, 2);
  await contractOf(rec, 0);
  const lines = await signed(rec);
  got(await appendFacts(rec, TENANT, id, [invoice('INV-9')]));
  expect(await checkHeads(rec, TENANT, lines, publicKey)).toMatchObject({
    ok: true,
    signed: true,
    contracts: 2,
    broken: [],
  });
});

test('a tail that was cut off, head and all, leaves a whole chain and is found by the signed heads alone', async () => {
  const { rec, database } = await freshRecord();
  const id = await contractOf(rec, 3);
  const lines = await signed(rec);
  await withClient(database.superUrl, async (client) => {
    await client.query('SET session_replication_role = replica');
    await client.query('DELETE FROM payload WHERE seq = 3; DELETE FROM fact WHERE seq = 3');
    await client.query('UPDATE contract SET head = 2, head_hash = (SELECT hash FROM fact WHERE seq = 2)');
  });
  expect(got(await auditChain(rec, TENANT, id)).broken).toBeNull();
  expect((await checkHeads(rec, TENANT, lines, publicKey)).broken).toEqual([
    { contract: id, seq: 3, why: 'the row that the journal ended with is gone: it holds facts up to 2' },
  ]);
  got(await appendFacts(rec, TENANT, id, [invoice('another')]));
  expect((await checkHeads(rec, TENANT, lines, publicKey)).broken).toEqual([
    { contract: id, seq: 3, why: 'the row that the journal ended with is another' },
  ]);
});

test('lines that the holder of the key did not sign are not compared with anything', async () => {
  const { rec } = await freshRecord();
  await contractOf(rec, 1);
  const lines = await signed(rec);
  const other = generateKeyPairSync('ed25519').publicKey;
  for (const [given, key] of [
    [lines, other],
    [lines.slice(0, -1), publicKey],
    [[lines[0]!, lines[2]!], publicKey],
    [lines.map((line) => line.replace('"seq":1', '"seq":0')), publicKey],
    [['x'], publicKey],
    [[], publicKey],
  ] as const)
    expect(await checkHeads(rec, TENANT, given, key)).toMatchObject({ ok: false, signed: false });
  expect(await checkHeads(rec, 'operator-2', lines, publicKey)).toMatchObject({ ok: false, signed: false });
});

test('the worker keeps signed heads of every tenant outside the database, a file more when a journal has grown', async () => {
  const { rec, database } = await freshRecord();
  const scratch = mkdtempSync(join(tmpdir(), 'merzim-heads-'));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const pem = join(scratch, 'key.pem');
  writeFileSync(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const folder = join(scratch, 'heads');
  const write = headsWriter(rec, { folder, key: await readSigningKey(pem), everyMs: 0 });
  expect(await write()).toEqual([]);
  const id = await contractOf(rec, 1);
  await createContract(rec, 'другой/оператор', { offer: 'small', participant: {} });
  const first = await write();
  expect(first.map((file) => basename(file).split('.')[0])).toEqual([TENANT, encodeURIComponent('другой/оператор')]);
  expect(await write()).toEqual([]);
  got(await appendFacts(rec, TENANT, id, [invoice('INV-9')]));
  const [grown] = await write();
  expect(readdirSync(folder)).toHaveLength(3);
  for (const file of [first[0]!, grown!])
    expect(await checkHeads(rec, TENANT, readFileSync(file, 'utf8').split('\n'), publicKey)).toMatchObject({
      ok: true,
      contracts: 1,
    });

  const said: string[] = [];
  const io = {
    env: { DATABASE_URL: database.appUrl },
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
    stdin: async () => '',
  };
  expect(await heads(io, { key: pem }, grown!)).toBe(0);
  expect(said.at(-1)).toMatch(/^whole /);
  expect(await heads({ ...io, env: {} }, { key: pem }, grown!)).toBe(2);
  expect(said.at(-1)).toMatch(/^cli\.database: /);
  expect(await heads(io, { key: grown! }, grown!)).toBe(2);
  expect(said.at(-1)).toMatch(/^cli\.key: /);

  const seldom = headsWriter(rec, { folder: join(scratch, 'seldom'), key: privateKey });
  expect(await seldom()).toHaveLength(2);
  got(await appendFacts(rec, TENANT, id, [invoice('INV-10')]));
  expect(await seldom()).toEqual([]);
});

test('a key of another kind is refused before anything is signed', async () => {
  const pem = join(mkdtempSync(join(tmpdir(), 'merzim-heads-')), 'key.pem');
  onTestFinished(() => rmSync(join(pem, '..'), { recursive: true }));
  writeFileSync(pem, generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await expect(readSigningKey(pem)).rejects.toThrow(/holds no Ed25519 key/);
});
