import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Rec, signHeads, tenantsOf } from '../prisma/index.js';

/** Where signed heads go, and by whom they are signed. */
export interface HeadsOptions {
  /** Best on another disk than the database, and carried away from there. */
  readonly folder: string;
  /** Ed25519. */
  readonly key: KeyObject;
  /** At most so often, in milliseconds; an hour by default. */
  readonly everyMs?: number;
}

/**
 * Makes what writes the signed heads of all tenants when their time has come: one file for each tenant whose journals have grown,
 * `<tenant>.<UTC>.jsonl`. It answers the files that it wrote. Nothing is ever overwritten or deleted.
 */
export function headsWriter(
  rec: Rec,
  { folder, key, everyMs = 3_600_000 }: HeadsOptions,
): () => Promise<readonly string[]> {
  const written = new Map<string, string>();
  let nextAt = -Infinity;
  return async () => {
    if (performance.now() < nextAt) return [];
    const files: string[] = [];
    await mkdir(folder, { recursive: true });
    for (const tenant of await tenantsOf(rec)) {
      const lines: string[] = [];
      for await (const line of signHeads(rec, tenant, key)) lines.push(line);
      // The first line says when, the last is the signature; between them are the heads.
      const digest = createHash('sha256').update(lines.slice(1, -1).join('')).digest('hex');
      if (written.get(tenant) === digest) continue;
      const { at } = JSON.parse(lines[0]!) as { readonly at: string };
      const file = join(folder, `${encodeURIComponent(tenant)}.${at.replaceAll(':', '-')}.jsonl`);
      await writeFile(`${file}.new`, lines.join(''));
      await rename(`${file}.new`, file);
      written.set(tenant, digest);
      files.push(file);
    }
    nextAt = performance.now() + everyMs;
    return files;
  };
}

/**
 * Reads a signing key in PEM.
 * @throws Error when the file cannot be read or holds no private Ed25519 key
 */
export async function readSigningKey(path: string): Promise<KeyObject> {
  const key = createPrivateKey(await readFile(path));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`MERZIM_SIGNING_KEY: ${path} holds no Ed25519 key`);
  return key;
}
