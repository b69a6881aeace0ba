import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../rules/law/types.js';
import type { ApiRecord } from './ports.js';
import { sendProblem } from './problem.js';
import { refuse } from './refusal.js';

/** What a POST answers: a refusal, or a status and a document. */
export type Answered = Refusal | { readonly status: number; readonly body: unknown };

/** What a POST does. `key` names the attempt: the same for every repetition of the same request. */
export type Work = (key: string | null) => Promise<Answered>;

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/**
 * Does a POST once for each Idempotency-Key of a tenant and route. The same key and body again get the first answer
 * again (`idempotency-replayed: true`), also while the first is still being worked on: they wait for it. Another body
 * is a conflict. Refusals changed nothing and are not kept, so that what was refused can be tried again.
 */
export function makeOnce(
  record: ApiRecord,
): (request: FastifyRequest, reply: FastifyReply, work: Work) => Promise<FastifyReply> {
  const underWay = new Map<string, Promise<Answered>>();

  return async function once(request, reply, work) {
    const given = request.headers['idempotency-key'];
    if (given === undefined) return send(reply, await work(null));
    if (typeof given !== 'string' || !KEY.test(given)) return sendProblem(reply, refuse('idempotency.key'));
    const { tenant } = request.identity;
    const path = request.url.split('?')[0] ?? '';
    const key = `${request.method} ${path} ${given}`;
    const name = `${tenant} ${key}`;
    // The one before may be of another body: what is kept decides, once it is there.
    for (let other = underWay.get(name); other !== undefined; other = underWay.get(name))
      await other.catch(() => undefined);
    const mine = first(tenant, key, request.body, () => work(`${tenant} ${key}`), reply);
    underWay.set(name, mine);
    try {
      return send(reply, await mine);
    } finally {
      underWay.delete(name);
    }
  };

  async function first(
    tenant: string,
    key: string,
    body: unknown,
    work: () => Promise<Answered>,
    reply: FastifyReply,
  ): Promise<Answered> {
    const before = await record.answerOf(tenant, key, body ?? null);
    if (!before.ok) return before.refusal.code === 'answer.conflict' ? refuse('idempotency.conflict') : before.refusal;
    if (before.value !== null) {
      void reply.header('idempotency-replayed', 'true');
      return { status: before.value.status, body: JSON.parse(before.value.body) as unknown };
    }
    const answered = await work();
    if ('status' in answered) {
      const kept = { status: answered.status, body: JSON.stringify(answered.body) };
      await record.keepAnswer(tenant, key, body ?? null, kept);
    }
    return answered;
  }
}

function send(reply: FastifyReply, answered: Answered): FastifyReply {
  if (!('status' in answered)) return sendProblem(reply, answered);
  return reply.code(answered.status).send(answered.body);
}
