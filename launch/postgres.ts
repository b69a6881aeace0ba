import { createHmac, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startCluster } from './cluster.js';
import { Failure, reasonOf } from './failure.mjs';
import { portNear } from './ports.js';
import { canReach, findBinaries } from './postgres-binaries.js';
import { APP_ROLE, ensureDatabase, ensureRole, OWNER_ROLE, withClient } from './roles.js';
import type { Part } from './part.js';
import { readSettings, rememberPort, writeSettings } from './settings.js';

/** The database that Merzim works with. */
export interface Database {
  /** The role that owns the tables: for migrations only. */
  readonly ownerUrl: string;
  /** The role that the product works with, which owns nothing. */
  readonly appUrl: string;
  readonly appRole: string;
  /** The server, when it is ours. */
  readonly part: Part | null;
}

/**
 * The database of DATABASE_URL (with DATABASE_OWNER_URL for its owner) when that is set, else an embedded PostgreSQL
 * with its files in the data folder. Throws a Failure.
 */
export async function openDatabase(folder: string): Promise<Database> {
  const url = process.env['DATABASE_URL'];
  const ownerUrl = process.env['DATABASE_OWNER_URL'];
  return url ? external(url, ownerUrl || null) : embedded(folder);
}

async function embedded(folder: string): Promise<Database> {
  const files = placeOfFiles(folder);
  const settings = readSettings(folder);
  const port = await portNear(settings.ports['postgres']);
  rememberPort(folder, 'postgres', port);
  const log = join(folder, 'logs', 'postgres.log');
  const start = () => startCluster({ folder: files, log, port, password: settings.superPassword });
  const cluster = await start();
  await withClient(cluster.superUrl('postgres'), async (client) => {
    await ensureRole(client, OWNER_ROLE, settings.ownerPassword);
    await ensureRole(client, APP_ROLE, settings.appPassword);
    await ensureDatabase(client, 'merzim', OWNER_ROLE, APP_ROLE);
  });
  return {
    ownerUrl: `postgresql://${OWNER_ROLE}:${settings.ownerPassword}@127.0.0.1:${port}/merzim`,
    appUrl: `postgresql://${APP_ROLE}:${settings.appPassword}@127.0.0.1:${port}/merzim`,
    appRole: APP_ROLE,
    part: { child: cluster.child, start: async () => (await start()).child },
  };
}

/**
 * `postgres` in the data folder. Root cannot run PostgreSQL itself, and the user that runs it instead may not get
 * into a private folder: then the files are in /var/lib/merzim, and the data folder remembers where.
 */
function placeOfFiles(folder: string): string {
  const inside = join(folder, 'postgres');
  if (findBinaries().runAs === null || canReach(folder)) return inside;
  const settings = readSettings(folder);
  if (settings.postgresFolder !== undefined) return settings.postgresFolder;
  const outside = join('/var/lib/merzim', randomUUID(), 'postgres');
  if (existsSync(inside))
    throw new Failure('postgres.failed', { step: 'open its files', reason: `${inside} is not open to user nobody` });
  for (const each of ['/var/lib/merzim', dirname(outside)]) {
    mkdirSync(each, { recursive: true });
    chmodSync(each, 0o755);
  }
  writeSettings(folder, { ...settings, postgresFolder: outside });
  return outside;
}

/** With one address only, that one is the owner's, and a role that owns nothing is made beside it. */
async function external(url: string, ownerUrl: string | null): Promise<Database> {
  const where = new URL(url).host;
  try {
    if (ownerUrl !== null) {
      await withClient(ownerUrl, async () => {});
      const [role] = await withClient(url, async (client) => (await client.query('SELECT current_user AS name')).rows);
      return { ownerUrl, appUrl: url, appRole: (role as { name: string }).name, part: null };
    }
    await withClient(url, async () => {});
  } catch (thrown) {
    throw new Failure('database.unreachable', { where, reason: reasonOf(thrown) });
  }
  return { ownerUrl: url, appUrl: await makeAppRole(url), appRole: APP_ROLE, part: null };
}

/** The password follows from the owner's address, so that it need not be kept anywhere. */
async function makeAppRole(ownerUrl: string): Promise<string> {
  const app = new URL(ownerUrl);
  const password = createHmac('sha256', app.password).update(APP_ROLE).digest('base64url');
  try {
    await withClient(ownerUrl, async (client) => {
      await ensureRole(client, APP_ROLE, password);
    });
  } catch (thrown) {
    throw new Failure('database.role_refused', { role: APP_ROLE, reason: reasonOf(thrown) });
  }
  app.username = APP_ROLE;
  app.password = password;
  return app.href;
}
