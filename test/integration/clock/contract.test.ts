import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryRecord } from '../../../activities/fakes/memory-record.js';
import { temporalAddress } from '../../support/clock.js';
import { pause, setStage, type Stage, until } from './stage.js';

let connection: Connection;
let client: Client;
const stages: Stage[] = [];

beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() });
  client = new Client({ connection });
});
afterAll(async () => {
  await Promise.all(stages.map(({ host }) => host.stop()));
  await connection.close();
});

async function stage(record = memoryRecord()): Promise<Stage> {
  const set = await setStage(client, temporalAddress(), record);
  stages.push(set);
  return set;
}

const notice = (from: number, key = '5.4~INV-1~1~notify') => ({
  key,
  from,
  lane: `notices/${key}`,
  port: 'notices' as const,
});

test('the same poke twice, the same wake twice: one effect', async () => {
  const { record, ports, poke } = await stage();
  record.want(notice(Date.now() + 700));
  await Promise.all([poke(), poke(), poke()]);
  await until(() => record.journal.length > 0);
  const before = record.advances;
  await poke();
  await until(() => record.advances > before);
  await pause(300);
  expect(ports.notices.arrived.map(({ effect }) => effect)).toEqual(['5.4~INV-1~1~notify']);
  expect(record.journal.map(({ key, outcome }) => `${outcome} ${key}`)).toEqual(['performed 5.4~INV-1~1~notify']);
});

test('it wakes at the instant at which something is wanted, and not before', async () => {
  const { record, poke } = await stage();
  const from = Date.now() + 1_500;
  record.want(notice(from));
  await poke();
  await until(() => record.journal.length > 0);
  expect(record.journal[0]?.at).toBeGreaterThanOrEqual(from);
});

test('one timer is armed, named by its clause; timelines and state show without events', async () => {
  const { record, poke, workflowId } = await stage();
  record.want(notice(Date.now() + 200 * 86_400_000));
  await poke();
  const handle = client.workflow.getHandle(workflowId);
  await until(
    async () => (await handle.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes) === true,
  );
  const timers = (await handle.fetchHistory()).events!.filter((event) => event.timerStartedEventAttributes);
  const [timer] = timers;
  expect(timers).toHaveLength(1);
  expect(Number(timer?.timerStartedEventAttributes?.startToFireTimeout?.seconds)).toBe(90 * 86_400);
  expect(Buffer.from(timer!.userMetadata!.summary!.data!).toString()).toBe('"5.4"');
  const { typedSearchAttributes } = await handle.describe();
  expect(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
    expect.arrayContaining([
      ['Operator', 't'],
      ['Offer', 'edoc'],
      ['State', 'active'],
    ]),
  );
  const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toBe('- 5.4~INV-1~1~notify');
});

test('a port that hangs does not delay another lane, and its act is done when it is back', async () => {
  const { record, ports, poke } = await stage();
  ports.registry.behave('hang');
  record.want({ key: 'register', from: Date.now(), lane: 'registry/INV-1', port: 'registry' });
  await poke();
  await until(() => record.advances > 0);
  record.want({ key: 'lift', from: Date.now(), lane: 'access/INV-1', port: 'access' });
  await poke();
  await until(() => record.journal.length > 0, 6_000);
  expect(record.journal.map(({ key }) => key)).toEqual(['lift']);
  ports.registry.behave('well');
  await until(() => record.journal.length > 1);
  expect(ports.registry.arrived).toHaveLength(1);
});

test('inside a lane one act after another, in the order of the list', async () => {
  const { record, ports, poke } = await stage();
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  ports.access.behave(away);
  for (const key of ['first', 'second', 'third'])
    record.want({ key, from: Date.now(), lane: 'access/A', port: 'access' });
  await poke();
  await pause(500);
  ports.access.behave('well');
  await until(() => record.journal.length === 3);
  expect(record.journal.map(({ key }) => key)).toEqual(['first', 'second', 'third']);
});

test('a contract on which nothing can happen any more has no open workflow, and a poke opens it again', async () => {
  const { record, ports, poke, workflowId } = await stage();
  record.end();
  await poke();
  const stateOf = async () => (await client.workflow.getHandle(workflowId).describe()).status.name;
  await until(async () => (await stateOf()) === 'COMPLETED');
  record.want(notice(Date.now(), 'a fact that came after the end'));
  await poke();
  await until(() => ports.notices.arrived.length === 1);
  await until(async () => (await stateOf()) === 'COMPLETED');
});

test('a workflow that lives by pokes continues as new, and none is lost', async () => {
  const { record, ports, poke, workflowId } = await stage();
  let sent = 0;
  const runs = new Set<string>();
  while (runs.size < 2 && sent < 600) {
    record.want(notice(Date.now(), `n${sent++}`));
    await poke();
    if (sent % 25 === 0) {
      await until(() => record.journal.length === sent);
      runs.add((await client.workflow.getHandle(workflowId).describe()).runId);
    }
  }
  await until(() => record.journal.length === sent);
  expect(runs.size).toBe(2);
  expect(new Set(ports.notices.arrived.map(({ effect }) => effect)).size).toBe(sent);
  expect(ports.notices.arrived).toHaveLength(sent);
});
