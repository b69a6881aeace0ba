import type { FastifyReply } from 'fastify';
import type { Refusal } from '../rules/law/types.js';
import { titleOf } from './catalogue.js';

/** The one place where codes meet HTTP. What is not named here is a request that was understood and cannot be taken: 422. */
const STATUSES: Readonly<Record<string, number>> = {
  'request.invalid': 400,
  'request.json': 400,
  'request.media_type': 415,
  'request.too_large': 413,
  'request.too_many': 429,
  'route.unknown': 404,
  'auth.required': 401,
  'auth.unknown': 401,
  'auth.forbidden': 403,
  'auth.host': 403,
  'idempotency.key': 400,
  'idempotency.conflict': 409,
  'answer.conflict': 409,
  'contract.unknown': 404,
  'contract.conflict': 409,
  'contract.erased': 410,
  'contract.otherwise': 409,
  'contract.no_test_clock': 409,
  'clock.backward': 409,
  'clock.held': 409,
  'fact.conflict': 409,
  'right.unknown': 404,
  'right.not_open': 409,
  'right.not_yours': 403,
  'effect.unknown': 404,
  'act.unknown': 404,
  'act.settled': 409,
  'offer.unknown': 404,
  'amendment.unknown': 404,
  'amendment.text': 409,
  'amendment.conflict': 409,
  'amendment.done': 409,
  'edition.unknown': 404,
  'edition.cannot_follow': 409,
  'access.unknown_function': 404,
  'record.unavailable': 503,
  'clock.unavailable': 503,
  'server.internal': 500,
};

/** The HTTP status of a code of the catalogue. */
export const statusOf = (code: string): number => (Object.hasOwn(STATUSES, code) ? STATUSES[code] : undefined) ?? 422;

/** RFC 9457, with the catalogue's code and the place in the request. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly where?: string;
}

/** A refusal as a problem document. */
export function problemOf({ code, message, where }: Refusal): Problem {
  const plain = { type: 'about:blank', title: titleOf(code), status: statusOf(code), detail: message, code };
  return where === undefined ? plain : { ...plain, where };
}

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('retry-after', '1');
  // Sent as text, so that no route's own serializer changes it.
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
