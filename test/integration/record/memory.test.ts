import { expect, test } from 'vitest';
import { withClient } from '../../../launch/roles.js';
import { advance, appendFacts, createContract, outcomeOf, rebuild } from '../../../prisma/index.js';
import { invoice, payment } from './facts.js';
import { freshRecord, got, MONDAY, openAgain, TENANT } from './opened.js';
import { WITHIN_MS } from './small-law.js';

const READ_MODELS = `SELECT to_jsonb(t) AS row FROM timeline t UNION ALL SELECT to_jsonb(t) FROM ledger_entry t
  UNION ALL SELECT to_jsonb(t) FROM restriction t UNION ALL SELECT to_jsonb(t) FROM invoice t ORDER BY 1`;

test('processes that remember a contract and take turns with it write what one that remembers nothing writes', async () => {
  const { rec, database } = await freshRecord();
  const other = await openAgain(database);
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  const rows = () => withClient(database.ownerUrl, async (client) => (await client.query(READ_MODELS)).rows);
  const turns = [
    [rec, invoice('A')],
    [rec, invoice('B')],
    [other, payment('A', '2026-03-02T10:00:00+05:00')],
    [rec, invoice('C')],
    [
      other,
      { id: 'v', type: 'fact.voided', at: '2026-03-02T10:00:00+05:00', data: { fact: 'A paid', reason: 'another’s' } },
    ],
    [other, invoice('D')],
    [rec, payment('B', '2026-03-02T10:00:00+05:00')],
  ] as const;
  for (const [turn, [one, fact]] of turns.entries()) {
    got(await appendFacts(one, TENANT, id, [fact]));
    const to = turn === 3 ? { to: MONDAY + WITHIN_MS } : {};
    const { seq } = got(await advance(one, TENANT, id, to));
    const written = await rows();
    const fresh = await openAgain(database);
    expect(got(await outcomeOf(fresh, TENANT, id)).seq).toBe(seq);
    await rebuild(fresh, TENANT, id);
    expect(await rows()).toEqual(written);
  }
});

test('what a transaction that was rolled back has left in memory is not believed', async () => {
  const { rec, database } = await freshRecord();
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {}, testClock: MONDAY }));
  got(await appendFacts(rec, TENANT, id, [invoice('A')]));
  await withClient(database.ownerUrl, async (client) => {
    await client.query(`CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
      CREATE CONSTRAINT TRIGGER no AFTER UPDATE ON contract DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()`);
    await expect(advance(rec, TENANT, id)).rejects.toThrow('not now');
    await client.query('DROP TRIGGER no ON contract');
    got(await advance(rec, TENANT, id));
    expect((await client.query('SELECT subject FROM timeline')).rows).toEqual([{ subject: 'A' }]);
  });
});
