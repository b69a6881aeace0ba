import type { Adopted, Result } from '../../prisma/index.js';
import type { Identity } from '../identity.js';
import { adoption, contractPath, defined, policyAdoption } from '../forms.js';
import type { Answered } from '../once.js';
import type { ApiRecord } from '../ports.js';
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
    once(request, reply, () => {
      const { identity, params, body } = request;
      const { edition: named, from, reason } = body;
      return adopt(record, identity, params.id, 'edition', () =>
        record.adoptEdition(identity.tenant, params.id, {
          by: identity.role,
          reasons: reason,
          ...defined({ edition: named, from }),
        }),
      );
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
    once(request, reply, () => {
      const { identity, params, body } = request;
      const { policy: named, reason } = body;
      return adopt(record, identity, params.id, 'policy', () =>
        record.adoptPolicy(identity.tenant, params.id, { policy: named, by: identity.role, reasons: reason }),
      );
    }),
  );
}

/** Answers with what a contract has adopted, and with the fact that says so. */
async function adopt(
  record: ApiRecord,
  { tenant }: Identity,
  id: string,
  what: 'edition' | 'policy',
  work: () => Promise<Result<Adopted>>,
): Promise<Answered> {
  const contract = await record.getContract(tenant, id);
  if (contract === null) return unknownContract;
  const done = await work();
  if (!done.ok) return done.refusal;
  const { adopted, fact, repeated } = done.value;
  const recordedAt = record.zoneOf(contract).format(fact.recordedAt);
  return { status: repeated ? 200 : 201, body: { [what]: adopted, fact: { ...fact, recordedAt } } };
}
