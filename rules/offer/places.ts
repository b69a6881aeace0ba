import { groupBy } from './group.js';
import type { EventSpec, Rule } from './types.js';

/** What a rule makes: runs are counted, and told apart, among rules of one shape. */
const shapeOf = (rule: Rule): string =>
  rule.holder !== null ? 'right' : rule.within === null ? 'at once' : rule.recurring ? 'recurring' : 'clock';

const textOf = (events: readonly EventSpec[]): string =>
  JSON.stringify(events.map(({ topic, whenSource, subject }) => [topic.key, whenSource, subject]).sort());

/** How alike two rules of one shape are, the most alike first: wholly, but for their terms, but for what meets them. */
const LIKENESS: readonly ((rule: Rule) => string)[] = [
  (rule) => JSON.stringify([LIKENESS[1]?.(rule), rule.withinText, rule.debtor, rule.holder, rule.does]),
  (rule) => JSON.stringify([LIKENESS[2]?.(rule), textOf(rule.met)]),
  (rule) => JSON.stringify([textOf(rule.on), rule.whenSource]),
];

/** A place, and the rule that stood there last. */
interface Place {
  readonly number: number;
  rule: Rule;
}

/**
 * A number for each rule of several editions. Rules of the same provision and shape have the same number when they are alike, the most alike first; and
 * where one of a shape is left on each side, that one. An invoice has one run of its payment term, whichever text it opened under; of two duties of
 * which one is dropped the other goes on.
 */
export function placesOf(editions: readonly (readonly Rule[])[]): readonly (readonly number[])[] {
  const known = new Map<string, Place[]>();
  let next = 0;
  return editions.map((rules) => {
    const found = new Map<Rule, number>();
    for (const [name, own] of groupBy(rules, (rule) => `${rule.provision} ${shapeOf(rule)}`)) {
      const places = known.get(name) ?? [];
      const free = new Set(places);
      const left = new Set(own);
      const match = (rule: Rule, place: Place | undefined): void => {
        if (place === undefined) return;
        found.set(rule, place.number);
        place.rule = rule;
        free.delete(place);
        left.delete(rule);
      };
      for (const like of LIKENESS)
        for (const rule of [...left])
          match(
            rule,
            [...free].find((place) => like(place.rule) === like(rule)),
          );
      if (left.size === 1 && free.size === 1) match([...left][0] as Rule, [...free][0]);
      for (const rule of left) {
        places.push({ number: next, rule });
        found.set(rule, next++);
      }
      known.set(name, places);
    }
    return rules.map((rule) => found.get(rule) as number);
  });
}
