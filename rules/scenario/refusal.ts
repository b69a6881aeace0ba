import type { Refusal } from '../law/types.js';

/** The scenarios' part of the one catalogue of errors. */
export const SCENARIO_REFUSALS = {
  'scenario.too_large': 'The scenario is longer than two million characters.',
  'scenario.yaml':
    'The scenario is not YAML: one document, without aliases, with no key twice, nested 100 levels at most.',
  'scenario.form': 'The scenario is not of the form that the public contract describes.',
  'scenario.unknown_part':
    'A check names something that no outcome has, or that checks never name (`next`, `wakeAt`, keys).',
  'scenario.policy': 'A fact names a policy that is not at hand.',
  'scenario.edition': 'A fact or a check names an edition that is not one of the scenario’s `editions`.',
} as const;

export type ScenarioCode = keyof typeof SCENARIO_REFUSALS;

/** A refusal from the catalogue; `where` is file and line, then the path into the scenario. */
export function refuseScenario(code: ScenarioCode, message: string, where: string): Refusal {
  return { code, message: `${where}: ${message}`, where };
}
