import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ANSWERS, problem } from './answers.js';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;

/** What answers otherwise than with 200 when it makes something. */
const MADE: Readonly<Record<string, number>> = {
  'POST /v1/contracts': 201,
  'POST /v1/contracts/:id/editions': 201,
  'POST /v1/contracts/:id/policies': 201,
  'POST /v1/offers/:offer/amendments': 202,
};

const ONCE = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      description: 'the same key is the same request, and gets the first answer again',
    },
  },
};

/** The OpenAPI page: what requests must be like comes from their schemas, what is answered from the table of answers. */
export const OPENAPI: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Merzim', description: 'Runs public offers: every clause is a clock.', version: '1' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    security: [{ bearer: [] }],
  },
  transform: ((given) => {
    const { schema, url } = jsonSchemaTransform(given);
    const method = String(given.route.method);
    const route = `${method} ${given.url}`;
    const answer = ANSWERS[route];
    if (answer === undefined) return { schema, url };
    const done = { description: 'Done', content: contentOf(given.url, answer) };
    const refused = { description: 'Refused', content: { 'application/problem+json': { schema: plain(problem) } } };
    const roles = given.route.config?.roles ?? [];
    const response = { [MADE[route] ?? 200]: done, default: refused };
    const headers = method === 'POST' ? { headers: ONCE } : {};
    return { schema: { ...schema, ...headers, 'x-roles': roles, response }, url };
  }) satisfies Transform,
};

const contentOf = (url: string, answer: z.ZodType) => ({
  [url.endsWith('/journal') ? 'application/x-ndjson' : 'application/json']: { schema: plain(answer) },
});

/** As JSON Schema, without the words that OpenAPI says once for all. */
function plain(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}
