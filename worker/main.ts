import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownRules } from '../compose/own-rules.js';
import { openRecord, shippedLaws } from '../prisma/index.js';
import { type HeadsOptions, readSigningKey } from './heads.js';
import { announcerOf, portsOf } from './ports.js';
import { type RunningWorker, startWorker, type WorkerOptions } from './worker.js';

/*
 * The process that makes contracts live. Its settings are the environment:
 *
 *   DATABASE_URL         the record, under the application's role
 *   TEMPORAL_ADDRESS     host:port (127.0.0.1:7233)      TEMPORAL_NAMESPACE   (default)
 *   MERZIM_DATA          folder for letters and requests (.data)
 *   MERZIM_RULES         folder with the operator's own calendar.yaml and policies/
 *   SMTP_URL, MAIL_FROM  letters by SMTP                 ACCESS_WEBHOOK_URL, ACCESS_WEBHOOK_SECRET  changes of access
 *   MERZIM_CACHED_WORKFLOWS (500)                        MERZIM_SWEEP_SECONDS (60)
 *   MERZIM_SIGNING_KEY   Ed25519 key in PEM: heads of all journals are signed into MERZIM_DATA/heads   MERZIM_HEADS_SECONDS (3600)
 *   MERZIM_UNDO_WAVE (20), MERZIM_UNDO_WAVE_TENANT (200)  more undoings than that of one contract at once, of one tenant in an
 *                        hour, wait for a person
 *
 * It ends on SIGINT, on SIGTERM and when the process that started it with a channel is gone: no new work, what is under
 * way is finished or given back, then the connections.
 */

const env = (name: string): string | undefined => process.env[name] || undefined;
const tell = (line: string): void => console.error(`${new Date().toISOString()} ${line}`);
const START_TRIES = 30;

function number(name: string, otherwise: number): number {
  const text = env(name);
  const value = Number(text ?? otherwise);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${name} must be a positive number, not ${text}`);
  return value;
}

async function main(): Promise<void> {
  const url = env('DATABASE_URL');
  if (url === undefined) throw new Error('DATABASE_URL is not set: the worker needs the record');
  const asked = askedToStop();
  const rec = await openRecord(url, {
    laws: shippedLaws(undefined, ownRules()),
    onIdleError: (error) => tell(`a connection to the record broke: ${error.message}`),
    waves: { contract: number('MERZIM_UNDO_WAVE', 20), tenantPerHour: number('MERZIM_UNDO_WAVE_TENANT', 200) },
  });
  const keyFile = env('MERZIM_SIGNING_KEY');
  const heads = keyFile === undefined ? {} : { heads: await headsOf(keyFile) };
  const world = {
    data: env('MERZIM_DATA') ?? '.data',
    smtpUrl: env('SMTP_URL'),
    mailFrom: env('MAIL_FROM'),
    accessWebhookUrl: env('ACCESS_WEBHOOK_URL'),
    accessWebhookSecret: env('ACCESS_WEBHOOK_SECRET'),
  };
  const announce = announcerOf(world);
  const started = patiently({
    rec,
    tell,
    ...heads,
    address: env('TEMPORAL_ADDRESS') ?? '127.0.0.1:7233',
    namespace: env('TEMPORAL_NAMESPACE') ?? 'default',
    maxCachedWorkflows: number('MERZIM_CACHED_WORKFLOWS', 500),
    sweepMs: number('MERZIM_SWEEP_SECONDS', 60) * 1_000,
    ports: (record) => portsOf(record, world),
    ...(announce === undefined ? {} : { announce }),
  });
  // Asked to stop while Temporal is still awaited, it ends without having begun.
  const running = await Promise.race([asked.then(() => null), started]);
  if (running !== null) {
    tell('the worker runs');
    process.send?.('ready');
    await Promise.race([asked, running.ended]);
    await running.stop();
  }
  await rec.close();
}

async function headsOf(keyFile: string): Promise<HeadsOptions> {
  const folder = join(env('MERZIM_DATA') ?? '.data', 'heads');
  return { folder, key: await readSigningKey(keyFile), everyMs: number('MERZIM_HEADS_SECONDS', 3_600) * 1_000 };
}

/** Temporal may be a moment behind when everything starts at once. */
async function patiently(options: WorkerOptions): Promise<RunningWorker> {
  for (let tries = 1; ; tries++) {
    try {
      return await startWorker(options);
    } catch (error) {
      if (tries === START_TRIES) throw error;
      tell(
        `Temporal at ${options.address} is not there yet: ${error instanceof Error ? error.message : String(error)}`,
      );
      await pause(1_000);
    }
  }
}

function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(event, () => resolve());
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
