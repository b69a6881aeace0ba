import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  adoptEdition,
  adoptPolicy,
  advance,
  appendFacts,
  createContract,
  ENGINE,
  exportJournal,
  getContract,
  listFacts,
  outcomeOf,
  shippedLaws,
  sweep,
  verifyJournal,
  type Engine,
  type Rec,
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
  const lastDayOf = async (record: typeof rec, id: string): Promise<unknown> => {
    got(await appendFacts(record, TENANT, id, [REGISTERED, INVOICE]));
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

const INVOICE = {
  id: 'i',
  type: 'invoice.presented',
  at: '2026-03-12T11:00:00+05:00',
  subject: 'INV-1',
  data: { kind: 'subscription', amount: '1000.00', currency: 'KZT' },
};
const REGISTERED = { id: 'r', type: 'participant.registered', at: '2026-03-12T10:00:00+05:00' };
const lines = async (rec: Rec, id: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const line of exportJournal(rec, TENANT, id)) found.push(line);
  return found;
};

/** A contract of a test clock under a window of five days, in a record that knows one of seven days too. */
async function underFive(testClock = START) {
  const { rec: five, database } = await freshRecord({ laws: shippedLaws(offersWith(5)), engine: ENGINE });
  const { id } = got(await createContract(five, TENANT, { offer: 'edoc', participant: {}, testClock }));
  got(await appendFacts(five, TENANT, id, [REGISTERED, INVOICE]));
  got(await advance(five, TENANT, id));
  const rec = await openAgain(database, { laws: shippedLaws(offersWith(7)), engine: ENGINE });
  const current = rec.laws.current('edoc');
  if ('code' in current) throw new Error(current.message);
  const own = (await getContract(rec, TENANT, id))!.edition;
  const paying = async (view: { asOf?: number; knownAt?: number } = {}) => {
    const { outcome } = got(await outcomeOf(rec, TENANT, id, view));
    const line = outcome.timelines.find(({ clause }) => clause === '5.4');
    return { in: outcome.offer.edition, edition: line?.edition, lastDay: line?.lastDay };
  };
  return { rec, database, id, own, newest: current.edition, paying };
}

test('a contract comes under another edition from an instant on, known from now on, and both axes say so', async () => {
  const { rec, database, id, own, newest, paying } = await underFive();
  const before = START;
  got(await advance(rec, TENANT, id, { to: START + 3_600_000 }));
  const adopted = got(await adoptEdition(rec, TENANT, id, { from: START - 3_600_000, reasons: 'always meant so' }));
  expect(adopted).toMatchObject({ adopted: newest, repeated: false });
  expect((await getContract(rec, TENANT, id))!.adopted).toEqual([newest]);
  got(await advance(rec, TENANT, id));
  expect(await paying()).toEqual({ in: newest, edition: newest, lastDay: '2026-03-26' });
  expect(await paying({ asOf: before, knownAt: before })).toEqual({ in: own, edition: own, lastDay: '2026-03-19' });

  // Whoever was made without either text judges it from those that the record keeps.
  const other = await openAgain(database, { laws: shippedLaws(offersWith(9)), engine: ENGINE });
  const { outcome } = got(await outcomeOf(other, TENANT, id));
  expect(outcome.timelines.find(({ clause }) => clause === '5.4')).toMatchObject({ lastDay: '2026-03-26' });
  const journal = await lines(other, id);
  expect((JSON.parse(journal[0]!) as { editions: unknown[] }).editions).toHaveLength(2);
  const nothing = shippedLaws(mkdtempSync(join(tmpdir(), 'merzim-none-')));
  expect(await verifyJournal(journal, { laws: nothing, engine: ENGINE })).toMatchObject({
    ok: true,
    evaluation: { done: true, differences: [] },
  });
  expect((await sweep(other)).filter(({ why }) => why === 'law')).toEqual([]);
});

