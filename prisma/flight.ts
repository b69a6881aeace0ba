import type { Writable } from 'node:stream';
import type pg from 'pg';
import type { Tx } from './transact.js';

/** A statement with its values, to be sent. */
export interface Statement {
  /** Prepared once per connection under this name; no two statements of one flight have the same. */
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Sends statements one behind the other without waiting in between: one round trip for all. PostgreSQL runs them in this order, each sees
 * what those before it wrote. Answers when the last has come back; throws what the first that failed was refused with.
 */
export async function flight(tx: Tx, statements: readonly Statement[]): Promise<pg.QueryResult[]> {
  const { stream } = (tx as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork(); // one packet for all
  const sent = statements.map((statement) => tx.query(statement));
  stream.uncork();
  const done = await Promise.allSettled(sent);
  return done.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
