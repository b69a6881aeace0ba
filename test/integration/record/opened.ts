import { onTestFinished } from 'vitest';
import { openRecord, type Rec, type RecordOptions } from '../../../prisma/index.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { got, smallLaw } from './small-law.js';

/** A database of one test's own with the record open on it under the application's role, judged by the small law. Gone when the test is over. */
export async function freshRecord(
  options: Partial<RecordOptions> = {},
): Promise<{ readonly rec: Rec; readonly database: TestDatabase }> {
  const database = await createDatabase();
  const rec = await openRecord(database.appUrl, { ...smallLaw(), spreadMs: 0, ...options });
  onTestFinished(async () => {
    await rec.close();
    await database.drop();
  });
  return { rec, database };
}

/** A second opening of the same record, as after a restart, closed when the test is over. */
export async function openAgain(database: TestDatabase, options: Partial<RecordOptions> = {}): Promise<Rec> {
  const rec = await openRecord(database.appUrl, { ...smallLaw(), spreadMs: 0, ...options });
  onTestFinished(() => rec.close());
  return rec;
}

export const TENANT = 'operator-1';

/** 2 March 2026, 10:00 in Almaty, a Monday. */
export const MONDAY = Date.parse('2026-03-02T10:00:00+05:00');

export { got };
