import { listCrashPoints, runUntilCrash, type Crash } from '../../support/crash.js';
import { createDatabase } from '../../support/database.js';

const PROGRAM = new URL('../../../dist/test/integration/record/crash-program.js', import.meta.url).pathname;

/** Where a life is ended: a crash point, at its n-th passing. */
export interface Place {
  readonly name: string;
  readonly nth: number;
}

/** Lives of a contract in processes of their own, all in one database, each of a tenant of its own. */
export interface Lives {
  /** The crash points that an undisturbed life passes, repetitions included. */
  readonly points: readonly string[];
  /** What the record holds after an undisturbed life. */
  readonly undisturbed: unknown;
  /** Ends a life at each place, begins it again, and answers what then differs from an undisturbed one. */
  endAt(places: readonly Place[]): Promise<readonly unknown[]>;
  drop(): Promise<void>;
}

/** Makes the database and lives once undisturbed. */
export async function lives(): Promise<Lives> {
  const database = await createDatabase();
  const run = (tenant: string, point = 'none', nth = 1): Promise<Crash> =>
    runUntilCrash(point, { script: PROGRAM, args: [database.appUrl, tenant] }, nth);
  const points = await listCrashPoints({ script: PROGRAM, args: [database.appUrl, 'listed'] });
  const undisturbed = (await run('undisturbed')).stdout;
  return {
    points,
    undisturbed: JSON.parse(undisturbed),
    drop: () => database.drop(),
    async endAt(places) {
      const wrong: unknown[] = [];
      const next = places.values();
      const hand = async (): Promise<void> => {
        for (const { name, nth } of next) {
          const first = await run(`${name} ${nth}`, name, nth);
          const second = await run(`${name} ${nth}`);
          if (!first.crashed || second.stdout !== undisturbed) wrong.push({ name, nth, first, second });
        }
      };
      await Promise.all([hand(), hand()]); // two at a time: a small machine has two cores
      return wrong;
    },
  };
}
