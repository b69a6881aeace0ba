import { eventKey } from './happening.js';
import type { Consequence, EventSpec, Rule } from './types.js';

const reachesWorld = (one: Consequence): boolean => {
  switch (one.do) {
    case 'restrict':
    case 'fine':
    case 'penalty':
    case 'message':
    case 'end':
    case 'suspend':
    case 'apply':
    case 'consent':
    case 'keep':
      return true;
    case 'presume':
    case 'conclude':
    case 'refuse amendment':
    case 'ask':
      return false;
  }
};

/** Marks the rules whose clocks can come to reach the world, directly or through what they start: only these decide when to wake. */
export function markEffectful(rules: readonly Rule[]): readonly Rule[] {
  const effectful = rules.map((rule) => [...rule.then, ...rule.fulfilled].some(reachesWorld) || rule.holder !== null);
  const startedBy = (rule: Rule): readonly string[] => [
    `lapse:${rule.clause}`,
    `met:${rule.clause}`,
    `use:${rule.clause}`,
    `opening:${rule.clause}`,
  ];
  for (let changed = true; changed;) {
    changed = false;
    for (const [position, rule] of rules.entries()) {
      if (effectful[position]) continue;
      const keys = startedBy(rule);
      const starts = rules.some(
        (other, index) => effectful[index] && other.on.some((event) => keys.includes(eventKey(event.what) ?? '')),
      );
      if (starts) changed = effectful[position] = true;
    }
  }
  return rules.map((rule, position) => ({ ...rule, effectful: effectful[position] as boolean }));
}

const untilOf = (one: Consequence): readonly EventSpec[] =>
  one.do === 'restrict' || one.do === 'suspend' ? one.until : [];

/** Gives each rule the keys of its own events that some rule listens to, so that the others are never made known. */
export function markHeard(rules: readonly Rule[]): readonly Rule[] {
  const heard = new Set<string>();
  for (const rule of rules)
    for (const event of [
      ...rule.on,
      ...rule.met,
      ...rule.cancel,
      ...rule.expires,
      ...[...rule.then, ...rule.fulfilled].flatMap(untilOf),
    ])
      heard.add(eventKey(event.what) ?? '');
  const say = (key: string): string | null => (heard.has(key) ? key : null);
  return rules.map((rule) => ({
    ...rule,
    says: {
      lapse: say(`lapse:${rule.clause}`),
      met: say(`met:${rule.clause}`),
      opening: say(`opening:${rule.clause}`),
      use: say(`use:${rule.clause}`),
    },
  }));
}
