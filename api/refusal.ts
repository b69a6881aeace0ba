import type { Refusal } from '../rules/law/types.js';

/** The HTTP interface's part of the one catalogue of errors. */
export const API_REFUSALS = {
  'request.invalid': 'The request is not of the form that the route describes.',
  'request.json': 'The body is not JSON.',
  'request.media_type': 'The body must be application/json.',
  'request.too_large': 'The body is larger than this server reads.',
  'request.too_many': 'There were too many requests in too short a time.',
  'route.unknown': 'There is no such route.',
  'auth.required': 'The request needs a bearer token.',
  'auth.unknown': 'Nobody has this bearer token.',
  'auth.forbidden': 'The role of this token may not do this.',
  'auth.host': 'A server without tokens answers on its own machine only, under a name of that machine.',
  'auth.no_tokens': 'Without MERZIM_TOKENS the server listens on loopback only.',
  'auth.tokens': 'MERZIM_TOKENS is not a list of { token, tenant, role, contract? }.',
  'idempotency.key': 'An Idempotency-Key has 1 to 200 printable characters.',
  'idempotency.conflict': 'This Idempotency-Key came with another request before.',
  'record.unavailable': 'The record cannot be reached right now; nothing was written. Try again.',
  'clock.unavailable': 'The clock cannot be reached right now. Try again.',
  'clock.held': 'The contract is held for a person to look at; its clock stands still.',
  'access.unknown_function': 'The offer has no function of this name.',
  'right.unknown': 'The contract has no right of this key now.',
  'right.not_open': 'The right has been used, declined or has expired; there is nothing to decide.',
  'right.not_yours': 'The right belongs to the other party.',
  'effect.unknown': 'The contract has no effect of this key at this view.',
  'simulation.too_long': 'The simulation takes longer than this server simulates for anybody.',
  'server.internal': 'The server made a mistake; it is in its log.',
} as const;

/** A code of the HTTP interface. */
export type ApiCode = keyof typeof API_REFUSALS;

/** A refusal from the catalogue, with its own sentence where there is more to say. */
export function refuse(code: ApiCode, message: string = API_REFUSALS[code], where?: string): Refusal {
  return where === undefined ? { code, message } : { code, message, where };
}