test('the same edition from the same instant is adopted once; of two the one that became known later holds', async () => {
  const { rec, id, own, newest, paying } = await underFive();
  const from = START - 3_600_000;
  const first = got(await adoptEdition(rec, TENANT, id, { from }));
  expect(got(await adoptEdition(rec, TENANT, id, { from, edition: newest }))).toEqual({ ...first, repeated: true });
  got(await adoptEdition(rec, TENANT, id, { from, edition: own }));
  expect(await paying()).toEqual({ in: own, edition: own, lastDay: '2026-03-19' });
  expect(got(await adoptEdition(rec, TENANT, id, { from, edition: newest }))).toMatchObject({ repeated: false });
  expect(await paying()).toEqual({ in: newest, edition: newest, lastDay: '2026-03-26' });
  expect((await getContract(rec, TENANT, id))!.adopted).toEqual([newest]);
});

test('an amendment brings the edition that it is published with, when it applies', async () => {
  const { rec, id, own, newest, paying } = await underFive();
  const published = {
    id: 'a',
    type: 'amendment.published',
    at: '2026-03-12T11:00:00+05:00',
    subject: 'A-1',
    data: { kind: 'terms', edition: newest },
  };
  const unknown = { ...published, data: { edition: 'f'.repeat(64) } };
  expect(await appendFacts(rec, TENANT, id, [{ ...INVOICE, id: 'i2', subject: 'INV-2' }, unknown])).toMatchObject({
    refusal: { code: 'edition.unknown' },
  });
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ head: 2, adopted: [] });
  got(await appendFacts(rec, TENANT, id, [published]));
  got(await appendFacts(rec, TENANT, id, [published]));
  got(await advance(rec, TENANT, id));
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ edition: own, adopted: [newest] });
  const { amendments } = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(amendments).toMatchObject([{ state: 'applies', appliesAt: '2026-03-12T11:00:00+05:00' }]);
  const later = '2026-03-12T12:00:00+05:00';
  for (let asOf = START; asOf < Date.parse(later);)
    ({ asOf } = got(await advance(rec, TENANT, id, { to: Date.parse(later) })));
  got(await appendFacts(rec, TENANT, id, [{ ...INVOICE, id: 'i3', subject: 'INV-3', at: later }]));
  got(await advance(rec, TENANT, id));
  expect(await paying()).toEqual({ in: newest, edition: own, lastDay: '2026-03-19' });
  const { timelines } = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(timelines.find(({ subject }) => subject === 'INV-3')).toMatchObject({ clause: '5.4', edition: newest });
  const nothing = shippedLaws(mkdtempSync(join(tmpdir(), 'merzim-none-')));
  expect(await verifyJournal(await lines(rec, id), { laws: nothing, engine: ENGINE })).toMatchObject({ ok: true });
});

test('an edition of another offer, of another zone, from an instant ahead, or written from outside is refused, and nothing is written', async () => {
  const { rec, id, newest } = await underFive();
  const other = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {} }));
  const edition = (await getContract(rec, TENANT, other.id))!.edition;
  expect(edition).toBe(newest);
  expect(await adoptEdition(rec, TENANT, id, { edition: 'e'.repeat(64) })).toMatchObject({
    refusal: { code: 'edition.unknown' },
  });
  expect(await adoptEdition(rec, TENANT, id, { from: START + 10 * 60_000 })).toMatchObject({
    refusal: { code: 'edition.ahead' },
  });
  expect(await adoptEdition(rec, TENANT, 'nobody')).toMatchObject({ refusal: { code: 'contract.unknown' } });
  const written = { type: 'edition.adopted', at: '2026-03-12T10:00:00+05:00', data: { edition: newest } };
  expect(await appendFacts(rec, TENANT, id, [written])).toMatchObject({ refusal: { code: 'fact.engine_only' } });
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ head: 2, adopted: [] });
});

