import { lawFor, loadOffer, loadPolicy } from '../compose/library.js';
import { simulate } from '../rules/engine/index.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Instant } from '../rules/law/types.js';
import { readScenario } from '../rules/scenario/read.js';
import { lastView, loadScenario, type ScenarioRules } from '../rules/scenario/run.js';
import type { Answered } from './once.js';
import { refuse } from './refusal.js';

/** A scenario as a request tells it, and the view to show: by default of its last check, else of what became known last. */
export interface SimulationRequest {
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly asOf?: Instant | undefined;
  readonly knownAt?: Instant | undefined;
}

const rules: ScenarioRules = { simulate, lawFor, editionAt: loadOffer, policyAt: loadPolicy };

/** The outcome of a scenario. Takes as long as the life that it tells. */
export function answerSimulation({ scenario: written, asOf, knownAt }: SimulationRequest): Answered {
  const scenario = readScenario(JSON.stringify({ title: 'simulation', ...written }), 'scenario');
  if (isRefusal(scenario)) return scenario;
  const loaded = loadScenario(scenario, rules);
  if (isRefusal(loaded)) return loaded;
  const last = lastView(loaded);
  const at = asOf ?? last?.asOf;
  if (at === undefined)
    return refuse('request.invalid', 'the scenario has neither checks nor facts: give asOf', 'asOf');
  const known = knownAt ?? (asOf === undefined ? (last?.knownAt ?? at) : at);
  const { outcome } = simulate(loaded.law, loaded.facts, { asOf: at, knownAt: known }, scenario.performance);
  return { status: 200, body: outcome };
}
