import { createPublicKey, type KeyObject } from 'node:crypto';
import { checkHeads, openRecord } from '../prisma/index.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { answer, readText, refuse, type Answering, type Exit, type Io } from './io.js';

/**
 * `merzim journal heads <file> --key <pem>`: compares the database (`DATABASE_URL`) with heads that were signed before and kept outside it.
 * Exits 1 where a journal no longer holds what it held then: its tail was cut off, or it is another.
 */
export async function heads(io: Io, options: Answering & { readonly key: string }, file: string): Promise<Exit> {
  const url = io.env['DATABASE_URL'];
  if (url === undefined) return refuse(io, { code: 'cli.database', message: 'DATABASE_URL names the record to check' });
  const signed = await readText(io, file);
  if (typeof signed !== 'string') return refuse(io, signed);
  const pem = await readText(io, options.key);
  if (typeof pem !== 'string') return refuse(io, pem);
  const key = publicKey(pem, options.key);
  if (isRefusal(key)) return refuse(io, key);
  const lines = signed.split('\n');
  const rec = await openRecord(url, { connections: 1 });
  try {
    const report = await checkHeads(rec, tenantOf(lines), lines, key);
    answer(io, options, report, () =>
      report.signed
        ? [
            `signed      ${report.at}, ${report.contracts} contracts`,
            ...report.broken.map(({ contract, seq, why }) => `${contract}: ${why} (fact ${seq})`),
            report.ok
              ? 'whole       every journal still holds what it ended with then'
              : `broken      ${report.broken.length}`,
          ]
        : ['not signed by this key: nothing was compared'],
    );
    return report.ok ? 0 : 1;
  } finally {
    await rec.close();
  }
}

/** The key that checks, of a file that holds it or the one that signs. */
function publicKey(pem: string, file: string): KeyObject | Refusal {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: it is no key at all.
  }
  return { code: 'cli.key', message: `${file} holds no Ed25519 key in PEM` };
}

/** The tenant whose heads these are, as their first line says; the signature covers that line. */
function tenantOf(lines: readonly string[]): string {
  try {
    return String((JSON.parse(lines[0] ?? '') as { readonly tenant?: unknown }).tenant);
  } catch {
    return '';
  }
}
