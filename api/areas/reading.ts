import { z } from 'zod';
import { explain, sayProof } from '../../rules/engine/index.js';
import { contractPath, queryInstant, view } from '../forms.js';
import { sendProblem } from '../problem.js';
import { refuse } from '../refusal.js';
import type { App, Area, Tools } from './area.js';

/** How one contract stands, and why: everybody, and a participant for its own contract. */
export const reading: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'participant', 'admin'],
  routes(app, tools) {
    outcome(app, tools);
    access(app, tools);
    why(app, tools);
  },
};

function outcome(app: App, { record }: Tools): void {
  const schema = { summary: 'The outcome', params: contractPath, querystring: z.strictObject(view) };
  app.get('/contracts/:id', { schema }, async (request, reply) => {
    const judged = await record.outcomeOf(request.identity.tenant, request.params.id, named(request.query));
    return judged.ok ? reply.send(judged.value.outcome) : sendProblem(reply, judged.refusal);
  });
}

function access(app: App, { record }: Tools): void {
  const querystring = z.strictObject({ function: z.string().optional(), asOf: queryInstant.optional() });
  const schema = { summary: 'Whether a function is open now', params: contractPath, querystring };
  app.get('/contracts/:id/access', { schema }, async (request, reply) => {
    const { function: name, asOf } = request.query;
    const judged = await record.outcomeOf(request.identity.tenant, request.params.id, named({ asOf }));
    if (!judged.ok) return sendProblem(reply, judged.refusal);
    const { outcome: seen, seq } = judged.value;
    const moment = { seq, asOf: seen.asOf, validUntil: seen.next };
    void reply.header('cache-control', 'no-store');
    if (name === undefined) return reply.send({ access: seen.access, ...moment });
    const found = Object.hasOwn(seen.access, name) ? seen.access[name] : undefined;
    if (found !== undefined) return reply.send({ open: found.open, causes: found.causes, ...moment });
    const known = Object.keys(seen.access).join(', ');
    return sendProblem(
      reply,
      refuse('access.unknown_function', `there is no function "${name}"; there are ${known}`, 'function'),
    );
  });
}

function why(app: App, { record }: Tools): void {
  const params = contractPath.extend({ key: z.string() });
  const querystring = z.strictObject({ ...view, lang: z.enum(['kk', 'ru', 'en']).default('en') });
  const schema = { summary: 'The proof of an effect, a right or a presumption', params, querystring };
  app.get('/contracts/:id/effects/:key/why', { schema }, async (request, reply) => {
    const { lang, ...asked } = request.query;
    const judged = await record.outcomeOf(request.identity.tenant, request.params.id, named(asked));
    if (!judged.ok) return sendProblem(reply, judged.refusal);
    const { law, facts, asOf } = judged.value;
    const { key } = request.params;
    const proof = explain(law, facts, { asOf, knownAt: asked.knownAt ?? asOf }, key);
    if (proof === null)
      return sendProblem(
        reply,
        refuse('effect.unknown', `there is no effect ${key} at ${law.offer.zone.format(asOf)}`),
      );
    return reply.send({ ...proof, language: lang, sentences: sayProof(proof, lang) });
  });
}

/** Only what is named: a view without an instant is the present. */
export function named({ asOf, knownAt }: { asOf?: number | undefined; knownAt?: number | undefined }) {
  return { ...(asOf === undefined ? {} : { asOf }), ...(knownAt === undefined ? {} : { knownAt }) };
}
