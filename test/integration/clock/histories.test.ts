import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { memoryRecord, type MemoryRecord } from '../../../activities/fakes/memory-record.js';
import { workflowBundle } from '../../../worker/bundle.js';
import { pokeAmendment, runAmendment } from '../../../worker/amendments.js';
import { moveTestClock } from '../../../worker/clock.js';
import { amendmentIdOf } from '../../../workflows/messages.js';
import { temporalAddress } from '../../support/clock.js';
import { setStage, type Stage, until } from './stage.js';

/*
 * Lives of contracts as histories. Each is replayed by the workflow of today; with MERZIM_RECORD_HISTORIES=1 it is also
 * written beside the test of replays, which keeps holding later workflows to it.
 */

let connection: Connection;
let client: Client;

beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() });
  client = new Client({ connection });
});
afterAll(() => connection.close());

async function keep(name: string, { workflowId, host }: Stage): Promise<void> {
  await host.stop();
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId);
  if (process.env['MERZIM_RECORD_HISTORIES'] !== '1') return;
  const file = new URL(`../../replay/histories/${name}.json`, import.meta.url);
  await writeFile(
    file,
    `${JSON.stringify({ workflowId, history: JSON.parse(historyToJSON(history)) as unknown }, null, 1)}\n`,
  );
}

const stage = (record: MemoryRecord): Promise<Stage> => setStage(client, temporalAddress(), record);
const act = (key: string, from: number, port: 'notices' | 'access' | 'registry' = 'notices') => ({
  key,
  from,
  lane: `${port}/1`,
  port,
});

test('a real contract: pokes, a waking, two lanes, a port that is away and comes back', async () => {
  const record = memoryRecord();
  const it = await stage(record);
  it.ports.access.behave(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  record.want(act('warning', Date.now()));
  record.want(act('restrict', Date.now(), 'access'));
  record.want(act('block', Date.now() + 1_000));
  await it.poke();
  await until(() => record.journal.length === 2);
  it.ports.access.behave('well');
  await until(() => record.journal.length === 3);
  record.want(act('register', Date.now(), 'registry'));
  await it.poke();
  await until(() => record.journal.length === 4);
  await keep('real', it);
  expect(record.journal.map(({ outcome }) => outcome)).toEqual(Array(4).fill('performed'));
});

test('a contract on a test clock: moves, a script, a move backward', async () => {
  const now = Date.parse('2026-03-02T10:00:00+05:00');
  const hour = 3_600_000;
  const record = memoryRecord({ clock: now, performance: { late: { after: '2 hours' } } });
  const it = await stage(record);
  record.want(act('warning', now + hour));
  record.want(act('late', now + 2 * hour, 'access'));
  record.want(act('last', now + 3 * hour));
  await it.poke();
  const move = (hours: number) =>
    moveTestClock(client, { tenant: 't', contract: it.contract, to: now + hours * hour, taskQueue: it.taskQueue });
  expect(await move(2)).toMatchObject({ ok: true });
  expect(await move(1)).toMatchObject({ ok: false });
  expect(await move(10)).toMatchObject({ ok: true });
  await keep('test-clock', it);
  expect(record.journal.map(({ key, at }) => `${key} ${(at - now) / hour}h`)).toEqual([
    'warning 1h',
    'last 3h',
    'late 4h',
  ]);
});

test('a contract that ends', async () => {
  const record = memoryRecord();
  const it = await stage(record);
  record.want(act('farewell', Date.now()));
  record.end();
  await it.poke();
  await until(async () => (await client.workflow.getHandle(it.workflowId).describe()).status.name === 'COMPLETED');
  await keep('ended', it);
  expect(record.journal).toHaveLength(1);
});

test('a change of an offer: pages, a pause, another pace', async () => {
  const pages = [
    { state: 'under way', waitMs: 500, details: '1 contracts told, 1 refused' },
    { state: 'paused', waitMs: 0, details: '1 contracts told, 1 refused' },
    { state: 'under way', waitMs: 1, details: '3 contracts told, 1 refused' },
    { state: 'done', waitMs: 0, details: '4 contracts told, 1 refused' },
  ] as const;
  let asked = 0;
  const amend: MemoryRecord['amend'] = async () => pages[asked++]!;
  const it = await stage({ ...memoryRecord(), amend });
  const change = { tenant: 't', offer: 'edoc', name: it.contract };
  await pokeAmendment(client, change, it.taskQueue);
  await until(() => asked === 2);
  await runAmendment(client, change, it.taskQueue);
  await pokeAmendment(client, change, it.taskQueue);
  const workflowId = amendmentIdOf(change);
  await client.workflow.getHandle(workflowId).result();
  await keep('amendment', { ...it, workflowId });
  expect(asked).toBe(4);
});
