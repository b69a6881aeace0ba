import { adoption, contractPath } from '../forms.js';
import { unknownContract } from './deciding.js';
import type { Area } from './area.js';

/** Which text of its offer a contract is under. */
export const adopting: Area = {
  roles: ['legal-ops', 'admin'],
  routes(app, { record, once }) {
    const schema = {
      summary: 'Lets a contract come under an edition of its offer: now, or from an earlier instant on',
      params: contractPath,
      body: adoption,
    };
    app.post('/contracts/:id/editions', { schema }, (request, reply) =>
      once(request, reply, async () => {
        const { tenant, role } = request.identity;
        const { id } = request.params;
        const contract = await record.getContract(tenant, id);
        if (contract === null) return unknownContract;
        const { edition, from, reason } = request.body;
        const adopted = await record.adoptEdition(tenant, id, {
          by: role,
          reasons: reason,
          ...(edition === undefined ? {} : { edition }),
          ...(from === undefined ? {} : { from }),
        });
        if (!adopted.ok) return adopted.refusal;
        const { fact, repeated, ...rest } = adopted.value;
        const recordedAt = record.zoneOf(contract).format(fact.recordedAt);
        return { status: repeated ? 200 : 201, body: { ...rest, fact: { ...fact, recordedAt } } };
      }),
    );
  },
};
