import { randomUUID } from 'node:crypto';
import type { Refusal } from '../rules/law/types.js';
import type { Io } from './io.js';

/** A call of the HTTP interface. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Query; what is undefined is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** The same key is the same request; by default every call is a new one. */
  readonly idempotencyKey?: string;
}

/** Calls the server at MERZIM_URL, as whom MERZIM_TOKEN says. Every "no", its own and the server's, is a refusal. */
export async function call<T>(io: Io, request: Call): Promise<{ readonly value: T } | Refusal> {
  const response = await send(io, request);
  if (!(response instanceof Response)) return response;
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { value: body as T };
  return problemOf(response.status, body);
}

/** The same for an answer of lines that may be long. */
export async function callText(io: Io, request: Call): Promise<{ readonly value: string } | Refusal> {
  const response = await send(io, request);
  if (!(response instanceof Response)) return response;
  if (response.ok) return { value: await response.text() };
  return problemOf(response.status, await response.json().catch(() => null));
}

/** A path whose parts are encoded: `/v1/contracts/{id}`. */
export const pathOf = (...parts: readonly string[]): string => `/v1/${parts.map(encodeURIComponent).join('/')}`;

async function send(io: Io, { method, path, query = {}, body, idempotencyKey }: Call): Promise<Response | Refusal> {
  const base = io.env['MERZIM_URL'] ?? 'http://127.0.0.1:3000';
  const token = io.env['MERZIM_TOKEN'];
  const named = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token !== undefined && token !== '') headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = idempotencyKey ?? randomUUID();
  try {
    const search = named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
    const url = `${base.replace(/\/+$/, '')}${path}${search}`;
    return await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; message?: string } };
    const why = cause?.code ?? cause?.message ?? (error as Error).message;
    return {
      code: 'server.unreachable',
      message: `no server answers at ${base} (${why}); start one, or set MERZIM_URL`,
    };
  }
}

function problemOf(status: number, body: unknown): Refusal {
  const { code, detail, title } = (body ?? {}) as { code?: string; detail?: string; title?: string };
  if (code !== undefined) return { code, message: detail ?? title ?? code };
  return { code: 'server.unexpected', message: `the server answered ${status} without a problem document` };
}
