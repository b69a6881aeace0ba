import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the embedded parts of one data folder keep between starts. */
export interface Settings {
  readonly superPassword: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
  /** Ports are kept, so that bookmarks and open database tools still work after a restart. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where PostgreSQL's files are when they could not be in the data folder itself. */
  readonly postgresFolder?: string;
}

/** Reads the settings of a data folder, or makes new ones with random passwords. Only this user may read the file. */
export function readSettings(folder: string): Settings {
  const file = join(folder, 'settings.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Settings;
  const password = (): string => randomBytes(24).toString('base64url');
  const made = { superPassword: password(), ownerPassword: password(), appPassword: password(), ports: {} };
  writeSettings(folder, made);
  return made;
}

/** Replaces the settings of a data folder in one step. */
export function writeSettings(folder: string, settings: Settings): void {
  const file = join(folder, 'settings.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Adds to what is kept, without an await between reading and writing: parts may start side by side. */
export function rememberPort(folder: string, name: string, port: number): void {
  const settings = readSettings(folder);
  writeSettings(folder, { ...settings, ports: { ...settings.ports, [name]: port } });
}
