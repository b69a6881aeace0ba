import type { Instant, Refusal } from '../rules/law/types.js';
import { adoptEdition } from './adopt.js';
import { keepEdition } from './editions.js';
import { appendFacts } from './facts.js';
import { databaseClock, timestamp } from './locked.js';
import { ensureTenant } from './contracts.js';
import type { Rec } from './record.js';
import { answer, isRefusal } from './refusals.js';
import { inTenant, snapshot } from './transact.js';
import type { Amending, Amended, Change, Result } from './types.js';

/**
 * Fixes what a change of an offer is before it goes to its contracts: which edition, and as of when. The newest edition, and now, where nothing
 * else is said; so every contract is told the same, however long that takes and whatever is released meanwhile.
 */
export async function startAmending(rec: Rec, tenant: string, change: Change): Promise<Result<Amending>> {
  return inTenant<Result<Amending>>(rec, tenant, 'amend', async (tx) => {
    const now = await databaseClock(tx);
    await ensureTenant(tx, tenant, now);
    const edition = await keepEdition(rec, tx, { tenant, ...change }, now);
    return isRefusal(edition) ? { ok: false, refusal: edition } : answer({ ...change, tenant, edition, at: now });
  });
}

/**
 * Brings a change to the next contracts of its offer, by id: those that stood when it was started, have not ended, live on the real clock
 * and are not under that edition from the first. Each is
 * told once, however often this is called. What a contract refuses is said and stops nobody else.
 * @param after the last contract that was told; null at the beginning
 */
export async function amendContracts(
  rec: Rec,
  amending: Amending,
  after: string | null,
  limit: number,
): Promise<Amended> {
  const { tenant, offer, edition, at } = amending;
  const ids = await snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM contract WHERE tenant = $1 AND offer = $2 AND id > $3 AND created_at <= $4 AND test_clock IS NULL
         AND state <> 'ended' AND erased_at IS NULL AND NOT (edition = $6 AND adopted = '{}') ORDER BY id LIMIT $5`,
      [tenant, offer, after ?? '', timestamp(at), limit, edition],
    );
    return rows.map(({ id }) => id);
  });
  const refused: { readonly contract: string; readonly code: string }[] = [];
  for (const contract of ids) {
    const refusal = await amendOne(rec, amending, contract);
    if (refusal !== null) refused.push({ contract, code: refusal.code });
  }
  return { told: ids.length - refused.length, refused, after: ids.length < limit ? null : ids.at(-1)! };
}

async function amendOne(
  rec: Rec,
  { how, tenant, name, edition, at, by }: Amending,
  id: string,
): Promise<Refusal | null> {
  const done =
    how.as === 'adoption'
      ? await adoptEdition(rec, tenant, id, { edition, from: how.from ?? at, by, reasons: how.reason })
      : await appendFacts(rec, tenant, id, [publication({ name, edition, at, by, how })]);
  return done.ok ? null : done.refusal;
}

function publication({
  name,
  edition,
  at,
  by,
  how,
}: Pick<Amending, 'name' | 'edition' | 'at' | 'by'> & {
  readonly how: Extract<Amending['how'], { readonly as: 'amendment' }>;
}) {
  const { as: _as, ...data } = how;
  return {
    id: `amendment ${name}`,
    type: 'amendment.published',
    at: iso(at),
    subject: name,
    by,
    data: { ...data, edition },
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();
