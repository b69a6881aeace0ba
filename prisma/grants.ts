import type pg from 'pg';

/** What the application's role may do, table by table. It owns nothing; the journal it may read and add to, never change. */
const GRANTS: Readonly<Record<string, string>> = {
  tenant: 'SELECT, INSERT',
  edition: 'SELECT, INSERT',
  fact: 'SELECT, INSERT',
  payload: 'SELECT, INSERT',
  erasure: 'SELECT',
  advance: 'SELECT, INSERT',
  contract: `SELECT, INSERT, UPDATE (test_clock, head, head_hash, recorded_to, advanced, as_of, wake_at, wake_clause, law, engine, outcome_hash,
    held, paused, state, concluded_at, ends_at, ended_at, access_version, access_told, adopted, policies)`,
  amendment: 'SELECT, INSERT, UPDATE (per_second, paused, after, told, refused, refusals, done_at)',
  drift: 'SELECT, INSERT, UPDATE (released_at, released_by)',
  wave: 'SELECT, INSERT, UPDATE (undoings, released_at, released_by)',
  undo_count: 'SELECT, INSERT, UPDATE (value)',
  act: 'SELECT, INSERT, UPDATE, DELETE',
  poke: 'SELECT, INSERT, UPDATE, DELETE',
  counter: 'SELECT, INSERT, UPDATE (value)',
  issued: 'SELECT, INSERT',
  access_state: 'SELECT, INSERT',
  message: 'SELECT, INSERT, UPDATE (read_at)',
  answer: 'SELECT, INSERT',
  timeline: 'SELECT, INSERT, UPDATE, DELETE',
  restriction: 'SELECT, INSERT, UPDATE, DELETE',
  invoice: 'SELECT, INSERT, UPDATE, DELETE',
  ledger_entry: 'SELECT, INSERT, UPDATE, DELETE',
  notice: 'SELECT, INSERT, UPDATE, DELETE',
  document: 'SELECT, INSERT, UPDATE, DELETE',
  open_case: 'SELECT, INSERT, UPDATE, DELETE',
  outcome_view: 'SELECT, INSERT, UPDATE, DELETE',
};

const FUNCTIONS = [
  'merzim_take_pokes(integer, integer)',
  'merzim_pokes_done(text[], text[], bigint[])',
  'merzim_sweep(integer, integer)',
  'merzim_laws()',
  'merzim_tenants()',
  'merzim_untold_access(integer)',
  'merzim_open_amendments(integer)',
  'merzim_held_by_another(text, integer)',
  'merzim_judged_under(text, text, text[], text, text[], text, integer)',
];

/** Gives the application's role exactly what stands above, and takes back whatever else it had on the record's tables. */
export async function grant(owner: pg.ClientBase, appRole: string): Promise<void> {
  const role = owner.escapeIdentifier(appRole);
  await owner.query('BEGIN');
  try {
    const known = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [appRole]);
    if (known.rowCount === 0) await owner.query(`CREATE ROLE ${role} LOGIN`);
    const schema = owner.escapeIdentifier(
      (await owner.query<{ s: string }>('SELECT current_schema() AS s')).rows[0]!.s,
    );
    await owner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await owner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}`);
    for (const [table, rights] of Object.entries(GRANTS)) await owner.query(`GRANT ${rights} ON ${table} TO ${role}`);
    await owner.query(`GRANT USAGE ON SEQUENCE poke_version TO ${role}`);
    for (const name of FUNCTIONS) await owner.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${role}`);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}
