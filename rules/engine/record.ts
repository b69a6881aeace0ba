import { compareFacts } from '../facts/order.js';
import type { Fact } from '../facts/fact.js';
import { compareReceipts } from './acts.js';
import type { View } from './types.js';

/** A decision that what was contested counts as void. */
export interface Overturned {
  readonly clauses: readonly string[] | null;
  readonly subject: string;
  readonly at: number;
}

/** The record as it is seen from one view: the first stratum. */
export interface RecordView {
  /** Facts of the world with `at` ≤ asOf, known, not voided; in the order in which they are judged. */
  readonly facts: readonly Fact[];
  /** Receipts of our own effects, in order. */
  readonly receipts: readonly Fact[];
  readonly overturned: readonly Overturned[];
  /** Editions and policies that were adopted by decision, in order. */
  readonly adoptions: readonly Fact[];
}

/** Ids that count as never having been. A void works by knowledge alone, and may itself be voided. */
function voidedIds(facts: readonly Fact[], knownAt: number): ReadonlySet<string> {
  const voids = facts.filter((fact) => fact.type === 'fact.voided' && fact.recordedAt <= knownAt);
  if (voids.length === 0) return NONE;
  const byTarget = new Map<string, Fact[]>();
  for (const one of voids) {
    const target = String(one.data['fact']);
    const list = byTarget.get(target);
    if (list) list.push(one);
    else byTarget.set(target, [one]);
  }
  const settled = new Map<string, boolean>();
  const isVoided = (id: string, path: ReadonlySet<string>): boolean => {
    const known = settled.get(id);
    if (known !== undefined) return known;
    if (path.has(id)) return false;
    const deeper = new Set(path).add(id);
    const answer = (byTarget.get(id) ?? []).some((one) => !isVoided(one.id, deeper));
    settled.set(id, answer);
    return answer;
  };
  return new Set([...byTarget.keys()].filter((id) => isVoided(id, NONE)));
}

const NONE: ReadonlySet<string> = new Set();

/** From when what was adopted counts. A policy decides from when it is known: a choice that nobody made then cannot be made now. */
export const adoptedAt = (fact: Fact): number =>
  fact.type === 'policy.adopted' ? Math.max(fact.at, fact.recordedAt) : fact.at;

/** Cuts the record to what a view sees: known by `knownAt`, happened by `asOf`, not voided; sorted by time, rank of type and id. */
export function viewRecord(all: readonly Fact[], view: View): RecordView {
  const voided = voidedIds(all, view.knownAt);
  const facts: Fact[] = [];
  const receipts: Fact[] = [];
  const overturned: Overturned[] = [];
  const adoptions: Fact[] = [];
  let sorted = true;
  let sortedReceipts = true;
  for (const fact of all) {
    if (fact.recordedAt > view.knownAt || voided.has(fact.id)) continue;
    if (fact.type === 'review.decided' && fact.data['decision'] === 'overturn')
      overturned.push({
        clauses: (fact.data['clauses'] as string[] | undefined) ?? null,
        subject: fact.subject,
        at: fact.at,
      });
    if (fact.at > view.asOf || fact.type === 'fact.voided') continue;
    if (fact.type === 'edition.adopted' || fact.type === 'policy.adopted') {
      if (adoptedAt(fact) <= view.asOf) adoptions.push(fact);
      continue;
    }
    const list = fact.type.startsWith('effect.') ? receipts : facts;
    const last = list[list.length - 1];
    if (last !== undefined && last.at >= fact.at) {
      if (list === facts) sorted = sorted && compareFacts(last, fact) <= 0;
      else sortedReceipts = sortedReceipts && compareReceipts(last, fact) <= 0;
    }
    list.push(fact);
  }
  if (!sorted) facts.sort(compareFacts);
  if (!sortedReceipts) receipts.sort(compareReceipts);
  if (adoptions.length > 1) adoptions.sort(compareFacts);
  return { facts, receipts, overturned, adoptions };
}
