import { Connection } from '@temporalio/client';
import { OFFER, OPERATOR, STATE } from '../workflows/messages.js';

/** `IndexedValueType` of the server: a keyword. */
const KEYWORD = 2;
const NAMES = [OPERATOR, OFFER, STATE].map(({ name }) => name);

/**
 * Makes sure that the namespace knows the search attributes with the right type. One with a wrong type would fail every
 * workflow task for ever, silently.
 * @throws Error naming the attribute when one is registered with another type
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const known = customAttributes ?? {};
  const wrong = NAMES.filter((name) => known[name] !== undefined && known[name] !== KEYWORD);
  if (wrong.length > 0)
    throw new Error(`search attributes of namespace ${namespace} have another type than Keyword: ${wrong.join(', ')}`);
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
