import type { Clause, Rule } from './types.js';

/** A clause as far as it is compared with those of other editions. */
type Numbered = Pick<Clause, 'ref' | 'kind' | 'was' | 'rules'>;

/**
 * Which clauses of several editions are the same provision: by number of each edition, the name of its provision. That of the first edition
 * is its number. A later clause is the provision that it says it `was`, else the one of its number, when the two are alike; a number that is
 * used for something else is another provision, and what waited for the old one does not wait for the new.
 */
export function provisionsOf(editions: readonly (readonly Numbered[])[]): readonly ReadonlyMap<string, string>[] {
  const found: Map<string, string>[] = [];
  const taken = new Set<string>();
  for (const [position, clauses] of editions.entries()) {
    const names = new Map<string, string>();
    const before = (clause: Numbered, ref: string): string | undefined => {
      for (let earlier = position - 1; earlier >= 0; earlier--) {
        const there = editions[earlier]?.find((one) => one.ref === ref);
        if (there !== undefined) return alike(there, clause) ? found[earlier]?.get(ref) : undefined;
      }
      return undefined;
    };
    for (const clause of clauses) if (clause.was !== null) claim(names, clause.ref, before(clause, clause.was));
    for (const clause of clauses) if (!names.has(clause.ref)) claim(names, clause.ref, before(clause, clause.ref));
    for (const { ref } of clauses) if (!names.has(ref)) names.set(ref, taken.has(ref) ? `${ref}@${position}` : ref);
    for (const name of names.values()) taken.add(name);
    found.push(names);
  }
  return found;
}

/** Of two clauses that would be the same provision the first one is. */
function claim(names: Map<string, string>, ref: string, name: string | undefined): void {
  if (name !== undefined && ![...names.values()].includes(name)) names.set(ref, name);
}

/** Of one kind, and with something that starts them, or somebody who is bound or entitled, in common. */
function alike(one: Numbered, other: Numbered): boolean {
  if (one.kind !== other.kind) return false;
  if (one.rules.length === 0 || other.rules.length === 0) return true;
  const common = (of: (rule: Rule) => readonly unknown[]): boolean => {
    const had = new Set(one.rules.flatMap(of));
    return other.rules.flatMap(of).some((each) => had.has(each));
  };
  return (
    common((rule) => rule.on.map((event) => event.topic.key)) ||
    common((rule) => [rule.debtor, rule.holder].filter((who) => who !== null))
  );
}
