import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectLivesAsSimulated, startLive } from '../integration/clock/as-simulated.js';

const OFFERS = new URL('../../rules/offers/', import.meta.url);
const AT_ONCE = 4;

const scenarios = readdirSync(OFFERS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(new URL(`${name}/scenarios/`, OFFERS)).map((file) => `${name}/${file.replace('.yaml', '')}`),
  );

test('every scenario of every offer lives as it is simulated', async () => {
  const it = await startLive();
  const left = [...scenarios];
  const wrong: string[] = [];
  const untold: string[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        const compared = await expectLivesAsSimulated(path, it).catch(
          (error: unknown) => void wrong.push(`${path}: ${String(error)}`),
        );
        if (compared === false) untold.push(path);
      }
    }),
  );
  expect(wrong).toEqual([]);
  expect(untold.length).toBeLessThan(scenarios.length / 20);
});
