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

const reaches = (rule: Rule): boolean => rule.holder !== null || [...rule.then, ...rule.fulfilled].some(reachesWorld);

/**
 * Which provisions start others that come to reach the world, or do so themselves, while the text of these rules is in force: a lapse of theirs
 * is worth waking for.
 */
export function reachingProvisions(rules: readonly Rule[]): ReadonlySet<string> {
  const byProvision = new Map<string, Rule[]>();
  for (const rule of rules) {
    const same = byProvision.get(rule.provision);
    if (same) same.push(rule);
    else byProvision.set(rule.provision, [rule]);
  }
  const reaching = new Set<string>();
  const visit = (rule: Rule): void => {
    for (const { what } of rule.on) {
      if (what.on !== 'lapse' && what.on !== 'met' && what.on !== 'use' && what.on !== 'opening') continue;
      if (reaching.has(what.ref)) continue;
      reaching.add(what.ref);
      for (const before of byProvision.get(what.ref) ?? []) visit(before);
    }
  };
  for (const rule of rules) if (reaches(rule)) visit(rule);
  return reaching;
}

/** Whether a clock of this rule can come to reach the world while a text is in force under which these provisions lead there. */
export const isEffectful = (rule: Rule, reaching: ReadonlySet<string>): boolean =>
  reaches(rule) || reaching.has(rule.provision);
