import type { Clause } from './types.js';

/** A clause as far as it is compared with those of other editions. */
type Numbered = Pick<Clause, 'ref' | 'kind' | 'was' | 'rules'>;

/**
 * Which clauses of several editions are the same provision: by number of each edition, the name of its provision. That of the first edition
 * is its number. A later clause is the provision that it says it `was` (or that says it was this one, where a contract goes back to an earlier
 * text); else that of its number, when the two are of one kind and start by the same. The nearest edition is asked first. A number that is used for
 * something else is another provision, and what waited for the old one does not wait for the new.
 */
export function provisionsOf(editions: readonly (readonly Numbered[])[]): readonly ReadonlyMap<string, string>[] {
  const found: Map<string, string>[] = [];
  const taken = new Set<string>();
  for (const [position, clauses] of editions.entries()) {
    const names = new Map<string, string>();
    const used = new Set<string>();
    const claim = (clause: Numbered, earlier: number, fits: (there: Numbered) => boolean): void => {
      if (names.has(clause.ref)) return;
      const there = editions[earlier]?.find(fits);
      const name = there === undefined ? undefined : found[earlier]?.get(there.ref);
      if (name === undefined || used.has(name)) return;
      used.add(name);
      names.set(clause.ref, name);
    };
    for (let earlier = position - 1; earlier >= 0; earlier--) {
      for (const clause of clauses)
        for (const was of clause.was)
          claim(clause, earlier, (there) => there.ref === was && there.kind === clause.kind);
      for (const clause of clauses)
        claim(clause, earlier, (there) => there.was.includes(clause.ref) && alike(there, clause));
      for (const clause of clauses)
        if (clause.was.length === 0)
          claim(clause, earlier, (there) => there.ref === clause.ref && alike(there, clause));
    }
    for (const { ref } of clauses) if (!names.has(ref)) names.set(ref, taken.has(ref) ? `${ref}@${position}` : ref);
    for (const name of names.values()) taken.add(name);
    found.push(names);
  }
  return found;
}

/** Of one kind, and started by something in common; without rules, of one kind. */
function alike(one: Numbered, other: Numbered): boolean {
  if (one.kind !== other.kind) return false;
  if (one.rules.length === 0 || other.rules.length === 0) return one.rules.length === other.rules.length;
  const starts = new Set(one.rules.flatMap((rule) => rule.on.map((event) => event.topic.key)));
  return other.rules.some((rule) => rule.on.some((event) => starts.has(event.topic.key)));
}
