import { TOLERANCE_MS } from '../rules/facts/read.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import { adoptEdition } from './adopt.js';
import { canonical } from './chain.js';
import { ensureTenant } from './contracts.js';
import { keepEdition } from './editions.js';
import { appendFacts } from './facts.js';
import { databaseClock, timestamp } from './locked.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { inTenant, isTransient, snapshot, type Tx } from './transact.js';
import type { Amending, AmendmentPage, AmendmentProgress, Change, NamedChange, Pace, Result } from './types.js';

/** Contracts that are told between two looks at the pace. */
const LARGEST_PAGE = 100;
/** Contracts that refused are named up to here; all are counted. */
const NAMED = 100;

/**
 * Starts a change that goes to all contracts of an offer: fixes which edition it brings, and as of when. The newest edition, and now, where nothing
 * else is said; so every contract is told the same, however long that takes and whatever is released meanwhile. One name is one change: the same
 * again is answered with how far it has come (`fresh` false), another content is refused.
 */
export function startAmending(
  rec: Rec,
  tenant: string,
  change: Change,
  pace: Pace,
): Promise<Result<{ readonly progress: AmendmentProgress; readonly fresh: boolean }>> {
  return inTenant<Result<{ progress: AmendmentProgress; fresh: boolean }>>(rec, tenant, 'amend', async (tx) => {
    const now = await databaseClock(tx);
    await ensureTenant(tx, tenant, now);
    const there = await read(tx, { tenant, ...change });
    if (there !== null)
      return isSame(there, change) ? answer({ progress: there, fresh: false }) : refuse('amendment.conflict');
    if (change.how.as === 'adoption' && (change.how.from ?? now) > now + TOLERANCE_MS)
      return refuse('edition.ahead', undefined, 'from');
    const edition = await keepEdition(rec, tx, { tenant, ...change }, now);
    if (isRefusal(edition)) return { ok: false, refusal: edition };
    await tx.query(
      `INSERT INTO amendment (tenant, offer, name, body, started_at, per_second, paused) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT DO NOTHING`,
      [
        tenant,
        change.offer,
        change.name,
        canonical({ ...change, edition }),
        timestamp(now),
        pace.perSecond,
        pace.paused,
      ],
    );
    const progress = (await read(tx, { tenant, ...change }))!;
    return isSame(progress, change) ? answer({ progress, fresh: true }) : refuse('amendment.conflict');
  });
}

/** How far a change has come; null when there is none of this name. */
export const amendmentOf = (rec: Rec, named: NamedChange): Promise<AmendmentProgress | null> =>
  snapshot(rec, named.tenant, (tx) => read(tx, named));

/** The changes of an offer, the newest first. */
export function listAmendments(rec: Rec, tenant: string, offer: string): Promise<readonly AmendmentProgress[]> {
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Row>(
      'SELECT * FROM amendment WHERE tenant = $1 AND offer = $2 ORDER BY started_at DESC, name',
      [tenant, offer],
    );
    return rows.map(toProgress);
  });
}

/** Changes how fast a change goes, pauses it, lets it go on. */
export function paceAmendment(rec: Rec, named: NamedChange, wish: Partial<Pace>): Promise<Result<AmendmentProgress>> {
  const { tenant, offer, name } = named;
  return inTenant<Result<AmendmentProgress>>(rec, tenant, 'pace', async (tx) => {
    const there = await read(tx, named);
    if (there === null) return refuse('amendment.unknown');
    if (there.state === 'done') return refuse('amendment.done');
    const { rows } = await tx.query<Row>(
      `UPDATE amendment SET per_second = $4, paused = $5 WHERE tenant = $1 AND offer = $2 AND name = $3 RETURNING *`,
      [tenant, offer, name, wish.perSecond ?? there.perSecond, wish.paused ?? there.paused],
    );
    return answer(toProgress(rows[0]!));
  });
}

/** Changes that are under way and wait for nobody. */
export async function openAmendments(rec: Rec, limit = 1000): Promise<readonly NamedChange[]> {
  const { rows } = await rec.pool.query<NamedChange>('SELECT tenant, offer, name FROM merzim_open_amendments($1)', [
    limit,
  ]);
  return rows;
}

/**
 * Brings a change to the next contracts of its offer, by id: those that stood when it was started, have not ended, live on the real clock and are not
 * under that edition from the first. Each is told once, however often this is called, and wherever it dies. What a contract refuses is said and
 * stops nobody else.
 */
