import { Readable } from 'node:stream';
import { z } from 'zod';
import { contractPath, defined, page } from '../forms.js';
import { sendProblem } from '../problem.js';
import { contractView, factView } from '../views.js';
import { unknownContract } from './deciding.js';
import type { App, Area, Tools } from './area.js';

/** The contracts of a tenant and their journals. */
export const auditing: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'admin'],
  routes(app, tools) {
    contracts(app, tools);
    facts(app, tools);
    journal(app, tools);
    drifts(app, tools);
  },
};

/** Sequences are 32-bit integers in the database. */
const MAX_SEQ = 2_147_483_647;

function contracts(app: App, { record }: Tools): void {
  const querystring = z.strictObject({
    offer: z.string().optional(),
    state: z.enum(['offered', 'active', 'suspended', 'ended']).optional(),
    externalId: z.string().optional(),
    after: z.string().optional(),
    ...page,
  });
  app.get('/contracts', { schema: { summary: 'A page of contracts', querystring } }, async (request, reply) => {
    const { offer, state, externalId, after, limit } = request.query;
    const filter = { limit: limit + 1, ...defined({ offer, state, externalId, after }) };
    const found = await record.listContracts(request.identity.tenant, filter);
    const shown = found.slice(0, limit);
    return reply.send({
      contracts: shown.map((contract) => contractView(contract, record.zoneOf(contract))),
      next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
    });
  });
}

function facts(app: App, { record }: Tools): void {
  const querystring = z.strictObject({ after: z.coerce.number().int().min(0).max(MAX_SEQ).optional(), ...page });
  const schema = { summary: 'A page of the journal', params: contractPath, querystring };
  app.get('/contracts/:id/facts', { schema }, async (request, reply) => {
    const { tenant } = request.identity;
    const { after, limit } = request.query;
    const contract = await record.getContract(tenant, request.params.id);
    const rows = await record.listFacts(tenant, request.params.id, { limit: limit + 1, ...defined({ after }) });
    if (contract === null || rows === null) return sendProblem(reply, unknownContract);
    const zone = record.zoneOf(contract);
    const shown = rows.slice(0, limit);
    return reply.send({
      facts: shown.map((row) => factView(row, zone)),
      next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    });
  });
}

function journal(app: App, { record }: Tools): void {
  const schema = { summary: 'The journal as JSON Lines, to be verified offline', params: contractPath };
  app.get('/contracts/:id/journal', { schema }, async (request, reply) => {
    const { tenant } = request.identity;
    const { id } = request.params;
    if ((await record.getContract(tenant, id)) === null) return sendProblem(reply, unknownContract);
    const lines = Readable.from(record.exportJournal(tenant, id));
    return reply.type('application/x-ndjson; charset=utf-8').serializer(String).send(lines);
  });
}

function drifts(app: App, { record }: Tools): void {
  const schema = { summary: 'Where a new engine judged the past otherwise, and in what', params: contractPath };
  app.get('/contracts/:id/drifts', { schema }, async (request, reply) => {
    const { tenant } = request.identity;
    const { id } = request.params;
    const contract = await record.getContract(tenant, id);
    if (contract === null) return sendProblem(reply, unknownContract);
    const { format } = record.zoneOf(contract);
    const shown = (await record.listDrifts(tenant, id)).map((one) => ({
      ...one,
      asOf: format(one.asOf),
      foundAt: format(one.foundAt),
      releasedAt: one.releasedAt === null ? null : format(one.releasedAt),
    }));
    return reply.send({ drifts: shown });
  });
}
