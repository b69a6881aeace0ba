import type { Rule } from './types.js';

/** What a rule makes: runs are counted, and told apart, among rules of one shape. */
const shapeOf = (rule: Rule): string =>
  rule.holder !== null ? 'right' : rule.within === null ? 'at once' : rule.recurring ? 'recurring' : 'clock';

const startsBy = (rule: Rule): string =>
  rule.on
    .map((event) => event.topic.key)
    .sort()
    .join(' ');

/**
 * A number for each rule of several editions. Rules of the same provision have the same number when they are of one shape and start by the
 * same, else when they stand in the same order among those of that shape: an invoice has one run of its payment term, whichever text it opened under.
 */
export function placesOf(editions: readonly (readonly Rule[])[]): readonly (readonly number[])[] {
  const known = new Map<string, { readonly place: number; starts: string }[]>();
  let next = 0;
  return editions.map((rules) => {
    const places = new Map<Rule, number>();
    const free = new Map([...known].map(([name, list]) => [name, [...list]]));
    const match = (fits: (starts: string, rule: Rule) => boolean): void => {
      for (const rule of rules) {
        const list = free.get(nameOf(rule)) ?? [];
        const index = places.has(rule) ? -1 : list.findIndex(({ starts }) => fits(starts, rule));
        if (index < 0) continue;
        const [found] = list.splice(index, 1) as [{ readonly place: number; starts: string }];
        found.starts = startsBy(rule);
        places.set(rule, found.place);
      }
    };
    match((starts, rule) => starts === startsBy(rule));
    match(() => true);
    return rules.map((rule) => {
      const there = places.get(rule);
      if (there !== undefined) return there;
      const list = known.get(nameOf(rule));
      const made = { place: next++, starts: startsBy(rule) };
      if (list) list.push(made);
      else known.set(nameOf(rule), [made]);
      return made.place;
    });
  });
}

const nameOf = (rule: Rule): string => `${rule.provision} ${shapeOf(rule)}`;
