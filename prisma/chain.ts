import { createHmac, hash } from 'node:crypto';
import type { Instant } from '../rules/law/types.js';
import { canonical } from './canonical.js';

export { canonical };

/** The form of what is hashed; a journal names it in each row, so that an old one verifies for ever. */
export const FORM = 1;

/** SHA-256, hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Id of a fact that came without one: HMAC-SHA-256 of its content under the tenant's secret. A plain hash would let an erased payload be guessed. */
export function derivedId(secret: Buffer, content: string): string {
  return `h${createHmac('sha256', secret).update(content).digest('hex').slice(0, 40)}`;
}

/** Digest of a payload: SHA-256 of salt ‖ canonical payload. */
export function digestOf(salt: string, body: string): string {
  return sha256(salt + body);
}

/** What a contract was made of; its hash is what the first fact is chained to. */
export interface Genesis {
  readonly tenant: string;
  readonly contract: string;
  readonly offer: string;
  readonly edition: string;
  readonly policy: string;
  readonly participantDigest: string;
  readonly testClock: boolean;
  readonly createdAt: Instant;
}

/** Hash of the genesis. */
export function genesisOf(genesis: Genesis): string {
  return sha256(canonical({ form: FORM, ...genesis }));
}

/** The header of a fact: all that is chained. The payload enters by its digest. */
export interface Header {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly digest: string;
}

/** Hash of one row: SHA-256 over the form, the previous hash and the header. */
export function hashOf(previous: string, header: Header): string {
  const { seq, id, type, at, recordedAt, digest } = header;
  return sha256(canonical({ form: FORM, previous, seq, id, type, at, recordedAt, digest }));
}

/** A row to be verified; `salt` and `body` are null after an erasure. */
export interface ChainRow extends Header {
  readonly hash: string;
  readonly salt: string | null;
  readonly body: string | null;
}

/** Where a chain breaks, or null. `head` is the hash that the record says the journal ends with: without it a cut tail would not show. */
export function brokenAt(
  genesis: string,
  rows: Iterable<ChainRow>,
  head: { readonly seq: number; readonly hash: string },
): { readonly seq: number; readonly why: string } | null {
  let previous = genesis;
  let seq = 0;
  let recordedAt = -Infinity;
  for (const row of rows) {
    seq += 1;
    if (row.seq !== seq) return { seq, why: `row ${seq} is missing` };
    if (row.recordedAt < recordedAt) return { seq, why: 'recorded before its predecessor' };
    if (row.body !== null && row.salt !== null && digestOf(row.salt, row.body) !== row.digest)
      return { seq, why: 'the payload is not the one that was digested' };
    if (hashOf(previous, row) !== row.hash) return { seq, why: 'the row is not the one that was chained' };
    previous = row.hash;
    recordedAt = row.recordedAt;
  }
  if (seq !== head.seq || previous !== head.hash)
    return { seq, why: `the journal ends at ${seq}, its head is ${head.seq}` };
  return null;
}
