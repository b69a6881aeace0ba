import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Role } from '../identity.js';
import type { Parts } from '../ports.js';
import type { makeOnce } from '../once.js';

/** The application, with its requests typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes of an area work with. */
export type Tools = Parts & { readonly once: ReturnType<typeof makeOnce> };

/** A part of the tree of routes: who may come in, and what is there. */
export interface Area {
  readonly roles: readonly Role[];
  routes(app: App, tools: Tools): void;
}
