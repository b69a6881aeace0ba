import { setTimeout as pause } from 'node:timers/promises';
import { listFacts, openRecord } from '../../../prisma/index.js';
import { portsOf } from '../../../worker/ports.js';
import { startWorker } from '../../../worker/worker.js';
import { smallLaw } from '../record/small-law.js';

/** A worker of its own process, that is killed at a crash point or ends when the contract's effects are performed. */
const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const rec = await openRecord(env('DATABASE_URL'), { ...smallLaw(), spreadMs: 0 });
const settings = {
  data: env('MERZIM_DATA'),
  accessWebhookUrl: env('ACCESS_WEBHOOK_URL'),
  accessWebhookSecret: env('ACCESS_WEBHOOK_SECRET'),
};
const worker = await startWorker({
  rec,
  address: env('TEMPORAL_ADDRESS'),
  namespace: env('TEMPORAL_NAMESPACE'),
  ports: (record) => portsOf(record, settings),
  sweepMs: 300,
  relayRestMs: 20,
});

const done = async (): Promise<boolean> => {
  const facts = (await listFacts(rec, env('TENANT'), env('CONTRACT'), { limit: 100 })) ?? [];
  return facts.filter(({ type }) => type === 'effect.performed').length === Number(env('EXPECTED'));
};
while (!(await done())) await pause(20);
await worker.stop();
await rec.close();
process.exit(0);
