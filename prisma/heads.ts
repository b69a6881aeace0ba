import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { databaseClock } from './locked.js';
import type { Rec } from './record.js';
import { snapshot } from './transact.js';

const HEADS_FORM = 'merzim-heads/1';

/** Where one journal ended. */
interface Head {
  readonly contract: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * Where all journals of a tenant end now, as JSON Lines with an Ed25519 signature in the last one. Kept outside the database: a chain shows
 * what was changed inside it, and only this shows that its tail was cut off, head and all.
 */
export async function* signHeads(rec: Rec, tenant: string, key: KeyObject): AsyncIterable<string> {
  const { at, heads } = await snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Head>(
      'SELECT id AS contract, head AS seq, head_hash AS hash FROM contract WHERE tenant = $1 ORDER BY id',
      [tenant],
    );
    return { at: await databaseClock(tx), heads: rows };
  });
  const digest = createHash('sha256');
  for (const line of [{ form: HEADS_FORM, tenant, at: new Date(at).toISOString() }, ...heads]) {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    yield text;
  }
  yield `${JSON.stringify({ signature: sign(null, digest.digest(), key).toString('base64') })}\n`;
}

/** Tenants of the record, by name: whose heads are to be signed. */
export async function tenantsOf(rec: Rec): Promise<readonly string[]> {
  const { rows } = await rec.pool.query<{ tenant: string }>('SELECT tenant FROM merzim_tenants()');
  return rows.map(({ tenant }) => tenant);
}

/** What comparing the record with signed heads found. */
export interface HeadsReport {
  readonly ok: boolean;
  /** False: these lines are not what the holder of the key signed, and nothing was compared. */
  readonly signed: boolean;
  readonly at: string | null;
  readonly contracts: number;
  /** Contracts whose journal no longer holds what it held then. */
  readonly broken: readonly { readonly contract: string; readonly seq: number; readonly why: string }[];
}

/** Compares the journals of a tenant with heads that were signed before: each must still hold the row that it ended with. */
export async function checkHeads(
  rec: Rec,
  tenant: string,
  lines: readonly string[],
  key: KeyObject,
): Promise<HeadsReport> {
  const told = readHeads(lines, tenant, key);
  if (told === null) return { ok: false, signed: false, at: null, contracts: 0, broken: [] };
  const broken = await snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Head & { readonly found: string | null; readonly last: number | null }>(
      `SELECT h.contract, h.seq, coalesce(f.hash, CASE WHEN h.seq = 0 THEN c.genesis END) AS found, h.hash,
         (SELECT max(seq) FROM fact l WHERE l.tenant = $1 AND l.contract = h.contract) AS last
       FROM unnest($2::text[], $3::int[], $4::text[]) AS h (contract, seq, hash)
       LEFT JOIN contract c ON c.tenant = $1 AND c.id = h.contract
       LEFT JOIN fact f ON f.tenant = $1 AND f.contract = h.contract AND f.seq = h.seq
       WHERE coalesce(f.hash, CASE WHEN h.seq = 0 THEN c.genesis END) IS DISTINCT FROM h.hash ORDER BY h.contract`,
      [tenant, told.heads.map((h) => h.contract), told.heads.map((h) => h.seq), told.heads.map((h) => h.hash)],
    );
    return rows.map(({ contract, seq, found, last }) => ({
      contract,
      seq,
      why:
        found === null
          ? `the row that the journal ended with is gone: it holds facts up to ${last ?? 0}`
          : 'the row that the journal ended with is another',
    }));
  });
  return { ok: broken.length === 0, signed: true, at: told.at, contracts: told.heads.length, broken };
}

function readHeads(
  lines: readonly string[],
  tenant: string,
  key: KeyObject,
): { at: string; heads: readonly Head[] } | null {
  const texts = lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  const signature = texts.pop();
  const digest = createHash('sha256');
  for (const text of texts) digest.update(`${text}\n`);
  try {
    const { signature: given } = JSON.parse(signature ?? '') as { signature: string };
    if (!verify(null, digest.digest(), key, Buffer.from(given, 'base64'))) return null;
    const [first, ...heads] = texts.map((text) => JSON.parse(text) as unknown);
    const { form, tenant: of, at } = first as { form: string; tenant: string; at: string };
    return form === HEADS_FORM && of === tenant ? { at, heads: heads as Head[] } : null;
  } catch {
    return null; // not JSON, or without a signature: not what was signed
  }
}
