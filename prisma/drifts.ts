import type { Instant } from '../rules/law/types.js';
import type { Difference } from './comparison.js';
import type { Rec } from './record.js';
import { snapshot } from './transact.js';

/** Where a new engine judged the past of a contract otherwise: same record, same law, same instant. */
export interface Drift {
  /** The sequence that both read, and the instant that both judged. */
  readonly seq: number;
  readonly asOf: Instant;
  readonly engineWas: string;
  readonly engineIs: string;
  readonly law: string;
  readonly foundAt: Instant;
  readonly releasedAt: Instant | null;
  readonly releasedBy: string | null;
  /** None after an erasure, which takes the comparison away. */
  readonly differences: readonly Difference[];
}

/** The drifts of a contract, the newest first; of one that is not there, none. */
export function listDrifts(rec: Rec, tenant: string, id: string): Promise<readonly Drift[]> {
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Omit<Drift, 'differences'> & { readonly comparison: string | null }>(
      `SELECT seq, as_of AS "asOf", engine_was AS "engineWas", engine_is AS "engineIs", law, found_at AS "foundAt",
         released_at AS "releasedAt", released_by AS "releasedBy", comparison
       FROM drift WHERE tenant = $1 AND contract = $2 ORDER BY found_at DESC, seq DESC`,
      [tenant, id],
    );
    return rows.map(({ comparison, ...drift }) => ({
      ...drift,
      differences: comparison === null ? [] : linesOf(JSON.parse(comparison) as Comparison),
    }));
  });
}

/** Lines; by table where a worker of the version before wrote them, beside one of this version. */
type Comparison = readonly Difference[] | Readonly<Record<string, readonly Omit<Difference, 'of'>[]>>;

const isList = (comparison: Comparison): comparison is readonly Difference[] => Array.isArray(comparison);

function linesOf(comparison: Comparison): readonly Difference[] {
  if (isList(comparison)) return comparison;
  return Object.entries(comparison).flatMap(([of, lines]) => lines.map((line) => ({ of, ...line })));
}
