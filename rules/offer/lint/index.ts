import type { CompiledOffer } from '../types.js';
import { clocks } from './clocks.js';
import { columnsThatDiffer } from './columns.js';
import { conditions } from './conditions.js';
import { conflicts } from './conflicts.js';
import type { Finding } from './finding.js';
import { order } from './order.js';
import { reachOf } from './reachable.js';
import { references } from './references.js';
import { settle } from './settle.js';

export { LINT_CODES, type Finding, type LintCode, type Severity } from './finding.js';

/**
 * What a lawyer should see before an offer is published: where its text contradicts itself, points at nothing, or cannot work.
 * Each finding is true of the document or the file as it is recorded; a reading that settles it stands beside it and silences it.
 * In the order of the document; findings about the whole offer first.
 */
export function lintOffer(offer: CompiledOffer): readonly Finding[] {
  const reach = reachOf(offer);
  const raw = [
    ...references(offer),
    ...columnsThatDiffer(offer),
    ...conflicts(offer),
    ...clocks(offer, reach),
    ...conditions(offer, reach),
    ...order(offer),
  ];
  const position = new Map(offer.clauses.map((clause, index) => [clause.ref, index]));
  const placeOf = (finding: Finding): number => position.get(finding.clauses[0] ?? '') ?? -1;
  return settle(offer, raw).toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** True when nothing stops publication: every conflict has its reading. */
export const publishable = (findings: readonly Finding[]): boolean =>
  !findings.some((finding) => finding.severity === 'error' && !finding.silenced);
