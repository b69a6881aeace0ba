import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EVERYBODY, isLoopback, type Identities, type Identity, type Role } from './identity.js';
import { sendProblem } from './problem.js';
import { refuse } from './refusal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticate` for every route that is not public. */
    identity: Identity;
  }
  interface FastifyContextConfig {
    /** The roles of the area that the route stands in. */
    roles?: readonly Role[];
  }
}

/**
 * Every request below needs a token of a role that the area allows; a participant sees its own contract only, and of
 * others not even that they exist. Roles and routes are one table: `config.roles` of each route says the same.
 */
export function guard(area: FastifyInstance, identities: Identities, roles: readonly Role[]): void {
  area.addHook('onRoute', (route) => {
    route.config = { ...route.config, roles };
  });
  area.decorateRequest('identity');
  area.addHook('onRequest', async (request, reply) => {
    const found = identify(request, identities);
    if ('code' in found) return sendProblem(reply, found);
    request.identity = found;
    if (!roles.includes(found.role)) {
      return sendProblem(
        reply,
        refuse('auth.forbidden', `the role ${found.role} may not do this; ${roles.join(', ')} may`),
      );
    }
    const { id } = request.params as { readonly id?: string };
    if (found.role === 'participant' && id !== undefined && id !== found.contract) {
      return sendProblem(reply, { code: 'contract.unknown', message: 'No contract of this tenant has this id.' });
    }
    return undefined;
  });
}

function identify(request: FastifyRequest, identities: Identities) {
  if (identities.open) {
    // A page in a browser on this machine may reach it under any name that resolves to loopback.
    const host = request.host.replace(/:\d+$/, '');
    return isLoopback(host)
      ? EVERYBODY
      : refuse('auth.host', `this server does not answer as ${host}; set MERZIM_TOKENS`);
  }
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) return refuse('auth.required');
  return identities.find(bearer) ?? refuse('auth.unknown');
}
