import { createHash } from 'node:crypto';
import { isRefusal } from '../../rules/law/refusal.js';
import type { Refusal } from '../../rules/law/types.js';
import { firstIssue } from '../../rules/facts/issue.js';
import { refuseFact } from '../../rules/facts/refusal.js';
import type { FactInput } from '../../rules/facts/fact.js';
import type { NewContract } from '../../prisma/index.js';
import type { Identity } from '../identity.js';
import { refuse } from '../refusal.js';
import { contractPath, factInput, factsBody, newContract } from '../forms.js';
import { unknownContract } from './deciding.js';
import type { App, Area, Tools } from './area.js';

/** Contracts are made and facts told by the operator's own systems and people. */
export const recording: Area = {
  roles: ['legal-ops', 'billing', 'operator', 'admin'],
  routes(app, tools) {
    create(app, tools);
    append(app, tools);
  },
};

function create(app: App, { record, once }: Tools): void {
  const schema = { summary: 'Makes a contract', body: newContract };
  app.post('/contracts', { schema }, (request, reply) =>
    once(request, reply, async (key) => {
      const id = key === null ? undefined : idOf(key);
      // Through JSON, because there what is absent is absent and not undefined.
      const contract = JSON.parse(JSON.stringify({ ...request.body, id })) as NewContract;
      const made = await record.createContract(request.identity.tenant, contract);
      if (!made.ok) return made.refusal;
      const found = made.value.repeated && made.value.id !== id;
      return { status: found ? 200 : 201, body: { id: made.value.id } };
    }),
  );
}

function append(app: App, { record, once }: Tools): void {
  const summary = 'Tells one fact or a list of them: all are taken or none';
  app.post('/contracts/:id/facts', { schema: { summary, params: contractPath, body: factsBody } }, (request, reply) =>
    once(request, reply, async () => {
      const { tenant } = request.identity;
      const { id } = request.params;
      const inputs = readInputs(request.body);
      if (isRefusal(inputs)) return inputs;
      if (!mayChangeText(request.identity) && inputs.some(bringsText)) return refuse('auth.forbidden', TEXT);
      const contract = await record.getContract(tenant, id);
      if (contract === null) return unknownContract;
      const added = await record.appendFacts(tenant, id, inputs);
      if (!added.ok) return added.refusal;
      const zone = record.zoneOf(contract);
      const facts = added.value.facts.map((fact) => ({ ...fact, recordedAt: zone.format(fact.recordedAt) }));
      return { status: 200, body: { facts } };
    }),
  );
}

/** Another text of the offer is brought to a contract by whoever may adopt one. */
const bringsText = ({ type, data }: FactInput): boolean =>
  type === 'amendment.published' && (data as { readonly edition?: unknown } | undefined)?.edition !== undefined;
const mayChangeText = ({ role }: Identity): boolean => role === 'legal-ops' || role === 'admin';
const TEXT = 'an amendment that carries an edition is published by legal-ops';

/** One fact or a list of them, as far as they can be told apart without the vocabulary of the offer. */
function readInputs(body: unknown): readonly FactInput[] | Refusal {
  const given: readonly unknown[] = Array.isArray(body) ? body : [body];
  for (const [index, input] of given.entries()) {
    const read = factInput.safeParse(input);
    if (read.success) continue;
    const issue = firstIssue(read.error, factInput);
    return refuseFact('fact.invalid', issue.message, `facts[${index}]${issue.path}`);
  }
  return given as readonly FactInput[];
}

/** The id of a contract that was asked for under a key: asked for again after a crash, it is the same contract. A UUID of version 8, made from a digest. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
