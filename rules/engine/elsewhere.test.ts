import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { outcomesOf } from '../../test/lives/judge-elsewhere.js';

/** `npm test` has built this before it runs the tests. */
const PROGRAM = fileURLToPath(new URL('../../dist/test/lives/elsewhere.js', import.meta.url));
const seed = Number(process.env['MERZIM_SEED'] ?? Date.now() % 1_000_000);
const numRuns = Math.min(Number(process.env['MERZIM_RUNS'] ?? 100), 500);
const here = outcomesOf(seed, numRuns);

it.each(['Pacific/Kiritimati', 'America/Los_Angeles'])(
  `judging in another process in the zone %s gives the same bytes (seed ${seed})`,
  (zone) => {
    const there = execFileSync(process.execPath, [PROGRAM, String(seed), String(numRuns)], {
      env: { ...process.env, TZ: zone, LANG: 'kk_KZ.UTF-8' },
      maxBuffer: 1 << 29,
      encoding: 'utf8',
    });
    expect(there === here).toBe(true);
    expect(there.length).toBeGreaterThan(100_000);
  },
);
