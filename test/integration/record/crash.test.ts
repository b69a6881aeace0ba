import { afterAll, beforeAll, expect, test } from 'vitest';
import { lives, type Lives } from './crash-lives.js';

let made: Lives;
beforeAll(async () => (made = await lives()));
afterAll(() => made.drop());

test('an undisturbed life: four effects go out, two of them are taken back, numbers without gaps', () => {
  expect(made.undisturbed).toMatchObject({
    effects: [
      '4.2~INV-1~1~restrict 1 undone',
      '4.2~INV-2~1~restrict 1 done',
      '5.9~INV-1~1~claim 1 undone',
      '5.9~INV-2~1~claim 1 done',
    ],
    numbers: ['claim-000001', 'claim-000002', 'credit-000001', 'lift-000001', 'restrict-000001', 'restrict-000002'],
    chain: null,
  });
  const commits = ['create', 'append', 'adopt', 'advance', 'claim', 'issue', 'inbox', 'settle'];
  const places = commits.flatMap((name) => [`${name}.before-commit`, `${name}.after-commit`]);
  expect([...new Set(made.points)].sort()).toEqual([...places, 'port.before-call', 'port.after-call'].sort());
});

test('killed before or after any commit and any call, and begun again: nothing is lost and nothing is done twice', async () => {
  const places = [...new Set(made.points)].map((name) => {
    const times = made.points.filter((point) => point === name).length;
    return { name, nth: Math.ceil(times / 2) };
  });
  expect(await made.endAt(places)).toEqual([]);
}, 180_000);
