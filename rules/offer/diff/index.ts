import type { Clause, CompiledOffer, Rule } from '../types.js';
import { CHANGES, type Change, type Favours, type OfferDiff } from './change.js';
import { provisionsOf } from '../provisions.js';
import { header } from './header.js';
import { middleOf } from './middle.js';
import { bareClause, changesOfClause, wholeClause } from './clause.js';

export { CHANGES, type Change, type ChangeCode, type Favours, type OfferDiff } from './change.js';

/**
 * What changes from one edition to another, in legal terms: terms, rights, duties, sanctions, closings, silence. In the order of the new
 * document; what is gone stands where it stood. Two offers of different operators can be compared too: clauses then rarely meet.
 */
export function diffOffers(from: CompiledOffer, to: CompiledOffer): OfferDiff {
  const pairs = pairsOf(from, to);
  const changes = [...header(from, to), ...pairs.flatMap(({ old, now }) => changesOf(from, old, to, now))];
  const favours: Record<Favours, number> = { participant: 0, operator: 0, both: 0, neither: 0, unclear: 0 };
  for (const change of changes) favours[change.favours]++;
  return {
    from: { id: from.id, edition: from.edition },
    to: { id: to.id, edition: to.edition },
    changes,
    favours,
    middle: middleOf(from, changes, pairs.filter(isTornApart)),
  };
}

/** A clause of each edition that people would call the same, and whether contracts that stand take it so. */
interface Pair {
  readonly old: Clause | null;
  readonly now: Clause | null;
  /** The same provision: what runs under the old one goes on in the new. */
  readonly same: boolean;
}

/** What looks the same and is not: its runs would end without being carried on. */
const isTornApart = ({ old, now, same }: Pair): boolean =>
  old !== null && now !== null && !same && old.rules.length > 0;

/** Clauses of one provision, else of the same number; what is left is the same clause under another number when all but the number is equal. */
function pairsOf(from: CompiledOffer, to: CompiledOffer): readonly Pair[] {
  const provisions = provisionsOf([from.clauses, to.clauses])[1] as ReadonlyMap<string, string>;
  const left = new Map(from.clauses.map((clause) => [clause.ref, clause]));
  const take = (ref: string | undefined): Clause | null => {
    const found = ref === undefined ? undefined : left.get(ref);
    if (found !== undefined) left.delete(found.ref);
    return found ?? null;
  };
  const kept = new Map(to.clauses.map((clause) => [clause, take(provisions.get(clause.ref))]));
  const pairs: Pair[] = to.clauses.map((now) => {
    const old = kept.get(now) ?? null;
    return old === null ? { old: take(now.ref), now, same: false } : { old, now, same: true };
  });
  for (const [position, { old, now }] of pairs.entries()) {
    if (old !== null || now === null) continue;
    const renamed = [...left.values()].find((one) => bareClause(from, one) === bareClause(to, now));
    if (renamed !== undefined) pairs[position] = { old: take(renamed.ref), now, same: false };
  }
  for (const clause of left.values())
    pairs.splice(placeOf(from, pairs, clause), 0, { old: clause, now: null, same: false });
  return pairs;
}

/** After the clause that stood before it. */
function placeOf(from: CompiledOffer, pairs: readonly Pair[], clause: Clause): number {
  const before = from.clauses[from.clauses.indexOf(clause) - 1];
  return before === undefined ? 0 : pairs.findIndex((pair) => pair.old === before) + 1;
}

function changesOf(from: CompiledOffer, old: Clause | null, to: CompiledOffer, now: Clause | null): readonly Change[] {
  if (old === null && now !== null) return wholeClause(to, now, 'new');
  if (now === null && old !== null) return wholeClause(from, old, 'gone');
  if (old === null || now === null) return [];
  const others = changesOfClause(from, old, to, now);
  const renamed: readonly Change[] =
    old.ref === now.ref
      ? []
      : [
          {
            code: 'clause-renamed',
            what: CHANGES['clause-renamed'],
            from: old.ref,
            to: now.ref,
            title: now.title,
            says: `${old.ref} is now ${now.ref}${others.length === 0 ? '; nothing else has changed in it' : ''}`,
            favours: 'neither',
            running: hasClock(old.rules),
          },
        ];
  return [...renamed, ...others];
}

const hasClock = (rules: readonly Rule[]): boolean => rules.some((rule) => rule.within !== null);
