import { randomBytes, randomUUID } from 'node:crypto';
import type { Participant } from '../rules/engine/types.js';
import { unstorable } from '../rules/facts/text.js';
import type { Instant } from '../rules/law/types.js';
import { canonical, digestOf, genesisOf } from './chain.js';
import { databaseClock, readContract, timestamp, toStored, type Stored } from './locked.js';
import { keepEdition } from './editions.js';
import { learnEditions } from './law-of.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { inTenant, snapshot, type Tx } from './transact.js';
import type { ContractRow, Result } from './types.js';

/** What a contract is made of. */
export interface NewContract {
  /** Given by a caller that may ask twice for the same one; random by default. */
  readonly id?: string;
  readonly offer: string;
  /** Content hash; the newest edition by default. */
  readonly edition?: string;
  readonly participant: Participant;
  /** `automatic` by default. */
  readonly policy?: string;
  /** The operator's own name for it: the same twice is the same contract. */
  readonly externalId?: string;
  /** Makes a test-clock contract, whose clock stands here. */
  readonly testClock?: Instant;
  readonly performance?: ContractRow['performance'];
}

/** Makes a contract. With an external id it can be asked for twice: the first answer again, or a conflict when the content differs. */
export async function createContract(
  rec: Rec,
  tenant: string,
  contract: NewContract,
): Promise<Result<{ readonly id: string; readonly repeated: boolean }>> {
  const wrong = unstorable(contract);
  if (wrong !== null) {
    const where = wrong.path.slice(1);
    return refuse('contract.unstorable', `${where} ${wrong.message}`, where);
  }
  const id = contract.id ?? randomUUID();
  const salt = randomBytes(16).toString('hex');
  return inTenant(rec, tenant, 'create', async (tx) => {
    const now = await databaseClock(tx);
    await ensureTenant(tx, tenant, now);
    const edition = await keepEdition(rec, tx, { tenant, ...contract }, now);
    if (isRefusal(edition)) return { ok: false, refusal: edition };
    const policy = contract.policy ?? 'automatic';
    const unknownPolicy = rec.laws.policy(policy);
    if (unknownPolicy !== null) return { ok: false, refusal: unknownPolicy };

    const createdAt = contract.testClock ?? now;
    const participant = canonical(contract.participant);
    const participantDigest = digestOf(salt, participant);
    const { offer } = contract;
    const testClock = contract.testClock !== undefined;
    const genesis = genesisOf({
      tenant,
      contract: id,
      offer,
      edition,
      policy,
      participantDigest,
      testClock,
      createdAt,
    });
    const { rowCount } = await tx.query(
      `INSERT INTO contract (tenant, id, external_id, offer, edition, policy, participant, salt, participant_digest, genesis, performance,
         test_clock, created_at, head_hash, recorded_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $10, $13) ON CONFLICT DO NOTHING`,
      [
        tenant,
        id,
        contract.externalId ?? null,
        offer,
        edition,
        policy,
        participant,
        salt,
        participantDigest,
        genesis,
        canonical(contract.performance ?? {}),
        timestamp(contract.testClock ?? null),
        timestamp(createdAt),
      ],
    );
    if (rowCount === 0) return repeated(tx, tenant, id, contract, edition);
    await poke(tx, tenant, id);
    return answer({ id, repeated: false });
  });
}

/** One contract, or null. Its law is at hand afterwards. */
export function getContract(rec: Rec, tenant: string, id: string): Promise<Stored | null> {
  return snapshot(rec, tenant, async (tx) => {
    const contract = await readContract(tx, tenant, id);
    if (contract !== null) await learnEditions(rec, tx, tenant, [contract.edition]);
    return contract;
  });
}

/** How a list of contracts is narrowed; `after` is the last id of the page before. */
export interface ContractFilter {
  readonly offer?: string;
  readonly state?: string;
  readonly externalId?: string;
  readonly after?: string;
  readonly limit: number;
}

/** A page of contracts, by id. Their laws are at hand afterwards. */
export async function listContracts(rec: Rec, tenant: string, filter: ContractFilter): Promise<readonly Stored[]> {
  if (unstorable(filter) !== null) return [];
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query(
      `SELECT * FROM contract WHERE tenant = $1 AND id > $2 AND ($3::text IS NULL OR offer = $3) AND ($4::text IS NULL OR state = $4)
         AND ($5::text IS NULL OR external_id = $5) ORDER BY id LIMIT $6`,
      [tenant, filter.after ?? '', filter.offer ?? null, filter.state ?? null, filter.externalId ?? null, filter.limit],
    );
    const page = rows.map(toStored);
    await learnEditions(rec, tx, tenant, [...new Set(page.map((one) => one.edition))]);
    return page;
  });
}

/** Makes the tenant's row, with a secret of its own, when it is not there. */
export async function ensureTenant(tx: Tx, tenant: string, now: Instant): Promise<void> {
  await tx.query('INSERT INTO tenant (id, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    tenant,
    randomBytes(32),
    timestamp(now),
  ]);
}

async function repeated(tx: Tx, tenant: string, id: string, contract: NewContract, edition: string) {
  const { rows } = await tx.query(
    'SELECT * FROM contract WHERE tenant = $1 AND (id = $2 OR external_id = $3) ORDER BY id = $2 DESC',
    [tenant, id, contract.externalId ?? null],
  );
  const there = toStored(rows[0]!);
  const same =
    there.offer === contract.offer &&
    (contract.edition === undefined || there.edition === edition) &&
    there.policy === (contract.policy ?? 'automatic') &&
    canonical(there.participant) === canonical(contract.participant) &&
    canonical(there.performance) === canonical(contract.performance ?? {}) &&
    (there.testClock === null) === (contract.testClock === undefined) &&
    (contract.testClock === undefined || there.createdAt === contract.testClock);
  return same ? answer({ id: there.id, repeated: true }) : refuse('contract.conflict');
}
