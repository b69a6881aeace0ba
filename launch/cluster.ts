import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startChild, tailOf, type Child } from './child.js';
import { Failure, reasonOf } from './failure.mjs';
import { startOf } from './lock.mjs';
import { freePort, waitForPort } from './ports.js';
import { findBinaries, publicFolder, type Binaries } from './postgres-binaries.js';

/** A running PostgreSQL of our own. */
export interface Cluster {
  readonly port: number;
  /** The superuser's address of a database. */
  readonly superUrl: (database: string) => string;
  readonly child: Child;
  readonly stop: () => Promise<void>;
}

export interface ClusterOptions {
  /** Where the files are; made when it does not exist. */
  readonly folder: string;
  readonly log: string;
  readonly port?: number;
  /** Password of the superuser; without one everybody on this machine is trusted. */
  readonly password?: string;
  /** Gives up safety against power cuts for speed: for tests only. */
  readonly careless?: boolean;
  /** A folder that goes with the server when this process is killed hard: for tests only. */
  readonly scratch?: string;
}

/** Starts PostgreSQL on 127.0.0.1 and waits until it answers. Throws a Failure that carries its own words. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = findBinaries();
  if (!existsSync(join(options.folder, 'PG_VERSION'))) initialise(binaries, options);
  requireVersion(binaries, options.folder);
  removeDeadLock(options.folder);
  const port = options.port ?? (await freePort());
  const child = startChild({
    name: 'PostgreSQL',
    command: binaries.postgres,
    args: ['-D', options.folder, ...settings(port, options.careless ?? false)],
    log: options.log,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    signal: 'SIGINT',
    ...(options.scratch === undefined ? {} : { scratch: options.scratch }),
    ...binaries.runAs,
  });
  const login = options.password === undefined ? 'postgres' : `postgres:${encodeURIComponent(options.password)}`;
  const superUrl = (database: string): string => `postgresql://${login}@127.0.0.1:${port}/${database}`;
  const open = await waitForPort('127.0.0.1', port, 30_000, child.ended);
  if (!open || !(await answers(superUrl('postgres'), 60_000))) {
    await child.stop();
    throw new Failure('postgres.failed', { step: 'start', reason: tailOf(options.log, 6) });
  }
  return { port, superUrl, child, stop: () => child.stop('SIGINT', 20_000) };
}

function settings(port: number, careless: boolean): string[] {
  const chosen: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    ...(careless ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * PostgreSQL refuses to start while the process named in its lock file seems to be there, and is fooled by the husk of a
 * killed one and by a number that another program has now. Whoever starts a cluster owns its folder, so a dead lock goes.
 */
function removeDeadLock(folder: string): void {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!(pid > 0) || startOf(pid) === null || !nameOf(pid).includes('postgres')) rmSync(file, { force: true });
}

function nameOf(pid: number): string {
  if (existsSync(`/proc/${pid}/comm`)) return readFileSync(`/proc/${pid}/comm`, 'utf8');
  return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

/** Made beside its place and moved there, so that one that was interrupted is never taken for whole. */
function initialise(binaries: Binaries, { folder, password, careless }: ClusterOptions): void {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  const secrets = mkdtempSync(join(publicFolder(), 'merzim-initdb-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, `${password ?? 'unused'}\n`, { mode: 0o600 });
  if (binaries.runAs !== null) {
    for (const each of [draft, secrets, passwordFile]) chownSync(each, binaries.runAs.uid, binaries.runAs.gid);
  }
  const auth = password === undefined ? 'trust' : 'scram-sha-256';
  const args = ['-D', draft, '-U', 'postgres', `--auth=${auth}`, `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const made = spawnSync(binaries.initdb, [...args, ...locale, ...(careless ? ['--no-sync'] : [])], {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...binaries.runAs,
  });
  rmSync(secrets, { recursive: true });
  if (made.status !== 0) {
    throw new Failure('postgres.failed', { step: 'make its files', reason: made.error?.message ?? made.stderr.trim() });
  }
  renameSync(draft, folder);
}

function requireVersion(binaries: Binaries, folder: string): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const shown = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8', cwd: '/', ...binaries.runAs });
  if (shown.status !== 0) {
    throw new Failure('postgres.failed', { step: 'run', reason: shown.error?.message ?? shown.stderr.trim() });
  }
  const wanted = /\d+/.exec(shown.stdout)?.[0] ?? '';
  if (found !== wanted) throw new Failure('postgres.other_version', { folder, found, wanted });
}

/** Recovery after a hard end refuses connections for a while; that is waited for. */
async function answers(url: string, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined); // a connection that breaks while we ask is asked again
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (thrown) {
      const code = (thrown as { code?: string }).code;
      if (code !== '57P03' && code !== 'ECONNRESET')
        throw new Failure('postgres.failed', { step: 'answer', reason: reasonOf(thrown) });
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return false;
}
