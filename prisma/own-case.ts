import type { CaseView } from '../rules/engine/outcome.js';
import type { Instant, Zone } from '../rules/law/types.js';
import type { Statement } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import { OWN_CASE } from './read-models.js';
import type { Tx } from './transact.js';

/** What the record itself puts to a person about a contract. */
export type OwnCase = 'wave' | 'drift';

/** Who ends what is held when there is nothing left to hold. It is no release. */
export const NOBODY = 'merzim';

type Named = Pick<Stored, 'tenant' | 'id'>;

/** Opens such a case, or asks anew in the one that is open. */
export function openOwnCase({ tenant, id }: Named, about: OwnCase, question: string, now: Instant): Statement {
  return {
    text: `INSERT INTO open_case (tenant, contract, key, digest, clause, subject, question, opened_at)
      VALUES ($1, $2, $3, '', NULL, 'contract', $4, $5)
      ON CONFLICT (tenant, contract, key) DO UPDATE SET question = excluded.question`,
    values: [tenant, id, `${OWN_CASE}${about}`, question, timestamp(now)],
  };
}

/** Closes it. */
export function closeOwnCase({ tenant, id }: Named, about: OwnCase): Statement {
  return {
    text: 'DELETE FROM open_case WHERE tenant = $1 AND contract = $2 AND key = $3',
    values: [tenant, id, `${OWN_CASE}${about}`],
  };
}

/** Those that are open. */
export async function ownCases(tx: Tx, { tenant, id }: Named, zone: Zone): Promise<readonly CaseView[]> {
  const { rows } = await tx.query<Omit<CaseView, 'openedAt'> & { readonly openedAt: Instant }>(
    `SELECT key, clause, subject, question, opened_at AS "openedAt" FROM open_case
     WHERE tenant = $1 AND contract = $2 AND key LIKE '${OWN_CASE}%' ORDER BY key`,
    [tenant, id],
  );
  return rows.map((row) => ({ ...row, openedAt: zone.format(row.openedAt) }));
}
