import type { AccessView } from '../rules/engine/outcome.js';
import type { Judgement } from '../rules/engine/types.js';
import { accessChange, readAccess } from './access.js';
import { actChanges, workAt, type OpenAct } from './acts.js';
import { flight } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import type { Rec } from './record.js';
import type { Tx } from './transact.js';
import type { WorkItem } from './types.js';

type Access = Readonly<Record<string, AccessView>>;

/**
 * What goes on while a drift holds a contract: what opens access again, and nothing else. Nobody stays shut out because two engines differ
 * about the past, and nobody is shut out, billed or written to by a view that no person has released. What policy would choose is not written.
 */
export async function openOnly(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  judgement: Judgement,
  open: readonly OpenAct[],
  now: number,
): Promise<{ readonly contract: Stored; readonly work: readonly WorkItem[] }> {
  const { tenant, id } = contract;
  const lifts = rec.engine.reconcile(judgement).filter(opens);
  const standing = await readAccess(tx, tenant, id);
  const access = opened(standing?.functions ?? {}, judgement.outcome.access);
  const after: Stored = { ...contract, wakeAt: judgement.wakeAt, wakeClause: judgement.wakeClause };
  const answers = await flight(tx, [
    ...actChanges(contract, open.filter(opens), lifts),
    accessChange(contract, contract.head, contract.asOf!, access),
    {
      text: `UPDATE contract SET advanced = head, as_of = $3, wake_at = $4, wake_clause = $5,
        access_version = (SELECT max(version) FROM access_state WHERE tenant = $1 AND contract = $2)
        WHERE tenant = $1 AND id = $2 RETURNING advanced, access_version AS "accessVersion"`,
      values: [tenant, id, timestamp(contract.asOf), timestamp(after.wakeAt), after.wakeClause],
    },
    workAt(contract, now, 'lift'),
  ]);
  const [stored, work] = answers.slice(-2);
  return {
    contract: { ...after, ...(stored!.rows[0] as Pick<Stored, 'advanced' | 'accessVersion'>) },
    work: work!.rows as WorkItem[],
  };
}

/** Whether an act lets somebody in again. */
export const opens = ({ sends }: { readonly sends: string }): boolean => sends === 'lift';

/** What stood, with every function open that is open now. */
export function opened(standing: Access, now: Access): Access {
  return Object.fromEntries(
    Object.entries(now).map(([name, view]) => [name, view.open ? view : (standing[name] ?? OPEN)] as const),
  );
}

const OPEN: AccessView = { open: true, causes: [] };
