import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { APP_ROLE, OWNER_ROLE, withClient } from '../../launch/roles.js';

/** A migrated database that belongs to one test. */
export interface TestDatabase {
  readonly name: string;
  /** The role that owns the tables. */
  readonly ownerUrl: string;
  /** The role the product works with, which owns nothing. */
  readonly appUrl: string;
  /** The superuser, for what no role of ours may do. */
  readonly superUrl: string;
  /** Ends what is still connected and removes the database. */
  drop(): Promise<void>;
}

/** Copies the migrated template. Takes about 50 ms. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const server = `127.0.0.1:${inject('postgresPort')}`;
  const admin = `postgresql://postgres@${server}/postgres`;
  const order = async (sql: string): Promise<void> =>
    withClient(admin, async (client) => void (await client.query(sql)));
  await order(`CREATE DATABASE ${name} TEMPLATE merzim_template OWNER ${OWNER_ROLE} STRATEGY FILE_COPY`);
  return {
    name,
    ownerUrl: `postgresql://${OWNER_ROLE}@${server}/${name}`,
    appUrl: `postgresql://${APP_ROLE}@${server}/${name}`,
    superUrl: `postgresql://postgres@${server}/${name}`,
    drop: () => order(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
