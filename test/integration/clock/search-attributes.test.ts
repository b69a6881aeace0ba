import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { ensureSearchAttributes } from '../../../worker/search-attributes.js';
import { createNamespace, temporalAddress } from '../../support/clock.js';

const INT = 3;

async function connected(): Promise<Connection> {
  const connection = await Connection.connect({ address: temporalAddress() });
  onTestFinished(() => connection.close());
  return connection;
}

test('search attributes are registered once, and a second time is no change', async () => {
  const connection = await connected();
  const namespace = await createNamespace(connection);
  await ensureSearchAttributes(connection, namespace);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['Operator', 'Offer', 'State']));
});

test('an attribute of another type is named before any workflow can stumble over it', async () => {
  const connection = await connected();
  const namespace = `wrong-${randomUUID()}`;
  const day = { seconds: 86_400 as unknown as never };
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: day });
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { Offer: INT } });
  await expect(ensureSearchAttributes(connection, namespace)).rejects.toThrow(
    `search attributes of namespace "${namespace}" must be Keyword: Offer is Int`,
  );
});
