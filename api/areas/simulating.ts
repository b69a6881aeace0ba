import { z } from 'zod';
import { instant, shippedName } from '../forms.js';
import type { Area } from './area.js';

const view = { asOf: instant.optional(), knownAt: instant.optional() };
const body = z
  .looseObject({ offer: shippedName, policy: shippedName.optional(), ...view })
  .describe('a scenario, and the view to show: by default of its last check, else of what became known last');

/** What would be: nothing is written, and nothing is known of any contract. */
export const simulating: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'admin'],
  routes(app, { simulator, once }) {
    app.post('/simulations', { schema: { summary: 'The outcome of a scenario', body } }, (request, reply) =>
      once(request, reply, () => {
        const { asOf, knownAt, ...scenario } = request.body;
        return simulator.run({ scenario, asOf, knownAt });
      }),
    );
  },
};
