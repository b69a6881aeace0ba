import { pino } from 'pino';
import { ownRules } from '../compose/own-rules.js';
import { openRecord, shippedLaws } from '../prisma/index.js';
import { isRefusal } from '../rules/law/refusal.js';
import { buildApp } from './app.js';
import { openClock } from './clock.js';
import { identitiesAt } from './identity.js';
import { recordOf } from './record.js';
import { openSimulator } from './simulator.js';

/*
 * The process that answers HTTP. Its settings are the environment:
 *
 *   HOST (127.0.0.1)  PORT (3000)   where it listens; elsewhere than on loopback only with tokens
 *   MERZIM_TOKENS                   a JSON list of { token, tenant, role, contract? }, or file: and a path
 *   DATABASE_URL                    the record, under the application's role
 *   TEMPORAL_ADDRESS (127.0.0.1:7233)  TEMPORAL_NAMESPACE (default)
 *   LOG_LEVEL (info)
 *
 * It ends on SIGINT, on SIGTERM and when the process that started it with a channel is gone: requests under way are
 * answered, then the connections are closed.
 */

const env = (name: string): string | undefined => process.env[name] || undefined;

async function main(): Promise<void> {
  const host = env('HOST') ?? '127.0.0.1';
  const identities = identitiesAt(host, env('MERZIM_TOKENS'));
  if (isRefusal(identities)) return leave(identities);
  const url = env('DATABASE_URL');
  if (url === undefined) throw new Error('DATABASE_URL is not set: the API needs the record');
  const logger = pino({ level: env('LOG_LEVEL') ?? 'info', redact: ['req.headers.authorization'] });
  const rec = await openRecord(url, {
    laws: shippedLaws(undefined, ownRules()),
    onIdleError: (error) => logger.warn({ error: error.message }, 'a connection broke'),
  });
  const clock = openClock({
    address: env('TEMPORAL_ADDRESS') ?? '127.0.0.1:7233',
    namespace: env('TEMPORAL_NAMESPACE') ?? 'default',
  });
  const simulator = openSimulator();
  const app = await buildApp({ record: recordOf(rec), clock, identities, simulator, logger });
  const asked = askedToStop();
  await app.listen({ host, port: Number(env('PORT') ?? 3000) });
  process.send?.('ready');
  await asked;
  await app.close();
  await simulator.close();
  await clock.close();
  await rec.close();
  process.exit(0);
}

function leave({ code, message }: { readonly code: string; readonly message: string }): void {
  process.stderr.write(`${code}: ${message}\n`);
  process.exitCode = 2;
}

function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(event, () => resolve());
  });
}

await main();
