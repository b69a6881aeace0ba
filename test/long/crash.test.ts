import { expect, test } from 'vitest';
import { killAtPoints } from '../integration/clock/crash-scene.js';

test('a worker killed before and after every commit and every step: nothing is lost, nothing is twice, numbers have no gaps', async () => {
  const points = await killAtPoints(() => true);
  expect(points).toEqual(
    expect.arrayContaining([
      'claim.before-commit',
      'claim.after-commit',
      'settle.before-commit',
      'settle.after-commit',
    ]),
  );
});
