import type { EffectKind } from '../engine/outcome.js';
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
  const effectful = new Set(
    rules.filter((rule) => [...rule.then, ...rule.fulfilled].some(reachesWorld) || rule.holder !== null),
  );
  const byClause = new Map<string, Rule[]>();
  for (const rule of rules) {
    const same = byClause.get(rule.clause);
    if (same) same.push(rule);
    else byClause.set(rule.clause, [rule]);
  }
  // From each rule back to those of the clauses that start it; what is added on the way is visited too.
  for (const rule of effectful)
    for (const { what } of rule.on)
      if (what.on === 'lapse' || what.on === 'met' || what.on === 'use' || what.on === 'opening')
        for (const before of byClause.get(what.ref) ?? []) effectful.add(before);
  return rules.map((rule) => ({ ...rule, effectful: effectful.has(rule) }));
}

const untilOf = (one: Consequence): readonly EventSpec[] =>
  one.do === 'restrict' || one.do === 'suspend' ? one.until : [];

/** Kinds of the effects that a rule can call for. */
const kindsOf = (rule: Rule): readonly EffectKind[] => [
  ...new Set(
    [...rule.then, ...rule.fulfilled].flatMap((one): EffectKind[] =>
      one.do === 'restrict' ? ['restrict'] : one.do === 'message' ? [one.kind] : [],
    ),
  ),
];

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
      heard.add(event.key);
  const say = (key: string): string | null => (heard.has(key) ? key : null);
  return rules.map((rule) => {
    const says = {
      lapse: say(`lapse:${rule.clause}`),
      met: say(`met:${rule.clause}`),
      opening: say(`opening:${rule.clause}`),
      use: say(`use:${rule.clause}`),
      performance: kindsOf(rule).filter((kind) => heard.has(`performance:${rule.clause}:${kind}`)),
    };
    const silent = rule.holder === null && rule.then.length === 0 && says.lapse === null && says.opening === null;
    return { ...rule, says, quiet: silent && rule.recurring && !rule.pays };
  });
}