test('a contract whose days are counted in one zone does not come under an edition that counts in another', async () => {
  const { rec, database, id } = await underFive();
  const folder = offersWith(7);
  const file = join(folder, 'edoc', 'offer.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('zone: Asia/Almaty', 'zone: Asia/Tashkent'));
  const moved = await openAgain(database, { laws: shippedLaws(folder), engine: ENGINE });
  expect(await adoptEdition(moved, TENANT, id)).toMatchObject({ refusal: { code: 'edition.cannot_follow' } });
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ head: 2, adopted: [] });
});

test('a request that is refused leaves no edition behind', async () => {
  const { rec, id, newest } = await underFive();
  const publish = (subject: string, edition: string) => ({
    id: subject,
    type: 'amendment.published',
    at: '2026-03-12T11:00:00+05:00',
    subject,
    data: { edition },
  });
  expect(await appendFacts(rec, TENANT, id, [publish('A-1', newest), publish('A-2', 'f'.repeat(64))])).toMatchObject({
    refusal: { code: 'edition.unknown' },
  });
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ head: 2, adopted: [] });
});

test('a clock that runs a little ahead adopts as of now', async () => {
  const { rec, id, newest } = await underFive();
  got(await adoptEdition(rec, TENANT, id, { from: START + 4 * 60_000 }));
  const facts = await listFacts(rec, TENANT, id, { limit: 10 });
  expect(facts!.at(-1)).toMatchObject({ type: 'edition.adopted', at: START, data: { edition: newest } });
});

test('a new engine that judges the past otherwise is seen though an edition came with it', async () => {
  const { rec, database, id } = await underFive();
  const otherwise: Engine = {
    ...ENGINE,
    version: `${ENGINE.version}-otherwise`,
    judge(law, facts, view) {
      const judgement = ENGINE.judge(law, facts, view);
      return { ...judgement, outcome: { ...judgement.outcome, timelines: judgement.outcome.timelines.slice(1) } };
    },
  };
  got(await advance(rec, TENANT, id));
  const newer = await openAgain(database, { laws: rec.laws, engine: otherwise });
  got(await adoptEdition(newer, TENANT, id, { from: START - 3_600_000 }));
  got(await advance(newer, TENANT, id));
  expect((await getContract(newer, TENANT, id))!.held).toBe(true);
  // The same engine under another version finds what was found, and goes on under the new edition.
  const same = await openAgain(database, { laws: rec.laws, engine: { ...ENGINE, version: `${ENGINE.version}-same` } });
  got(await advance(same, TENANT, id));
  expect((await getContract(same, TENANT, id))!.held).toBe(false);
});

test('another policy decides from now on; what was left open stays open, and the journal says both', async () => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const making = { offer: 'edoc', participant: {}, policy: 'leave', testClock: START } as const;
  const { id } = got(await createContract(rec, TENANT, making));
  got(await appendFacts(rec, TENANT, id, [REGISTERED, INVOICE]));
  const moveTo = async (iso: string) => {
    for (let asOf = -Infinity; asOf < Date.parse(iso);)
      ({ asOf } = got(await advance(rec, TENANT, id, { to: Date.parse(iso) })));
  };
  await moveTo('2026-03-25T10:00:00+05:00');
  expect(await adoptPolicy(rec, TENANT, id, { policy: 'whatever' })).toMatchObject({
    refusal: { code: 'policy.unknown' },
  });
  const adopted = got(
    await adoptPolicy(rec, TENANT, id, { policy: 'automatic', by: 'legal-ops', reasons: 'too late' }),
  );
  expect(adopted).toMatchObject({ adopted: 'automatic', repeated: false });
  expect(got(await adoptPolicy(rec, TENANT, id, { policy: 'automatic' }))).toEqual({ ...adopted, repeated: true });
  expect((await getContract(rec, TENANT, id))!).toMatchObject({ policy: 'leave', policies: ['automatic'] });
  got(
    await appendFacts(rec, TENANT, id, [{ ...INVOICE, id: 'i2', subject: 'INV-2', at: '2026-03-25T10:00:00+05:00' }]),
  );
  await moveTo('2026-04-02T00:00:00+05:00');
  const { rights } = got(await outcomeOf(rec, TENANT, id)).outcome;
  expect(rights.filter(({ clause }) => clause === '5.9').map(({ subject, state }) => `${subject} ${state}`)).toEqual([
    'INV-1 open',
    'INV-2 used',
  ]);
  const written = { type: 'policy.adopted', at: '2026-03-12T10:00:00+05:00', data: { policy: 'ask' } };
  expect(await appendFacts(rec, TENANT, id, [written])).toMatchObject({ refusal: { code: 'fact.engine_only' } });
  expect(await verifyJournal(await lines(rec, id), { laws: shippedLaws(), engine: ENGINE })).toMatchObject({
    ok: true,
    evaluation: { done: true, differences: [] },
  });
  expect((await sweep(rec)).filter(({ why }) => why === 'law')).toEqual([]);
});

