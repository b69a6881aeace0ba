import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openSimulator } from './simulator.js';

/** A thread that answers each order with `answer`. */
function thread(answer: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'merzim-thread-')), 'thread.mjs');
  const text = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ number, request }) => { ${answer} });`;
  writeFileSync(file, text);
  return pathToFileURL(file);
}

function simulator(timeoutMs: number, answer: string) {
  const opened = openSimulator(timeoutMs, thread(answer));
  onTestFinished(() => opened.close());
  return (scenario: object) => opened.run({ scenario: scenario as Record<string, unknown> });
}

const ECHO = 'parentPort.postMessage({ number, answered: { status: 200, body: request.scenario } });';

test('orders are answered each with its own, one after another', async () => {
  const run = simulator(5_000, ECHO);
  const answers = await Promise.all([run({ a: 1 }), run({ a: 2 }), run({ a: 3 })]);
  expect(answers).toEqual([1, 2, 3].map((a) => ({ status: 200, body: { a } })));
});

test('what takes too long is ended and refused, and the next is answered', async () => {
  const run = simulator(500, `if (request.scenario.forever) for (;;); ${ECHO}`);
  const [long, next] = await Promise.all([run({ forever: true }), run({ a: 1 })]);
  expect(long).toMatchObject({ code: 'simulation.too_long' });
  expect(next).toEqual({ status: 200, body: { a: 1 } });
});

test('a mistake in the thread is thrown here, and the next is answered', async () => {
  const run = simulator(5_000, `if (request.scenario.bad) throw new TypeError('bad'); ${ECHO}`);
  await expect(run({ bad: true })).rejects.toThrow('bad');
  expect(await run({ a: 1 })).toEqual({ status: 200, body: { a: 1 } });
});
