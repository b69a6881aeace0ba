import type { Consequence, Rule } from './types.js';

const reachesWorld = (one: Consequence): boolean => {
  switch (one.do) {
    case 'restrict':
    case 'fine':
    case 'penalty':
    case 'compensate':
    case 'message':
    case 'end':
    case 'suspend':
    case 'apply':
    case 'consent':
    case 'keep':
    case 'ask':
      return true;
    case 'presume':
    case 'conclude':
    case 'refuse amendment':
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
