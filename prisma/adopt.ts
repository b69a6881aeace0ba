import { TOLERANCE_MS } from '../rules/facts/read.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import { admitEdition } from './editions.js';
import { append } from './journal.js';
import { databaseClock, lockContract, timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { inTenant, type Tx } from './transact.js';
import type { Result } from './types.js';

/** Who decided it, and why. */
interface Decided {
  readonly by?: string;
  readonly reasons?: string;
}

/** An edition that a contract comes under by a decision of the operator. */
export interface AdoptingEdition extends Decided {
  /** Content hash; the newest by default. */
  readonly edition?: string;
  /** From when on it holds: now by default, an earlier instant where a text was always meant so. */
  readonly from?: Instant;
}

/** A policy that a contract comes under from now on. */
export interface AdoptingPolicy extends Decided {
  readonly policy: string;
}

/** What adopting answers; `repeated` when the same holds from that instant already. */
export interface Adopted {
  /** Hash of the edition, or id of the policy. */
  readonly adopted: string;
  readonly fact: { readonly id: string; readonly seq: number; readonly recordedAt: Instant };
  readonly repeated: boolean;
}

/**
 * Lets a contract come under an edition from an instant on, without an amendment being published: a rule that was mended, or a text that both
 * sides have. It is a fact of the record's own, known from now on. Of two for one instant the one that became known later holds.
 */
export const adoptEdition = (
  rec: Rec,
  tenant: string,
  id: string,
  { edition, from, ...decided }: AdoptingEdition = {},
): Promise<Result<Adopted>> =>
  adopt(rec, tenant, id, 'edition', { from, ...decided }, (tx, contract, now) =>
    admitEdition(rec, tx, contract, edition, now),
  );

/**
 * Lets another policy decide on rights that open from now on. What was chosen stays chosen, and what was put to a person is decided by one. It
 * never holds from an earlier instant: a choice that nobody made then cannot be made now.
 */
export const adoptPolicy = (
  rec: Rec,
  tenant: string,
  id: string,
  { policy, ...decided }: AdoptingPolicy,
): Promise<Result<Adopted>> =>
  adopt(rec, tenant, id, 'policy', decided, async (tx, contract) => {
    const unknown = rec.laws.policy(policy);
    if (unknown !== null) return unknown;
    if (policy !== contract.policy && !contract.policies.includes(policy))
      await tx.query('UPDATE contract SET policies = array_append(policies, $3) WHERE tenant = $1 AND id = $2', [
        tenant,
        id,
        policy,
      ]);
    return policy;
  });

function adopt(
  rec: Rec,
  tenant: string,
  id: string,
  what: 'edition' | 'policy',
  { from, by, reasons }: Decided & { readonly from?: Instant | undefined },
  admit: (tx: Tx, contract: Stored, now: Instant) => Promise<string | Refusal>,
): Promise<Result<Adopted>> {
  return inTenant<Result<Adopted>>(rec, tenant, 'adopt', async (tx) => {
    const contract = await lockContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    if (contract.erasedAt !== null) return refuse('contract.erased');
    const now = Math.max(contract.testClock ?? (await databaseClock(tx)), contract.recordedTo);
    // A clock that runs a little ahead means now: nothing wakes for a text that comes later by itself.
    const at = Math.min(from ?? now, now);
    if ((from ?? now) > now + TOLERANCE_MS) return refuse('edition.ahead', undefined, 'from');
    const adopted = await admit(tx, contract, now);
    if (isRefusal(adopted)) return { ok: false, refusal: adopted };

    const type = `${what}.adopted`;
    const there = await adoptionsAt(tx, contract, type, at);
    const last = there.at(-1);
    if (last !== undefined && last.data[what] === adopted) {
      const { id: factId, seq, recordedAt } = last;
      return answer({ adopted, fact: { id: factId, seq, recordedAt }, repeated: true });
    }
    const fact = {
      id: `${type}~${at}~${there.length + 1}`,
      type,
      at,
      subject: 'contract',
      data: { [what]: adopted, ...(reasons === undefined ? {} : { reasons }) },
      ...(by === undefined ? {} : { by }),
    };
    const { rows } = await append(tx, contract, [fact], now);
    await poke(tx, tenant, id);
    const { seq, recordedAt } = rows[0]!;
    return answer({ adopted, fact: { id: fact.id, seq, recordedAt }, repeated: false });
  });
}

async function adoptionsAt(tx: Tx, { tenant, id }: Stored, type: string, at: Instant) {
  const { rows } = await tx.query<{ id: string; seq: number; recordedAt: Instant; body: string }>(
    `SELECT f.id, f.seq, f.recorded_at AS "recordedAt", p.body
     FROM fact f JOIN payload p ON p.tenant = f.tenant AND p.contract = f.contract AND p.seq = f.seq
     WHERE f.tenant = $1 AND f.contract = $2 AND f.type = $3 AND f.at = $4 ORDER BY f.seq`,
    [tenant, id, type, timestamp(at)],
  );
  return rows.map(({ body, ...row }) => ({
    ...row,
    data: (JSON.parse(body) as { readonly data: Readonly<Record<string, unknown>> }).data,
  }));
}
