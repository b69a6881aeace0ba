import type { Fact } from '../facts/fact.js';
import { isRefusal } from '../law/refusal.js';
import type { Refusal } from '../law/types.js';
import type { Policy } from '../policy/types.js';
import { refuseScenario } from './refusal.js';
import type { ScenarioRules } from './run.js';
import type { Scenario } from './scenario.js';

/** The policies that facts of a scenario bring, and those facts with the policy's own id in place of the scenario's name for it. */
export function loadPolicies(
  { file, policies: files }: Scenario,
  facts: readonly Fact[],
  rules: ScenarioRules,
): { readonly policies: readonly Policy[]; readonly facts: readonly Fact[] } | Refusal {
  const policies: Policy[] = [];
  const told: Fact[] = [];
  for (const fact of facts) {
    if (fact.type !== 'policy.adopted') {
      told.push(fact);
      continue;
    }
    const name = String(fact.data['policy']);
    const at = Object.hasOwn(files, name) ? (files[name] as string) : name;
    const policy =
      rules.policyAt?.(at) ?? refuseScenario('scenario.policy', 'no other policies are at hand here', file);
    if (isRefusal(policy)) return { ...policy, where: `${fact.id}.data.policy` };
    policies.push(policy);
    told.push({ ...fact, data: { ...fact.data, policy: policy.id } });
  }
  return { policies, facts: told };
}
