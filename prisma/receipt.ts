import type { EffectKind } from '../rules/engine/outcome.js';
import type { Law } from '../rules/engine/types.js';
import type { ReceiptData, ReceiptType } from '../rules/facts/fact.js';
import type { Instant } from '../rules/law/types.js';
import { append } from './journal.js';
import type { Stored } from './locked.js';
import type { Tx } from './transact.js';
import type { WorkItem } from './types.js';

/** A row of `act`; it is written only under the contract's lock. */
export interface ActRow {
  readonly attempt: number;
  readonly ordinal: number;
  readonly kind: EffectKind;
  readonly sends: EffectKind;
  readonly clause: string;
  readonly subject: string;
  readonly at: Instant;
  readonly content: string;
  readonly fingerprint: string;
  readonly state: 'wanted' | 'claimed' | 'waiting' | 'settled';
  readonly lease: string | null;
  readonly old_leases: readonly string[];
  readonly lease_until: Instant | null;
  readonly claimed_at: Instant | null;
  readonly may_have_gone: boolean;
  readonly answer: string | null;
}

/** The newest row of an act; null when there is none. */
export async function newestAct(tx: Tx, tenant: string, item: WorkItem): Promise<ActRow | null> {
  const { rows } = await tx.query<ActRow>({
    name: 'newest-act',
    text: `SELECT * FROM act WHERE tenant = $1 AND contract = $2 AND key = $3 AND generation = $4 AND operation = $5
      ORDER BY attempt DESC LIMIT 1`,
    values: [tenant, item.contract, item.key, item.generation, item.operation],
  });
  return rows[0] ?? null;
}

/** Appends the receipt of an act to a contract whose lock is held. Its id is derived: writing it twice would be a conflict, never a second receipt. */
export async function writeReceipt(
  tx: Tx,
  contract: Stored,
  law: Law,
  item: WorkItem,
  act: ActRow,
  type: ReceiptType,
  now: Instant,
  receipt?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const data: ReceiptData = {
    key: item.key,
    generation: item.generation,
    operation: item.operation,
    kind: act.kind,
    clause: act.clause,
    subject: act.subject,
    legalAt: law.offer.zone.format(act.at),
    content: JSON.parse(act.content) as ReceiptData['content'],
    fingerprint: act.fingerprint,
    ...(receipt === undefined ? {} : { receipt: storable(receipt) }),
  };
  const id = receiptId(type, item, act);
  const at = Math.max(now, contract.recordedTo);
  await append(tx, contract, [{ id, type, at, by: 'merzim', subject: act.subject, data: { ...data } }], now);
}

/** The id of what the record itself writes about one attempt of an act. */
export function receiptId(
  what: ReceiptType | 'effect.withdrawn',
  item: WorkItem,
  act: Pick<ActRow, 'attempt'>,
): string {
  return `${what}/${item.key}/${item.generation}/${item.operation}/${act.attempt}`;
}

/** What a port said, as JSON that can be hashed: halves of surrogate pairs and numbers that JSON has no word for must not keep a receipt from being written. */
function storable(receipt: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(receipt, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value,
  );
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
