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
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        await expectLivesAsSimulated(path, it).catch((error: unknown) =>
          wrong.push(`${path}: ${String(error).slice(0, 2_000)}`),
        );
      }
    }),
  );
  expect(wrong).toEqual([]);
});
