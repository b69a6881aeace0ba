import type { Fact } from '../rules/facts/fact.js';
import type { Instant } from '../rules/law/types.js';
import { canonical } from './chain.js';
import { compared, type Difference } from './comparison.js';
import { flight, type Statement } from './flight.js';
import { broughtBy } from '../rules/engine/walk/editions.js';
import { formOf, hashOfJudgement, judgeAt } from './judging.js';
import { digestOfLaw } from './law-of.js';
import { timestamp, type Stored } from './locked.js';
import { isRefusal } from './refusals.js';
import { closeOwnCase, NOBODY, openOwnCase } from './own-case.js';
import { readModelsOf } from './read-models.js';
import type { Rec } from './record.js';
import type { Tx } from './transact.js';

/** What an advance found: the sequence that it read, the instant that it judged, the hash of what it made of that. */
interface Found {
  readonly seq: number;
  readonly asOf: Instant;
  readonly hash: string;
}

/** How the engine that runs judges what the last advance read. Null: there is nothing to be compared. */
type Again = { readonly last: Found; readonly hash: string; readonly differences: readonly Difference[] } | null;

/**
 * When the engine has changed since the last advance, judges what that one read once more: same record, same law, same instant. Another
 * hash is written down and the contract is held until a person releases it. A hold is of the engine that was compared: under a third one,
 * or after a way back, it is looked at anew, and ends by itself when nothing differs any more. True when the contract is held.
 */
export async function isHeld(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  facts: readonly Fact[],
  now: Instant,
): Promise<boolean> {
  const { version } = rec.engine;
  const back = contract.engine === version;
  if (!contract.held) {
    if (contract.engine === null || back) return false;
    const again = await judgeAgain(rec, tx, contract, facts);
    if (again === null || again.hash === again.last.hash) return false;
    await flight(tx, held(contract, version, again, now));
    return true;
  }
  const drift = await openDrift(tx, contract);
  if (drift?.engineIs === version) return true;
  const again = back ? null : await judgeAgain(rec, tx, contract, facts);
  // Nothing to be compared: a person has to say, where there is a drift that a person could release.
  if (!back && again === null && drift !== null) return true;
  const same = again === null || again.hash === again.last.hash;
  await flight(tx, [
    ...ended(contract, NOBODY, now),
    ...(same ? [letGo(contract, contract.engine!)] : held(contract, version, again, now)),
  ]);
  return !same;
}

/** A drift that waits for a person. */
export interface OpenDrift extends Found {
  readonly law: string;
  readonly engineWas: string;
  readonly engineIs: string;
}

/** The drift that holds a contract. */
export async function openDrift(tx: Tx, { tenant, id }: Stored): Promise<OpenDrift | null> {
  const { rows } = await tx.query<OpenDrift>(
    `SELECT seq, as_of AS "asOf", hash_is AS hash, law, engine_was AS "engineWas", engine_is AS "engineIs" FROM drift
     WHERE tenant = $1 AND contract = $2 AND released_at IS NULL ORDER BY found_at DESC LIMIT 1`,
    [tenant, id],
  );
  return rows[0] ?? null;
}

/** Ends what holds a contract, and the case of it. */
export const ended = (contract: Stored, by: string, now: Instant): readonly Statement[] => [
  {
    text: 'UPDATE drift SET released_at = $3, released_by = $4 WHERE tenant = $1 AND contract = $2 AND released_at IS NULL',
    values: [contract.tenant, contract.id, timestamp(now), by],
  },
  closeOwnCase(contract, 'drift'),
];

/** The contract goes on, from what `engine` found. */
export const letGo = ({ tenant, id }: Stored, engine: string): Statement => ({
  text: 'UPDATE contract SET held = false, engine = $3 WHERE tenant = $1 AND id = $2',
  values: [tenant, id, engine],
});

/**
 * What the last advance found is compared under what it knew: without the editions and policies that facts have brought since. A release brings them
 * together with a new engine often enough. Under another calendar there is nothing to be compared.
 */
async function judgeAgain(rec: Rec, tx: Tx, contract: Stored, facts: readonly Fact[]): Promise<Again> {
  const { rows } = await tx.query<Found>(
    `SELECT seq, as_of AS "asOf", hash FROM advance WHERE tenant = $1 AND contract = $2 AND law = $3 AND engine = $4
     ORDER BY seq DESC, as_of DESC LIMIT 1`,
    [contract.tenant, contract.id, contract.law, contract.engine],
  );
  const last = rows[0];
  if (last === undefined) return null;
  const read = facts.slice(0, last.seq);
  const law = rec.laws.lawFor({ ...contract, ...broughtBy(read) });
  if (isRefusal(law) || digestOfLaw(rec.laws.nameOf(law)) !== contract.law) return null;
  const judgement = judgeAt(rec.engine, law, read, last.asOf);
  const hash = hashOfJudgement(judgement, contract.salt, formOf(last.hash));
  const differences =
    hash === last.hash ? [] : await compared(tx, contract, readModelsOf(judgement.outcome), law.offer.zone);
  return { last, hash, differences };
}

function held(contract: Stored, version: string, again: NonNullable<Again>, now: Instant) {
  const { tenant, id, engine, law } = contract;
  const { last, hash, differences } = again;
  const lines = differences.length === 1 ? '1 line differs' : `${differences.length} lines differ`;
  const question = `A new engine judges the past of this contract otherwise (${lines}, as of ${timestamp(last.asOf)}). Does the new view hold? Until it is released nothing is closed, claimed or sent; what opens access goes on.`;
  return [
    {
      text: `INSERT INTO drift (tenant, contract, seq, as_of, engine_is, engine_was, law, hash_was, hash_is, found_at, comparison)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        ...[tenant, id, last.seq, timestamp(last.asOf), version, engine, law, last.hash, hash],
        ...[timestamp(now), canonical(differences)],
      ],
    },
    openOwnCase(contract, 'drift', question, now),
    { text: 'UPDATE contract SET held = true WHERE tenant = $1 AND id = $2', values: [tenant, id] },
  ];
}
