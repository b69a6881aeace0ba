import { expect, test } from 'vitest';
import { killAtPoints } from './crash-scene.js';

test('a worker killed between any two steps of its own: nothing is lost, nothing is twice, numbers have no gaps', async () => {
  const points = await killAtPoints((point) => /^(activity|relay)\./.test(point));
  expect(points).toEqual(
    expect.arrayContaining([
      'activity.unclaimed',
      'activity.claimed',
      'activity.sent',
      'activity.settled',
      'activity.advanced',
      'relay.taken',
      'relay.delivered',
    ]),
  );
}, 300_000);
