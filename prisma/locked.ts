import type pg from 'pg';
import type { Participant } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { flight, type Statement } from './flight.js';
import type { Tx } from './transact.js';
import type { ContractRow } from './types.js';

/** A contract as its row stands, with what only the record itself needs. */
export interface Stored extends ContractRow {
  readonly headHash: string;
  /** Salt of the participant's digest and of the outcomes' hashes; empty after an erasure. */
  readonly salt: string;
  readonly recordedTo: Instant;
  readonly genesis: string;
  readonly wakeClause: string | null;
  readonly law: string | null;
  readonly engine: string | null;
  readonly outcomeHash: string | null;
  readonly held: boolean;
  /** Undoings are held back until a person releases them. */
  readonly paused: boolean;
  readonly state: string;
  readonly concludedAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly accessVersion: number;
  readonly erasedAt: Instant | null;
}

/**
 * Takes the contract's lock until the transaction ends; null when the tenant has no such contract. It is the first lock that any transaction takes, so
 * none wait for each other in a circle. Its key stays free: a row that only refers to the contract (a message, a poke) need not wait.
 */
export async function lockContract(tx: Tx, tenant: string, id: string): Promise<Stored | null> {
  return read(tx, tenant, id, 'FOR NO KEY UPDATE');
}

/** The same without the lock. */
export async function readContract(tx: Tx, tenant: string, id: string): Promise<Stored | null> {
  return read(tx, tenant, id, '');
}

/** The clock of the database, in whole milliseconds. Ask after the lock was taken: waiting for it takes time. */
export async function databaseClock(tx: Tx): Promise<Instant> {
  const { rows } = await tx.query<{ now: Instant }>(CLOCK);
  return rows[0]!.now;
}

const CLOCK: Statement = {
  text: "SELECT date_trunc('milliseconds', clock_timestamp()) AS now",
  values: [],
};

/** Takes the lock, asks for the clock behind it, and then what the caller wants to know: one round trip. Each statement sees what was committed before the lock was had. */
export async function lockAndAsk(
  tx: Tx,
  tenant: string,
  id: string,
  then: readonly Statement[],
): Promise<{ readonly contract: Stored | null; readonly now: Instant; readonly answers: readonly pg.QueryResult[] }> {
  if (id.includes('\0')) return { contract: null, now: await databaseClock(tx), answers: [] };
  const [locked, clock, ...answers] = await flight(tx, [contractRow(tenant, id, 'FOR NO KEY UPDATE'), CLOCK, ...then]);
  const row = locked!.rows[0] as Row | undefined;
  return { contract: row === undefined ? null : toStored(row), now: (clock!.rows[0] as { now: Instant }).now, answers };
}

/** What the contract's own clock says: the test clock, else the database's; never before the last fact. */
export async function clockOf(tx: Tx, contract: Stored): Promise<Instant> {
  const now = contract.testClock ?? (await databaseClock(tx));
  return Math.max(now, contract.recordedTo);
}

/** How an instant goes to PostgreSQL. */
export function timestamp(at: Instant): string;
export function timestamp(at: Instant | null): string | null;
export function timestamp(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

interface Row {
  readonly [column: string]: unknown;
  readonly participant: string | null;
  readonly salt: string | null;
  readonly performance: string;
}

async function read(tx: Tx, tenant: string, id: string, lock: '' | 'FOR NO KEY UPDATE'): Promise<Stored | null> {
  if (id.includes('\0')) return null; // no column of text holds it
  const { rows } = await tx.query<Row>(contractRow(tenant, id, lock));
  return rows[0] === undefined ? null : toStored(rows[0]);
}

const contractRow = (tenant: string, id: string, lock: string): Statement => ({
  name: `contract${lock}`,
  text: `SELECT * FROM contract WHERE tenant = $1 AND id = $2 ${lock}`,
  values: [tenant, id],
});

/** The row as the code sees it. */
export function toStored(row: Row): Stored {
  const plain: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row))
    plain[column.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())] = value;
  return {
    ...plain,
    salt: row.salt ?? '',
    participant: row.participant === null ? {} : (JSON.parse(row.participant) as Participant),
    performance: JSON.parse(row.performance) as ContractRow['performance'],
  } as unknown as Stored;
}
