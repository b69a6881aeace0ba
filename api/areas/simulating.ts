import { z } from 'zod';
import { instant, shippedName } from '../forms.js';
import type { Area } from './area.js';

const view = { asOf: instant.optional(), knownAt: instant.optional() };
const named = z.record(z.string(), shippedName);
const scenario = z.looseObject({
  offer: shippedName,
  policy: shippedName.optional(),
  editions: named.optional(),
  policies: named.optional(),
  ...view,
});
/** A scenario itself, or under its name: both are what somebody may well send. */
const body = z
  .union([z.strictObject({ scenario, ...view }), scenario])
  .describe('a scenario, and the view to show: by default of its last check, else of what became known last');

/** What would be: nothing is written, and nothing is known of any contract. */
export const simulating: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'admin'],
  routes(app, { simulator, once }) {
    app.post('/simulations', { schema: { summary: 'The outcome of a scenario', body } }, (request, reply) =>
      once(request, reply, () => {
        const { asOf, knownAt, ...written } = request.body;
        const told = 'scenario' in written ? (written.scenario as Readonly<Record<string, unknown>>) : written;
        return simulator.run({ scenario: told, asOf, knownAt });
      }),
    );
  },
};
