import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { crashPoint } from '../launch/crash-point.js';
import type { Prisma } from '../generated/prisma/client.js';
import { flight, type Statement } from './flight.js';
import type { Rec } from './record.js';

/** A connection inside a transaction that sees one tenant. */
export type Tx = pg.PoolClient;

/** Serialization, deadlock, and the ways in which a connection ends or does not begin. */
const TRANSIENT = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** A restart of PostgreSQL takes a second or two; together the pauses are five. */
const ATTEMPTS = 8;
const pauseMs = (attempt: number): number => Math.min(25 * 2 ** attempt, 2000);

/**
 * Runs `work` in one transaction that sees the rows of one tenant, and commits. Everything that is written here can be
 * done twice without harm, so a lost connection is tried again, also when nobody can say whether the commit arrived.
 * A refusal is decided before anything is written. Throws what PostgreSQL throws when waiting does not help.
 * @param name of the crash points around the commit
 */
export async function inTenant<T>(rec: Rec, tenant: string, name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(rec, tenant, name, 'READ COMMITTED', work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await sleep(pauseMs(attempt));
    }
  }
}

/**
 * The last statements of a transaction that `inTenant` began, with the commit behind them: one round trip for all. When one of them fails,
 * PostgreSQL rolls back instead, and this throws.
 * @param name of the crash points around the commit
 */
export async function commitBehind(tx: Tx, name: string, statements: readonly Statement[]): Promise<pg.QueryResult[]> {
  crashPoint(`${name}.before-commit`);
  const answers = await flight(tx, [...statements, { text: 'COMMIT', values: [] }]);
  const end = answers.pop();
  if (end?.command !== 'COMMIT')
    throw new Error(`the transaction "${name}" was not committed but ended by ${end?.command}`);
  return answers;
}

/** As `inTenant`, for reading: one snapshot. */
export async function snapshot<T>(rec: Rec, tenant: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(rec, tenant, null, 'REPEATABLE READ, READ ONLY', work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await sleep(pauseMs(attempt));
    }
  }
}

/** The same through Prisma, for lists of read models. */
export function ofTenant<T>(rec: Rec, tenant: string, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return rec.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('merzim.tenant', ${tenant}, true)`;
      return work(tx);
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}

/** True for what may go away by itself: a restart, a conflict, a lost connection. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return TRANSIENT.has(code);
  return /Connection terminated|not queryable|connection timeout|timeout exceeded when trying to connect/i.test(
    error.message,
  );
}

async function once<T>(
  rec: Rec,
  tenant: string,
  name: string | null,
  mode: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const tx = await rec.pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => (broken = error);
  tx.on('error', onError);
  try {
    const [begun, worked] = await Promise.allSettled([
      tx.query(`BEGIN ISOLATION LEVEL ${mode}; SELECT set_config('merzim.tenant', ${pg.escapeLiteral(tenant)}, true)`),
      work(tx), // its first statement travels behind the beginning and does not wait for it
    ]);
    if (begun.status === 'rejected') throw begun.reason;
    if (worked.status === 'rejected') throw worked.reason;
    const result = worked.value;
    // Idle: committed behind its last statements.
    if (tx.getTransactionStatus() !== 'I') {
      if (name !== null) crashPoint(`${name}.before-commit`);
      await tx.query('COMMIT');
    }
    if (name !== null) crashPoint(`${name}.after-commit`);
    return result;
  } catch (error) {
    await tx.query('ROLLBACK').catch((second: unknown) => {
      broken = second instanceof Error ? second : new Error(String(second));
    });
    throw error;
  } finally {
    tx.off('error', onError);
    tx.release(broken);
  }
}
