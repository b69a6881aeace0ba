import { digestOfLaw, lawOf } from './law-of.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { isRefusal } from './refusals.js';
import { inTenant, snapshot } from './transact.js';

/** A contract that somebody must look at, and why. */
export interface Swept {
  readonly tenant: string;
  readonly contract: string;
  readonly why: 'head' | 'wake' | 'act' | 'law' | 'held';
}

/**
 * Finds what was missed, by numbers and not by time stamps of events, and pokes it: a head above what was advanced; a waking that passed longer ago than
 * `graceMs`; acts that wait, or whose lease has run out; a law that is newer than the one applied; a hold that is of another
 * engine than the one that runs. With it the clock can lose everything and nothing is lost. `limit` for each predicate; what is left comes with the next sweep.
 */
export async function sweep(
  rec: Rec,
  options: { readonly graceMs?: number; readonly limit?: number } = {},
): Promise<readonly Swept[]> {
  const limit = options.limit ?? 1000;
  const grace = options.graceMs ?? rec.spreadMs + 5 * 60_000;
  const { rows } = await rec.pool.query<Swept>('SELECT tenant, contract, why FROM merzim_sweep($1, $2)', [
    grace,
    limit,
  ]);
  const found = [...rows, ...(await underOldLaw(rec, limit)), ...(await heldByAnother(rec, limit))];
  for (const tenant of new Set(found.map((one) => one.tenant))) {
    const contracts = [...new Set(found.filter((one) => one.tenant === tenant).map((one) => one.contract))].sort();
    await inTenant(rec, tenant, 'sweep', async (tx) => {
      for (const contract of contracts) await poke(tx, tenant, contract);
    });
  }
  return found;
}

async function underOldLaw(rec: Rec, limit: number): Promise<readonly Swept[]> {
  const groups = await rec.pool.query<{
    tenant: string;
    offer: string;
    edition: string;
    adopted: string[];
    policies: string[];
    policy: string;
    law: string;
  }>('SELECT tenant, offer, edition, adopted, policy, policies, law FROM merzim_laws()');
  const found: Swept[] = [];
  for (const { tenant, offer, edition, adopted, policy, policies, law } of groups.rows) {
    const group = { tenant, offer, edition, adopted, policy, policies, participant: {} };
    const today = await snapshot(rec, tenant, (tx) => lawOf(rec, tx, group));
    if (isRefusal(today) || digestOfLaw(rec.laws.nameOf(today)) === law) continue;
    const { rows } = await rec.pool.query<{ contract: string }>(
      'SELECT contract FROM merzim_judged_under($1, $2, $3, $4, $5, $6, $7)',
      [tenant, edition, adopted, policy, policies, law, limit],
    );
    found.push(...rows.map(({ contract }) => ({ tenant, contract, why: 'law' as const })));
  }
  return found;
}

async function heldByAnother(rec: Rec, limit: number): Promise<readonly Swept[]> {
  const { rows } = await rec.pool.query<Omit<Swept, 'why'>>(
    'SELECT tenant, contract FROM merzim_held_by_another($1, $2)',
    [rec.engine.version, limit],
  );
  return rows.map((row) => ({ ...row, why: 'held' as const }));
}
