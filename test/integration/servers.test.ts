import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../launch/roles.js';
import { createNamespace, temporalAddress } from '../support/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

describe('a database of a test', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  test('is migrated, and UTF-8 whatever the machine is set to', async () => {
    const [row] = await withClient(database.ownerUrl, async (client) => {
      const found = await client.query(
        'SELECT (SELECT count(*) > 0 FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migrated, ' +
          "current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone",
      );
      return found.rows as unknown[];
    });
    expect(row).toEqual({ migrated: true, encoding: 'UTF8', zone: 'UTC' });
  });

  test('is worked with by a role that owns nothing and is no superuser', async () => {
    const [row] = await withClient(database.appUrl, async (client) => {
      const found = await client.query(
        'SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, ' +
          '(SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned ' +
          'FROM pg_roles WHERE rolname = current_user',
      );
      return found.rows as unknown[];
    });
    expect(row).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false, owned: 0 });
  });
});

test('a namespace of a test has the search attributes as keywords', async () => {
  const connection = await Connection.connect({ address: temporalAddress() });
  const namespace = await createNamespace(connection);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(customAttributes).toMatchObject({ Operator: 2, Offer: 2, State: 2 });
  await connection.close();
});
