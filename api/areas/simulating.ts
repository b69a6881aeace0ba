import { z } from 'zod';
import { lawFor } from '../../compose/library.js';
import { simulate } from '../../rules/engine/index.js';
import { isRefusal } from '../../rules/law/refusal.js';
import { readScenario } from '../../rules/scenario/read.js';
import { lastView, loadScenario, type ScenarioRules } from '../../rules/scenario/run.js';
import { instant, shippedName } from '../forms.js';
import { refuse } from '../refusal.js';
import type { Answered } from '../once.js';
import type { Area } from './area.js';

const body = z
  .looseObject({
    offer: shippedName,
    policy: shippedName.optional(),
    asOf: instant.optional(),
    knownAt: instant.optional(),
  })
  .describe('a scenario, and the view to show: by default of its last check, else of what became known last');

const rules: ScenarioRules = { simulate, lawFor };

/** What would be: nothing is written, and nothing is known of any contract. */
export const simulating: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'admin'],
  routes(app, { once }) {
    app.post('/simulations', { schema: { summary: 'The outcome of a scenario', body } }, (request, reply) =>
      once(request, reply, async () => Promise.resolve(answerTo(request.body))),
    );
  },
};

function answerTo({ asOf, knownAt, ...written }: z.infer<typeof body>): Answered {
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
