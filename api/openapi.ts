import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ANSWERS, problem } from './answers.js';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>;

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
    const answer = ANSWERS[`${method} ${given.url}`];
    if (answer === undefined) return { schema, url };
    const status = given.url === '/v1/contracts' && method === 'POST' ? 201 : 200;
    const done = { description: 'Done', content: contentOf(given.url, answer) };
    const refused = { description: 'Refused', content: { 'application/problem+json': { schema: plain(problem) } } };
    const roles = given.route.config?.roles ?? [];
    return { schema: { ...schema, 'x-roles': roles, response: { [status]: done, default: refused } }, url };
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
