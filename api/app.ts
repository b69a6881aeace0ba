import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import sensible from '@fastify/sensible';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { AREAS } from './areas/index.js';
import type { App } from './areas/area.js';
import { answerErrors, refuseBadUrl, refuseUnstorable } from './errors.js';
import { guard } from './guard.js';
import { health } from './health.js';
import { makeOnce } from './once.js';
import { OPENAPI } from './openapi.js';
import type { Parts } from './ports.js';

/** Builds the application; it listens nowhere. The tree: `/v1` with its areas, and what is public beside it. */
export async function buildApp(parts: Parts): Promise<App> {
  const app: App = Fastify({
    bodyLimit: parts.bodyLimit ?? 5 * 1024 * 1024,
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: refuseBadUrl,
    ...(parts.logger === undefined || parts.logger === false ? { logger: false } : { loggerInstance: parts.logger }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  app.removeContentTypeParser('text/plain');
  answerErrors(app);
  refuseUnstorable(app);

  await app.register(sensible);
  await app.register(helmet, { contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } });
  await app.register(rateLimit, { max: parts.requestsPerMinute ?? 60_000, timeWindow: '1 minute' });
  await app.register(swagger, OPENAPI);
  await app.register(swaggerUi, { routePrefix: '/docs' });

  health(app, parts);
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  const tools = { ...parts, once: makeOnce(parts.record) };
  for (const area of AREAS) {
    await app.register(
      async (branch: App) => {
        guard(branch, parts.identities, area.roles);
        area.routes(branch, tools);
      },
      { prefix: '/v1' },
    );
  }
  return app;
}
