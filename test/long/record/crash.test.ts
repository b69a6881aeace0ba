import { afterAll, beforeAll, expect, test } from 'vitest';
import { lives, type Lives } from '../../integration/record/crash-lives.js';

let made: Lives;
beforeAll(async () => (made = await lives()));
afterAll(() => made.drop());

test('killed at every passing of every commit and call, and begun again: nothing is lost and nothing is done twice', async () => {
  const passed = new Map<string, number>();
  const places = made.points.map((name) => {
    passed.set(name, (passed.get(name) ?? 0) + 1);
    return { name, nth: passed.get(name)! };
  });
  expect(await made.endAt(places)).toEqual([]);
});
