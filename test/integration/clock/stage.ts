import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { fakePort, type FakePort } from '../../../activities/fakes/port.js';
import type { MemoryRecord } from '../../../activities/fakes/memory-record.js';
import type { Port, Ports } from '../../../activities/ports.js';
import { startHost, type Host } from '../../../worker/host.js';
import { CONTRACT_WORKFLOW, poke, workflowIdOf } from '../../../workflows/messages.js';

/** One contract on a record in memory, with fake ports and a worker of its own. */
export interface Stage {
  readonly record: MemoryRecord;
  readonly ports: Readonly<Record<keyof Ports, FakePort>>;
  readonly host: Host;
  readonly contract: string;
  readonly workflowId: string;
  readonly taskQueue: string;
  poke(): Promise<unknown>;
}

/** Sets it up; the record's settlements poke the contract, as the relay would. */
export async function setStage(client: Client, address: string, record: MemoryRecord): Promise<Stage> {
  const contract = randomUUID();
  const taskQueue = `stage-${contract}`;
  const ports = {
    access: fakePort('access', 'deduplicating'),
    invoicing: fakePort('invoicing', 'deduplicating'),
    notices: fakePort('notices', 'blind'),
    signing: fakePort('signing', 'deduplicating'),
    registry: fakePort('registry', 'queryable', 8_000),
  };
  const host = await startHost({ address, namespace: 'default', taskQueue, hands: { record, ports: portsOf(ports) } });
  const workflowId = workflowIdOf('t', contract);
  const send = (): Promise<unknown> =>
    client.workflow.signalWithStart(CONTRACT_WORKFLOW, {
      taskQueue,
      workflowId,
      args: [{ tenant: 't', contract }],
      signal: poke,
      signalArgs: [],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  record.onSettled(() => void send());
  return { record, ports, host, contract, workflowId, taskQueue, poke: send };
}

function portsOf(fakes: Readonly<Record<keyof Ports, FakePort>>): Ports {
  const port = (name: keyof Ports): Port => fakes[name].port;
  return {
    access: port('access'),
    invoicing: port('invoicing'),
    notices: port('notices'),
    signing: port('signing'),
    registry: port('registry'),
  };
}

/** Waits until something holds, looking every 20 ms. */
export async function until(holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`after ${ms} ms it still does not hold: ${String(holds)}`);
    await pause(20);
  }
}

/** Lets real time pass. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