export async function amendNext(rec: Rec, named: NamedChange): Promise<AmendmentPage> {
  const there = await amendmentOf(rec, named);
  if (there === null || there.state === 'done')
    return { state: 'done', waitMs: 0, details: there === null ? '' : told(there) };
  if (there.paused) return { state: 'paused', waitMs: 0, details: told(there) };
  const limit = Math.min(there.perSecond, LARGEST_PAGE);
  const ids = await nextContracts(rec, there, limit);
  const refusals = [...there.refusals];
  let refused = 0;
  for (const contract of ids) {
    const refusal = await amendOne(rec, there.amending, contract);
    if (refusal === null) continue;
    refused += 1;
    if (refusals.length < NAMED) refusals.push({ contract, code: refusal.code });
  }
  const done = ids.length < limit;
  const after = await inTenant(rec, named.tenant, 'amended', async (tx) => {
    await tx.query(
      `UPDATE amendment SET after = $4, told = told + $5, refused = refused + $6, refusals = $7,
         done_at = CASE WHEN $8 THEN clock_timestamp() END
       WHERE tenant = $1 AND offer = $2 AND name = $3 AND after IS NOT DISTINCT FROM $9 AND done_at IS NULL`,
      [
        ...[named.tenant, named.offer, named.name],
        ...[ids.at(-1) ?? there.after, ids.length - refused, refused, JSON.stringify(refusals), done, there.after],
      ],
    );
    return (await read(tx, named))!;
  });
  return { state: after.state, waitMs: (1000 * limit) / after.perSecond, details: told(after) };
}

const told = (progress: AmendmentProgress): string => `${progress.told} contracts told, ${progress.refused} refused`;

function nextContracts(rec: Rec, { amending, after }: AmendmentProgress, limit: number): Promise<readonly string[]> {
  const { tenant, offer, edition, at } = amending;
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM contract WHERE tenant = $1 AND offer = $2 AND id > $3 AND created_at <= $4 AND test_clock IS NULL
         AND state <> 'ended' AND erased_at IS NULL AND NOT (edition = $6 AND adopted = '{}') ORDER BY id LIMIT $5`,
      [tenant, offer, after ?? '', timestamp(at), limit, edition],
    );
    return rows.map(({ id }) => id);
  });
}

/** What goes wrong with one contract, and would go wrong again, is its refusal. */
async function amendOne(
  rec: Rec,
  { how, tenant, name, edition, at, by }: Amending,
  id: string,
): Promise<Refusal | null> {
  try {
    const done =
      how.as === 'adoption'
        ? await adoptEdition(rec, tenant, id, { edition, from: how.from ?? at, by, reasons: `${name}: ${how.reason}` })
        : await appendFacts(rec, tenant, id, [publication({ name, edition, at, by, how })]);
    return done.ok ? null : done.refusal;
  } catch (error) {
    if (isTransient(error)) throw error;
    return refuse('amendment.broken').refusal;
  }
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

interface Row {
  readonly tenant: string;
  readonly body: string;
  readonly started_at: Instant;
  readonly per_second: number;
  readonly paused: boolean;
  readonly after: string | null;
  readonly told: number;
  readonly refused: number;
  readonly refusals: string;
  readonly done_at: Instant | null;
}

async function read(tx: Tx, { tenant, offer, name }: NamedChange): Promise<AmendmentProgress | null> {
  const { rows } = await tx.query<Row>('SELECT * FROM amendment WHERE tenant = $1 AND offer = $2 AND name = $3', [
    tenant,
    offer,
    name,
  ]);
  return rows[0] === undefined ? null : toProgress(rows[0]);
}

const toProgress = (row: Row): AmendmentProgress => ({
  amending: { ...(JSON.parse(row.body) as Omit<Amending, 'tenant' | 'at'>), tenant: row.tenant, at: row.started_at },
  perSecond: row.per_second,
  paused: row.paused,
  state: row.done_at !== null ? 'done' : row.paused ? 'paused' : 'under way',
  after: row.after,
  told: row.told,
  refused: row.refused,
  refusals: JSON.parse(row.refusals) as AmendmentProgress['refusals'],
});

/** Whether a change that was started is the one that is asked for: the newest edition is any, and who asks does not matter. */
function isSame({ amending }: AmendmentProgress, { edition, by: _by, ...asked }: Change): boolean {
  const { tenant: _tenant, edition: fixed, at: _at, by: _who, ...begun } = amending;
  return (edition === undefined || edition === fixed) && canonical(begun) === canonical(asked);
}
