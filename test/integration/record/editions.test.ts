import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  advance,
  appendFacts,
  createContract,
  ENGINE,
  getContract,
  outcomeOf,
  shippedLaws,
  sweep,
} from '../../../prisma/index.js';
import { withClient } from '../../../launch/roles.js';
import { freshRecord, got, openAgain, TENANT } from './opened.js';

const SHIPPED = new URL('../../../rules/offers/', import.meta.url).pathname;
const START = Date.parse('2026-03-12T11:00:00+05:00');

/** A folder of offers with EDOC alone, in which the payment window is `days` long. */
function offersWith(days: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'merzim-offers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'edoc'));
  const text = readFileSync(join(SHIPPED, 'edoc', 'offer.yaml'), 'utf8');
  expect(text).toContain('within: 5 bank days');
  writeFileSync(
    join(folder, 'edoc', 'offer.yaml'),
    text.replaceAll('within: 5 bank days', `within: ${days} bank days`),
  );
  return folder;
}

test('a contract keeps the edition under which it was made, from the text that the record has kept', async () => {
  const old = shippedLaws(offersWith(5));
  const { rec, database } = await freshRecord({ laws: old, engine: ENGINE });
  const making = { offer: 'edoc', participant: {}, testClock: START } as const;
  const before = got(await createContract(rec, TENANT, making)).id;
  const invoice = {
    id: 'i',
    type: 'invoice.presented',
    at: '2026-03-12T11:00:00+05:00',
    subject: 'INV-1',
    data: { kind: 'subscription', amount: '1000.00', currency: 'KZT' },
  };
  const registered = { id: 'r', type: 'participant.registered', at: '2026-03-12T10:00:00+05:00' };
  const lastDayOf = async (record: typeof rec, id: string): Promise<unknown> => {
    got(await appendFacts(record, TENANT, id, [registered, invoice]));
    got(await advance(record, TENANT, id));
    const { timelines } = got(await outcomeOf(record, TENANT, id)).outcome;
    return timelines.find(({ clause }) => clause === '5.4')?.lastDay;
  };
  expect(await lastDayOf(rec, before)).toBe('2026-03-19');

  const newer = await openAgain(database, { laws: shippedLaws(offersWith(7)), engine: ENGINE });
  const after = got(await createContract(newer, TENANT, making)).id;
  expect(await lastDayOf(newer, after)).toBe('2026-03-26');
  expect(await lastDayOf(newer, before)).toBe('2026-03-19');
  const edition = (await getContract(newer, TENANT, before))!.edition;
  const third = got(await createContract(newer, TENANT, { ...making, edition })).id;
  expect(await lastDayOf(newer, third)).toBe('2026-03-19');
  expect(await createContract(newer, TENANT, { ...making, edition: 'f'.repeat(64) })).toMatchObject({
    refusal: { code: 'edition.unknown' },
  });
  expect((await sweep(newer)).filter(({ why }) => why === 'law')).toEqual([]);
});

test('a text that was changed in the record is not taken for the edition that it was', async () => {
  const { rec, database } = await freshRecord({ laws: shippedLaws(offersWith(5)), engine: ENGINE });
  const { id } = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {} }));
  await withClient(database.superUrl, async (client) => {
    await client.query('SET session_replication_role = replica');
    await client.query(`UPDATE edition SET body = replace(body, '5 bank days', '6 bank days')`);
  });
  const newer = await openAgain(database, { laws: shippedLaws(offersWith(7)), engine: ENGINE });
  expect(await advance(newer, TENANT, id)).toMatchObject({ refusal: { code: 'edition.unknown' } });
});

test.each([
  [{ offer: 'nothing' }, 'offer.unknown'],
  [{ offer: 'edoc', policy: 'whatever' }, 'policy.unknown'],
  [{ offer: 'edoc', policy: 'constructor' }, 'policy.unknown'],
])('a contract under %j is refused: %s', async (contract, code) => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  expect(await createContract(rec, TENANT, { participant: {}, ...contract })).toMatchObject({ refusal: { code } });
});
