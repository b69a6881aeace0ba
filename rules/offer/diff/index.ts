import type { Clause, CompiledOffer, Rule } from '../types.js';
import { CHANGES, type Change, type Favours, type OfferDiff } from './change.js';
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
    middle: middleOf(from, changes),
  };
}

interface Pair {
  readonly old: Clause | null;
  readonly now: Clause | null;
}

/** Clauses of the same number; what is left is the same clause under another number when all but the number is equal. */
function pairsOf(from: CompiledOffer, to: CompiledOffer): readonly Pair[] {
  const old = new Map(from.clauses.map((clause) => [clause.ref, clause]));
  const now = new Set(to.clauses.map((clause) => clause.ref));
  const gone = from.clauses.filter((clause) => !now.has(clause.ref));
  const moved = new Set<Clause>();
  const pairs: Pair[] = to.clauses.map((clause) => {
    const same = old.get(clause.ref);
    if (same) return { old: same, now: clause };
    const renamed = gone.find((one) => !moved.has(one) && bareClause(from, one) === bareClause(to, clause));
    if (renamed) moved.add(renamed);
    return { old: renamed ?? null, now: clause };
  });
  for (const clause of gone)
    if (!moved.has(clause)) pairs.splice(placeOf(from, pairs, clause), 0, { old: clause, now: null });
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
            says: `${old.ref} is now ${now.ref}; nothing else has changed in it`,
            favours: 'neither',
            running: hasClock(old.rules),
          },
        ];
  return [...renamed, ...changesOfClause(from, old, to, now)];
}

const hasClock = (rules: readonly Rule[]): boolean => rules.some((rule) => rule.within !== null);
