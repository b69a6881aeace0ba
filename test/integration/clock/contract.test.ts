import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '@temporalio/client';
import { fakePort, type FakePort } from '../../../activities/fakes/port.js';
import { memoryRecord, type MemoryRecord } from '../../../activities/fakes/memory-record.js';
import type { Ports } from '../../../activities/ports.js';
import { type Host, startHost } from '../../../worker/host.js';
import { CONTRACT_WORKFLOW, poke, workflowIdOf } from '../../../workflows/messages.js';
import { type OwnTemporal, ownTemporal } from './temporal.js';

let temporal: OwnTemporal;
let client: Client;

beforeAll(async () => {
  temporal = await ownTemporal();
  client = await temporal.client();
}, 60_000);
afterAll(() => temporal.dispose());

interface Stage {
  readonly record: MemoryRecord;
  readonly ports: Record<keyof Ports, FakePort>;
  readonly host: Host;
  poke(): Promise<unknown>;
  readonly id: string;
}

let stages = 0;
async function stage(record: MemoryRecord): Promise<Stage> {
  const contract = `c${++stages}`;
  const taskQueue = `queue-${contract}`;
  const ports = {
    access: fakePort('access', 'deduplicating'),
    invoicing: fakePort('invoicing', 'deduplicating'),
    notices: fakePort('notices', 'blind'),
    signing: fakePort('signing', 'deduplicating'),
    registry: fakePort('registry', 'queryable'),
  };
  const hands = {
    record,
    ports: Object.fromEntries(Object.entries(ports).map(([k, v]) => [k, v.port])) as unknown as Ports,
  };
  const host = await startHost({ address: temporal.address, namespace: 'default', taskQueue, hands });
  const id = workflowIdOf('t', contract);
  const send = () =>
    client.workflow.signalWithStart(CONTRACT_WORKFLOW, {
      taskQueue,
      workflowId: id,
      args: [{ tenant: 't', contract }],
      signal: poke,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  record.onSettled(() => void send());
  return { record, ports, host, poke: send, id };
}

async function until(what: () => boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!what()) {
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('the same poke twice, the same wake twice: one effect', async () => {
  const record = memoryRecord();
  const { ports, host, poke: send } = await stage(record);
  record.want({ key: '5.4~INV-1~1~notify', from: Date.now() + 1_000, lane: 'notices/INV-1', port: 'notices' });
  await Promise.all([send(), send(), send()]);
  await until(() => record.journal.length > 0);
  const before = record.advances;
  await send();
  await until(() => record.advances > before);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(ports.notices.arrived.map(({ effect }) => effect)).toEqual(['5.4~INV-1~1~notify']);
  expect(record.journal.map(({ key, outcome }) => ({ key, outcome }))).toEqual([
    { key: '5.4~INV-1~1~notify', outcome: 'performed' },
  ]);
  await host.stop();
}, 60_000);
