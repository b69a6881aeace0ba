import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { workflowBundle } from '../worker/bundle.js';
import { installRuntime } from '../worker/host.js';

/*
 * Contracts that sleep on somebody's server were recorded by an older workflow; whatever is changed must still follow
 * what they have done. A change that cannot belongs behind `patched()`; a file here is never edited, only added
 * (MERZIM_RECORD_HISTORIES=1 with test/integration/clock/histories.test.ts).
 */

const folder = new URL('../test/replay/histories/', import.meta.url);
const histories = readdirSync(folder).map((name) => ({
  name,
  ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { workflowId: string; history: object }),
}));
let today: WorkflowBundleOption;
let broken: WorkflowBundleOption;

beforeAll(async () => {
  installRuntime();
  today = await workflowBundle();
  const workflowsPath = fileURLToPath(new URL('../test/replay/broken.ts', import.meta.url));
  broken = await bundleWorkflowCode({ workflowsPath });
}, 60_000);

test('there are histories of real contracts, of test clocks, of an end and of a change of an offer', () => {
  expect(histories.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['amendment.json', 'ended.json', 'real.json', 'test-clock.json']),
  );
});

test.each(histories)('$name is followed by the workflow of today', async ({ history, workflowId }) => {
  await Worker.runReplayHistory({ workflowBundle: today }, history, workflowId);
});

test.each(histories)('$name is not followed by a broken workflow', async ({ history, workflowId }) => {
  await expect(Worker.runReplayHistory({ workflowBundle: broken }, history, workflowId)).rejects.toThrow(
    DeterminismViolationError,
  );
});
