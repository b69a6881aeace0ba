import { join } from 'node:path';
import { migrate } from '../prisma/migrate.js';
import { startChild, type Child } from './child.js';
import { dataFolder, takeDataFolder } from './data-folder.js';
import { Failure, reasonOf } from './failure.mjs';
import { recordChildren } from './leftovers.js';
import { keepParts, type Part, type Parts } from './part.js';
import { readPort, requirePort } from './ports.js';
import { openDatabase, type Database } from './postgres.js';
import { tellStderr } from './progress.js';
import { waitUntilReady } from './ready.js';
import { root } from './root.js';
import { askedToStop } from './signals.js';
import { openClock, type Clock } from './temporal.js';
import { welcome } from './welcome.js';

/**
 * The whole product: PostgreSQL, Temporal, the worker and the API, on the data folder. Prints the addresses when the
 * API is ready and returns when everything has been stopped by Ctrl-C or TERM, in order: first what takes requests,
 * last what holds the data. Throws a Failure when it cannot start or a part keeps failing; nothing is left running.
 */
export async function start(): Promise<void> {
  const host = process.env['HOST'] || '127.0.0.1';
  const port = readPort('PORT', 3000);
  const folder = dataFolder();
  const asked = askedToStop();
  const lock = await takeDataFolder(folder, tellStderr);
  const parts = keepParts((running) => recordChildren(folder, running), tellStderr);
  let ready = false;
  try {
    await requirePort(host, port, 'PORT');
    const opened = open(folder, host, port, parts).then(() => (ready = true));
    await Promise.race([asked, parts.lost, opened]);
    if (ready) await Promise.race([asked, parts.lost]);
    tellStderr('Stopping …');
  } finally {
    await parts.stop();
    lock.release();
  }
  if (!ready) process.exit(130); // something is still being started or built: it ends with this process
}

/** Starts the parts one after the other; what is started is kept at once, so that it is stopped if the next one fails. */
async function open(folder: string, host: string, port: number, { keep, isStopping }: Parts): Promise<void> {
  const database = await openDatabase(folder);
  if (database.part !== null) keep(database.part);
  await migrate(database.ownerUrl, database.appRole).catch((thrown: unknown) => {
    throw new Failure('database.migration_failed', { reason: reasonOf(thrown) });
  });
  const clock = await openClock(folder, tellStderr);
  if (clock.part !== null) keep(clock.part);
  const env = environment(folder, database, clock);
  keep(node('worker', folder, env));
  keep(node('api', folder, { ...env, HOST: host, PORT: String(port) }));
  const url = `http://${/^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host}:${port}`;
  await waitUntilReady(url, isStopping);
  if (!isStopping()) process.stdout.write(welcome({ url, ui: clock.ui, folder }));
}

/** The worker and the API see the application's role only; computing in UTC keeps the machine's zone out. */
function environment(folder: string, database: Database, clock: Clock): NodeJS.ProcessEnv {
  const { DATABASE_OWNER_URL: _owner, ...rest } = process.env;
  return {
    ...rest,
    TZ: 'UTC',
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: clock.address,
    TEMPORAL_NAMESPACE: clock.namespace,
    MERZIM_DATA: folder,
  };
}

function node(name: 'worker' | 'api', folder: string, env: NodeJS.ProcessEnv): Part {
  const start = (): Child =>
    startChild({
      name: `The ${name}`,
      command: process.execPath,
      args: ['--enable-source-maps', join(root, 'dist', name, 'main.js')],
      log: join(folder, 'logs', `${name}.log`),
      cwd: root,
      env,
      signal: 'SIGTERM',
      orphanSignal: 'SIGKILL', // its servers go at the same moment: there is nothing it could still finish
    });
  return { child: start(), start: async () => start() };
}
