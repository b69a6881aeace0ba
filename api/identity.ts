import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Refusal } from '../rules/law/types.js';
import { refuse } from './refusal.js';

/** Who may come in. What each may do stands at the areas of the tree of routes. */
export const ROLES = ['legal-ops', 'billing', 'auditor', 'operator', 'participant', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** On whose behalf a request comes. */
export interface Identity {
  readonly tenant: string;
  readonly role: Role;
  /** The one contract that a participant's token sees. */
  readonly contract?: string;
}

/** Those who may come in. */
export interface Identities {
  /** No tokens: everybody on this machine is the admin of the one default tenant. */
  readonly open: boolean;
  /** Whose token this is; null when nobody's. Takes the same time for every token. */
  find(token: string): Identity | null;
}

const name = z.string().min(1).max(100);
const entry = z
  .strictObject({ token: z.string().min(16), tenant: name, role: z.enum(ROLES), contract: name.optional() })
  .refine(({ role, contract }) => (role === 'participant') === (contract !== undefined), {
    error: 'a participant names its contract, and nobody else does',
  });

/** Whoever comes to a server without tokens. */
export const EVERYBODY: Identity = { tenant: 'default', role: 'admin' };

/**
 * Reads MERZIM_TOKENS: a JSON list of `{ token, tenant, role, contract? }`, or `file:` and the path of a file that holds
 * one. A token has at least 16 characters. Absent or empty: no tokens.
 */
export function readIdentities(setting: string | undefined): Identities | Refusal {
  if (setting === undefined || setting.trim() === '') return { open: true, find: () => null };
  const wrong = (why: string): Refusal => refuse('auth.tokens', `MERZIM_TOKENS cannot be used: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(setting.startsWith('file:') ? readFileSync(setting.slice(5), 'utf8') : setting);
  } catch (error) {
    // The text of the error may quote the tokens themselves.
    return wrong((error as NodeJS.ErrnoException).code ?? 'it is not JSON');
  }
  const parsed = z.array(entry).min(1).safeParse(value);
  if (!parsed.success)
    return wrong(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const known = parsed.data.map(({ token, tenant, role, contract }) => {
    return { digest: digestOf(token), identity: { tenant, role, ...(contract === undefined ? {} : { contract }) } };
  });
  if (new Set(parsed.data.map(({ token }) => token)).size < known.length) return wrong('one token stands in it twice');
  return { open: false, find: (token) => search(known, digestOf(token)) };
}

interface Known {
  readonly digest: Buffer;
  readonly identity: Identity;
}

/** Looks at every token, whether or not one was found before. */
function search(known: readonly Known[], digest: Buffer): Identity | null {
  let found: Identity | null = null;
  for (const each of known) if (timingSafeEqual(each.digest, digest)) found = each.identity;
  return found;
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** Who may come in where a server would listen: without tokens on loopback only, because then everybody may do everything. */
export function identitiesAt(host: string, setting: string | undefined): Identities | Refusal {
  const identities = readIdentities(setting);
  if ('code' in identities || !identities.open || isLoopback(host)) return identities;
  const how = 'set MERZIM_TOKENS, or HOST to 127.0.0.1';
  return refuse('auth.no_tokens', `without MERZIM_TOKENS the server listens on loopback only, not on ${host}: ${how}`);
}
