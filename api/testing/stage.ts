import { onTestFinished } from 'vitest';
import type { App } from '../areas/area.js';
import { buildApp } from '../app.js';
import { readIdentities, ROLES, type Identities, type Role } from '../identity.js';
import type { Progress } from '../../workflows/messages.js';
import type { ApiClock, NamedChange, Parts } from '../ports.js';
import { simulatorHere } from '../simulator.js';
import { memoryRecord, type MemoryRecord } from './memory-record.js';

/** The application on a record in memory, and a clock that goes where it is told. */
export async function stage(
  parts: Partial<Parts> = {},
): Promise<{ readonly app: App; readonly record: MemoryRecord; readonly moves: string[] }> {
  const record = memoryRecord();
  const moves: string[] = [];
  const changes = new Map<string, Progress>();
  const keyOf = ({ tenant, offer, name }: NamedChange): string => `${tenant} ${offer} ${name}`;
  const clock: ApiClock = {
    move: async (_tenant, id, to, key) => {
      moves.push(`${id} ${key ?? ''}`);
      return { ok: true, value: { asOf: to, seq: 0, state: 'active' } };
    },
    amend: async (amending, pace) => {
      if (changes.has(keyOf(amending))) return null;
      const begun = { amending, state: 'under way' as const, after: null, told: 0, refused: 0, refusals: [], ...pace };
      changes.set(keyOf(amending), begun);
      return begun;
    },
    amendment: async (named) => changes.get(keyOf(named)) ?? null,
    pace: async (named, wish) => {
      const there = changes.get(keyOf(named));
      if (there === undefined || there.state === 'done') return false;
      changes.set(keyOf(named), { ...there, ...wish });
      return true;
    },
    ping: async () => undefined,
  };
  const app = await buildApp({
    record,
    clock,
    identities: readIdentities(undefined) as Identities,
    simulator: simulatorHere,
    ...parts,
  });
  onTestFinished(() => app.close());
  return { app, record, moves };
}

/** A token for each role, all of tenant `operator-1`; the participant's sees contract `c1`. */
export const tokenOf = (role: Role): string => `token-of-${role}-0123456789`;

/** The tokens of all roles, as MERZIM_TOKENS has them. */
export const allRoles = (): Identities =>
  readIdentities(
    JSON.stringify(
      ROLES.map((role) => ({
        token: tokenOf(role),
        tenant: 'operator-1',
        role,
        ...(role === 'participant' ? { contract: 'c1' } : {}),
      })),
    ),
  ) as Identities;
