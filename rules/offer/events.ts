import type { Consequence, EventSpec, Rule } from './types.js';

/** Where a rule looks at what happens. */
export type Place = 'on' | 'met' | 'cancel' | 'expires' | 'until';

const untilOf = (one: Consequence): readonly EventSpec[] =>
  one.do === 'restrict' || one.do === 'suspend' || one.do === 'ask' ? one.until : [];

/** All that a rule waits for, with the place where it stands. */
export function eventsOf(rule: Rule): readonly { readonly event: EventSpec; readonly place: Place }[] {
  const placed = (events: readonly EventSpec[], place: Place) => events.map((event) => ({ event, place }));
  return [
    ...placed(rule.on, 'on'),
    ...placed(rule.met, 'met'),
    ...placed(rule.cancel, 'cancel'),
    ...placed(rule.expires, 'expires'),
    ...placed([...rule.then, ...rule.fulfilled].flatMap(untilOf), 'until'),
  ];
}
