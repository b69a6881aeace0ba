import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { expect, inject } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from '../../../activities/fakes/webhook-receiver.js';
import { appendFacts, createContract, listFacts, openRecord, type Rec } from '../../../prisma/index.js';
import { portsOf } from '../../../worker/ports.js';
import { startWorker } from '../../../worker/worker.js';
import { createNamespace, temporalAddress } from '../../support/clock.js';
import { listCrashPoints, runUntilCrash } from '../../support/crash.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { smallLaw, WITHIN_MS } from '../record/small-law.js';
import { got, TENANT } from './live.js';
import { until } from './stage.js';

/*
 * A worker is killed as by a power cut at every place between two steps that a crash may part, each time on a database
 * and a namespace of its own; then another worker goes on. Nothing may be lost, nothing may be twice.
 */

const SCRIPT = fileURLToPath(new URL('../../../dist/test/integration/clock/crash-child.js', import.meta.url));
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;
const PERFORMED = 2;

/** What is outside of the worker: Temporal, and the door that access is sent to. */
interface Outside {
  readonly connection: Connection;
  readonly receiver: WebhookReceiver;
}

interface Scene {
  readonly database: TestDatabase;
  readonly rec: Rec;
  readonly contract: string;
  readonly namespace: string;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A contract with an invoice that is late: a restriction and a claim are wanted at once. */
async function scene({ connection, receiver }: Outside): Promise<Scene> {
  const database = await createDatabase();
  const rec = await openRecord(database.appUrl, { ...smallLaw(), spreadMs: 0, connections: 3 });
  const { id: contract } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  const at = new Date(Date.now() - WITHIN_MS - 86_400_000).toISOString();
  const data = { kind: 'subscription', amount: '5000.00', currency: 'KZT' };
  got(await appendFacts(rec, TENANT, contract, [{ id: 'i', type: 'invoice.presented', at, subject: 'INV-1', data }]));
  const namespace = await createNamespace(connection);
  const folder = mkdtempSync(join(inject('scratch'), 'crash-'));
  const env = {
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    MERZIM_DATA: folder,
    ACCESS_WEBHOOK_URL: receiver.url,
    ACCESS_WEBHOOK_SECRET: SECRET,
    TENANT,
    CONTRACT: contract,
    EXPECTED: String(PERFORMED),
  };
  return { database, rec, contract, namespace, data: folder, env };
}

const receiptsOf = async ({ rec, contract }: Scene): Promise<readonly string[]> =>
  ((await listFacts(rec, TENANT, contract, { limit: 100 })) ?? [])
    .filter(({ type }) => type === 'effect.performed')
    .map(({ data }) => `${String(data?.['key'])}/${String(data?.['generation'])}/${String(data?.['operation'])}`)
    .toSorted();

/** Another worker takes over where the killed one was. */
async function goOn({ receiver }: Outside, it: Scene): Promise<void> {
  const settings = { data: it.data, accessWebhookUrl: receiver.url, accessWebhookSecret: SECRET };
  const worker = await startWorker({
    rec: it.rec,
    address: temporalAddress(),
    namespace: it.namespace,
    ports: (record) => portsOf(record, settings),
    sweepMs: 1_000,
    relayRestMs: 50,
  });
  try {
    await until(async () => (await receiptsOf(it)).length === PERFORMED, 150_000);
  } finally {
    await worker.stop();
  }
}

async function checked({ receiver }: Outside, it: Scene): Promise<void> {
  expect(await receiptsOf(it)).toEqual(['4.2~INV-1~1~restrict/1/do', '5.9~INV-1~1~claim/1/do']);
  const keys = new Set(receiver.arrived.map(({ id }) => id).filter((id) => id.startsWith(it.contract)));
  expect(keys.size).toBe(1);
  const client = await it.rec.pool.connect();
  await client.query("SELECT set_config('merzim.tenant', $1, false)", [TENANT]);
  const issued = await client.query('SELECT series, number FROM issued');
  client.release(true);
  expect(issued.rows).toEqual([{ series: 'CLM', number: 1 }]);
}

/** Kills a worker at each of the chosen crash points, lets another one go on, and checks what is there in the end. Answers the points that there are. */
export async function killAtPoints(chosen: (point: string) => boolean): Promise<readonly string[]> {
  const outside: Outside = {
    connection: await Connection.connect({ address: temporalAddress() }),
    receiver: await startWebhookReceiver(SECRET),
  };
  const whole = await scene(outside);
  const points = [...new Set(await listCrashPoints({ script: SCRIPT, env: whole.env }))];
  await checked(outside, whole);
  const scenes: Scene[] = [];
  const recoveries: Promise<void>[] = [];
  for (const point of points.filter(chosen)) {
    const it = await scene(outside);
    const { crashed, stderr } = await runUntilCrash(point, { script: SCRIPT, env: it.env });
    expect({ point, crashed, stderr: crashed ? '' : stderr }).toEqual({ point, crashed: true, stderr: '' });
    scenes.push(it);
    // They wait for timeouts and leases side by side.
    const recovery = goOn(outside, it);
    recovery.catch(() => undefined);
    recoveries.push(recovery);
  }
  await Promise.all(recoveries);
  for (const it of scenes) await checked(outside, it);
  for (const it of [...scenes, whole]) {
    await it.rec.close();
    await it.database.drop();
  }
  await outside.receiver.close();
  await outside.connection.close();
  return points;
}
