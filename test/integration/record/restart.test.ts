import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startCluster, type Cluster } from '../../../launch/cluster.js';
import { freePort } from '../../../launch/ports.js';
import { APP_ROLE, ensureRole, OWNER_ROLE, withClient } from '../../../launch/roles.js';
import {
  advance,
  appendFacts,
  auditChain,
  createContract,
  isTransient,
  listFacts,
  migrate,
  openRecord,
} from '../../../prisma/index.js';
import { invoice } from './facts.js';
import { got, TENANT } from './opened.js';
import { smallLaw } from './small-law.js';

test('PostgreSQL is restarted while facts come in: all are in, each once, and nobody had to ask again', async () => {
  const options = {
    folder: join(inject('scratch'), 'restarted'),
    log: join(inject('scratch'), 'restarted.log'),
    careless: true,
  };
  const running: { cluster: Cluster } = { cluster: await startCluster(options) };
  const { port } = running.cluster;
  await withClient(running.cluster.superUrl('postgres'), async (client) => {
    await ensureRole(client, OWNER_ROLE, OWNER_ROLE);
    await ensureRole(client, APP_ROLE, APP_ROLE);
    await client.query(`CREATE DATABASE restarted OWNER ${OWNER_ROLE}`);
  });
  await migrate(`postgresql://${OWNER_ROLE}@127.0.0.1:${port}/restarted`, APP_ROLE);
  const broken: Error[] = [];
  const rec = await openRecord(`postgresql://${APP_ROLE}@127.0.0.1:${port}/restarted`, {
    ...smallLaw(),
    onIdleError: (error) => broken.push(error),
  });
  onTestFinished(async () => {
    await rec.close();
    await running.cluster.stop();
  });
  const { id } = got(await createContract(rec, TENANT, { offer: 'small', participant: {} }));
  let stop = false;
  let sent = 0;
  const sender = async (name: string): Promise<void> => {
    for (let n = 0; !stop; n += 1) {
      got(await appendFacts(rec, TENANT, id, [invoice(`${name}-${n}`)]));
      sent += 1;
      if (n % 5 === 0) got(await advance(rec, TENANT, id));
    }
  };
  const senders = ['A', 'B', 'C'].map(sender);
  const sentAtLeast = async (count: number): Promise<void> => {
    while (sent < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await sentAtLeast(15);
  await running.cluster.stop();
  running.cluster = await startCluster({ ...options, port });
  await sentAtLeast(sent + 15);
  stop = true;
  await Promise.all(senders);

  const facts = (await listFacts(rec, TENANT, id, { limit: 10_000 }))!.filter(
    ({ type }) => type === 'invoice.presented',
  );
  expect(facts).toHaveLength(sent);
  expect(new Set(facts.map(({ subject }) => subject)).size).toBe(sent);
  expect(got(await auditChain(rec, TENANT, id)).broken).toBeNull();
});

test('a database that is away is said so, as something that may go away by itself', async () => {
  const rec = await openRecord(`postgresql://${APP_ROLE}@127.0.0.1:${await freePort()}/nothing`, smallLaw());
  onTestFinished(() => rec.close());
  const error = await appendFacts(rec, TENANT, 'c', [invoice('INV-1')]).catch((thrown: unknown) => thrown);
  expect(isTransient(error)).toBe(true);
});