test('an amendment brings one text: another under its name is refused, in one request and in the next', async () => {
  const { rec, id, own, newest } = await underFive();
  const publish = (factId: string, edition: string) => ({
    id: factId,
    type: 'amendment.published',
    at: '2026-03-12T11:00:00+05:00',
    subject: 'A-1',
    data: { edition },
  });
  const refused = { refusal: { code: 'amendment.text', where: 'A-1' } };
  expect(await appendFacts(rec, TENANT, id, [publish('a', newest), publish('b', own)])).toMatchObject(refused);
  got(await appendFacts(rec, TENANT, id, [publish('a', newest)]));
  expect(await appendFacts(rec, TENANT, id, [publish('b', own)])).toMatchObject(refused);
  got(await appendFacts(rec, TENANT, id, [publish('c', newest)]));
});

test('an edition of another offer cannot follow', async () => {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const { id } = got(await createContract(rec, TENANT, { offer: 'edoc', participant: {} }));
  const other = rec.laws.current('idocs');
  if ('code' in other) throw new Error(other.message);
  expect(await adoptEdition(rec, TENANT, id, { edition: other.edition })).toMatchObject({
    refusal: { code: 'edition.cannot_follow' },
  });
});

test('a journal that carries another text than its facts name does not verify', async () => {
  const { rec, id } = await underFive();
  got(await adoptEdition(rec, TENANT, id));
  got(await advance(rec, TENANT, id));
  const [head, ...rest] = await lines(rec, id);
  const nothing = () => shippedLaws(mkdtempSync(join(tmpdir(), 'merzim-none-')));
  const verify = (first: string) => verifyJournal([first, ...rest], { laws: nothing(), engine: ENGINE });
  expect(await verify(head!)).toMatchObject({ ok: true });
  expect(await verify(head!.replace('within: 7 bank days', 'within: 9 bank days'))).toMatchObject({
    ok: false,
    chain: { ok: true },
    evaluation: { done: false },
  });
  const cut = { ...(JSON.parse(head!) as object), editions: [] };
  expect(await verify(JSON.stringify(cut))).toMatchObject({ ok: false, evaluation: { done: false } });
});

test('a policy that is adopted and taken back leaves the contract comparable under a new engine', async () => {
  const { rec, database, id } = await underFive();
  for (const policy of ['ask', 'automatic']) {
    got(await advance(rec, TENANT, id, { to: START + (policy === 'ask' ? 1 : 2) * 3_600_000 }));
    got(await adoptPolicy(rec, TENANT, id, { policy }));
  }
  got(await advance(rec, TENANT, id));
  const otherwise: Engine = {
    ...ENGINE,
    version: `${ENGINE.version}-otherwise`,
    judge(law, facts, view) {
      const judgement = ENGINE.judge(law, facts, view);
      return { ...judgement, outcome: { ...judgement.outcome, timelines: judgement.outcome.timelines.slice(1) } };
    },
  };
  const newer = await openAgain(database, { laws: rec.laws, engine: otherwise });
  got(await advance(newer, TENANT, id));
  expect((await getContract(newer, TENANT, id))!.held).toBe(true);
});
