import { z } from 'zod';
import { contractPath, instant } from '../forms.js';
import { unknownContract } from './deciding.js';
import type { Area } from './area.js';

/** The clocks of test-clock contracts. */
export const moving: Area = {
  roles: ['legal-ops', 'operator', 'admin'],
  routes(app, { record, clock, once }) {
    const schema = {
      summary: 'Moves a test clock; answers when it is there',
      params: contractPath,
      body: z.strictObject({ to: instant }),
    };
    app.post('/contracts/:id/clock', { schema }, (request, reply) =>
      once(request, reply, async (attempt) => {
        const { tenant } = request.identity;
        const { id } = request.params;
        const { to } = request.body;
        const contract = await record.getContract(tenant, id);
        if (contract === null) return unknownContract;
        const zone = record.zoneOf(contract);
        if (contract.testClock === null) {
          return {
            code: 'contract.no_test_clock',
            message: 'only a contract that was made with a test clock can be moved',
          };
        }
        if (to < contract.testClock) {
          return {
            code: 'clock.backward',
            message: `the clock stands at ${zone.format(contract.testClock)} and moves forward only`,
            where: 'to',
          };
        }
        const moved = await clock.move(tenant, id, to, attempt);
        if (!moved.ok) return moved.refusal;
        return { status: 200, body: { ...moved.value, asOf: zone.format(moved.value.asOf) } };
      }),
    );
  },
};
