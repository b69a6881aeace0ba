import { onTestFinished } from 'vitest';
import type { App } from '../areas/area.js';
import { buildApp } from '../app.js';
import { readIdentities, ROLES, type Identities, type Role } from '../identity.js';
import type { ApiClock, Parts } from '../ports.js';
import { simulatorHere } from '../simulator.js';
import { memoryRecord, type MemoryRecord } from './memory-record.js';

/** The application on a record in memory, and a clock that goes where it is told. */
export async function stage(
  parts: Partial<Parts> = {},
): Promise<{ readonly app: App; readonly record: MemoryRecord; readonly moves: string[] }> {
  const record = memoryRecord();
  const moves: string[] = [];
  const clock: ApiClock = {
    move: async (_tenant, id, to, key) => {
      moves.push(`${id} ${key ?? ''}`);
      return { ok: true, value: { asOf: to, seq: 0, state: 'active' } };
    },
    pokeAmendment: async ({ name }) => void moves.push(`amendment ${name}`),
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
