import { groupBy } from './group.js';
import type { Consequence, Happening, Rule } from './types.js';

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

const reaches = (rule: Rule): boolean => rule.holder !== null || [...rule.then, ...rule.fulfilled].some(reachesWorld);

/** Which provisions lead to these rules: those that `leads` says of one, those that it says of the rules of these, and so on. */
function provisionsBehind(
  rules: readonly Rule[],
  ends: readonly Rule[],
  leads: (rule: Rule, event: Happening) => string | null,
): ReadonlySet<string> {
  const byProvision = groupBy(rules, ({ provision }) => provision);
  const found = new Set<string>();
  const visit = (rule: Rule): void => {
    for (const { what } of rule.on) {
      const ref = leads(rule, what);
      if (ref === null || found.has(ref)) continue;
      found.add(ref);
      for (const before of byProvision.get(ref) ?? []) visit(before);
    }
  };
  for (const rule of ends) visit(rule);
  return found;
}

/**
 * Which provisions start others that come to reach the world, or do so themselves, while the text of these rules is in force: a lapse of theirs
 * is worth waking for.
 */
export const reachingProvisions = (rules: readonly Rule[]): ReadonlySet<string> =>
  provisionsBehind(rules, rules.filter(reaches), (_rule, what) =>
    what.on === 'lapse' || what.on === 'met' || what.on === 'use' || what.on === 'opening' ? what.ref : null,
  );

/** Whether a clock of this rule can come to reach the world while a text is in force under which these provisions lead there. */
export const isEffectful = (rule: Rule, reaching: ReadonlySet<string>): boolean =>
  reaches(rule) || reaching.has(rule.provision);

/** Rules whose lapse applies an amendment: at once, or through others that their lapse starts with no time between. */
export function applying(rules: readonly Rule[]): ReadonlySet<Rule> {
  const ends = rules.filter((rule) => rule.then.some((one) => one.do === 'apply'));
  const before = provisionsBehind(rules, ends, (rule, what) =>
    rule.within === null && what.on === 'lapse' ? what.ref : null,
  );
  return new Set([...ends, ...rules.filter(({ provision }) => before.has(provision))]);
}
