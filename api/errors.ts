import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unstorable } from '../rules/facts/text.js';
import { isTransient } from '../prisma/index.js';
import type { Refusal } from '../rules/law/types.js';
import type { App } from './areas/area.js';
import { isClockAway } from './clock.js';
import { drain } from './drain.js';
import { sendProblem } from './problem.js';
import { refuse } from './refusal.js';

/** Turns everything that is thrown into a problem document. What nobody foresaw is logged and says nothing of itself. */
export function answerErrors(app: App): void {
  app.setNotFoundHandler((request, reply) => {
    return sendProblem(reply, refuse('route.unknown', `there is no ${request.method} ${request.url.split('?')[0]}`));
  });
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'server.internal' || refusal.code.endsWith('.unavailable')) request.log.error(error);
    // The rest of a body that is too large is thrown away; the connection is not used again.
    if (refusal.code === 'request.too_large') {
      await drain(request.raw);
      void reply.header('connection', 'close');
    }
    return sendProblem(reply, refusal);
  });
}

/** Text that cannot be kept (NUL, halves of surrogate pairs) is refused wherever it stands, before anything reads it. */
export function refuseUnstorable(app: App): void {
  app.addHook('preValidation', async (request, reply) => {
    for (const part of ['params', 'query', 'body'] as const) {
      const wrong = unstorable(request[part]);
      if (wrong === null) continue;
      const where = part === 'body' ? wrong.path.replace(/^\./, '') : `${part}${wrong.path}`;
      return sendProblem(reply, refuse('request.invalid', `${where || 'the body'}: ${wrong.message}`, where || part));
    }
    return undefined;
  });
}

/** Errors from before there is a route: a path that is no URL. */
export function refuseBadUrl(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(reply, refuse('request.invalid', error.message, 'url'));
}

const BY_FASTIFY: Readonly<Record<string, () => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => refuse('request.too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => refuse('request.media_type'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => refuse('request.json'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => refuse('request.json', 'the body is empty'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => refuse('request.json', 'the body is not as long as the request says'),
};

function refusalOf(error: unknown): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const place = first === undefined ? '' : first.instancePath.slice(1).replaceAll('/', '.');
    const part = error.validationContext ?? 'request';
    const where = place === '' ? part : part === 'body' ? place : `${part}.${place}`;
    return refuse('request.invalid', `${where}: ${first?.message ?? error.message}`, where);
  }
  const { code, statusCode } = (error ?? {}) as { readonly code?: string; readonly statusCode?: number };
  const known = code === undefined ? undefined : BY_FASTIFY[code];
  if (known !== undefined) return known();
  if (statusCode === 429) return refuse('request.too_many');
  if (error instanceof SyntaxError && statusCode === 400) return refuse('request.json', error.message);
  if (isClockAway(error)) return refuse('clock.unavailable');
  if (isTransient(error) || isAway(code)) return refuse('record.unavailable');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return refuse('request.invalid', (error as Error).message);
  return refuse('server.internal');
}

/** Ways in which a database is away that trying again for a second does not cure. */
const isAway = (code: string | undefined): boolean =>
  code === 'ENOTFOUND' || code === 'EHOSTUNREACH' || code === 'EAI_AGAIN';
