import { adoption, contractPath, policyAdoption } from '../forms.js';
import { unknownContract } from './deciding.js';
import type { App, Area, Tools } from './area.js';

/** Which text of its offer a contract is under, and which policy decides on the operator's rights. */
export const adopting: Area = {
  roles: ['legal-ops', 'admin'],
  routes(app, tools) {
    edition(app, tools);
    policy(app, tools);
  },
};

function edition(app: App, { record, once }: Tools): void {
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
      const { edition: named, from, reason } = request.body;
      const done = await record.adoptEdition(tenant, id, {
        by: role,
        reasons: reason,
        ...(named === undefined ? {} : { edition: named }),
        ...(from === undefined ? {} : { from }),
      });
      if (!done.ok) return done.refusal;
      const { adopted, fact, repeated } = done.value;
      const recordedAt = record.zoneOf(contract).format(fact.recordedAt);
      return { status: repeated ? 200 : 201, body: { edition: adopted, fact: { ...fact, recordedAt } } };
    }),
  );
}

function policy(app: App, { record, once }: Tools): void {
  const schema = {
    summary: "Lets another policy decide on the operator's rights that open from now on",
    params: contractPath,
    body: policyAdoption,
  };
  app.post('/contracts/:id/policies', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const { tenant, role } = request.identity;
      const { id } = request.params;
      const contract = await record.getContract(tenant, id);
      if (contract === null) return unknownContract;
      const { policy: named, reason } = request.body;
      const done = await record.adoptPolicy(tenant, id, { policy: named, by: role, reasons: reason });
      if (!done.ok) return done.refusal;
      const { adopted, fact, repeated } = done.value;
      const recordedAt = record.zoneOf(contract).format(fact.recordedAt);
      return { status: repeated ? 200 : 201, body: { policy: adopted, fact: { ...fact, recordedAt } } };
    }),
  );
}
