import type { Instant } from '../rules/law/types.js';
import { databaseClock, timestamp } from './locked.js';
import type { Rec } from './record.js';
import { inTenant, snapshot } from './transact.js';

/** A message in somebody's inbox on the portal. */
export interface Message {
  /** The idempotency key of what sent it: the same twice is one message. */
  readonly id: string;
  readonly to: 'participant' | 'operator';
  readonly at: Instant;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly clause: string;
}

/** Puts a message into the inbox of a contract. The same id again changes nothing: false. */
export function putMessage(rec: Rec, tenant: string, contract: string, message: Message): Promise<boolean> {
  const { id, to, at, language, subject, text, clause } = message;
  return inTenant(rec, tenant, 'inbox', async (tx) => {
    const { rowCount } = await tx.query(
      `INSERT INTO message (tenant, contract, id, addressee, sent_at, language, subject, body, clause)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [tenant, contract, id, to, timestamp(at), language, subject, text, clause],
    );
    return rowCount === 1;
  });
}

/** The inbox of a contract, newest first. */
export function listMessages(
  rec: Rec,
  tenant: string,
  contract: string,
  to: Message['to'],
  limit: number,
): Promise<readonly (Message & { readonly readAt: Instant | null })[]> {
  return snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query<Message & { readonly readAt: Instant | null }>(
      `SELECT id, addressee AS "to", sent_at AS at, language, subject, body AS text, clause, read_at AS "readAt" FROM message
       WHERE tenant = $1 AND contract = $2 AND addressee = $3 ORDER BY sent_at DESC, id LIMIT $4`,
      [tenant, contract, to, limit],
    );
    return rows;
  });
}

/** Marks a message as read, once. */
export function readMessage(rec: Rec, tenant: string, contract: string, id: string): Promise<boolean> {
  return inTenant(rec, tenant, 'inbox', async (tx) => {
    const { rowCount } = await tx.query(
      'UPDATE message SET read_at = $4 WHERE tenant = $1 AND contract = $2 AND id = $3 AND read_at IS NULL',
      [tenant, contract, id, timestamp(await databaseClock(tx))],
    );
    return rowCount === 1;
  });
}
