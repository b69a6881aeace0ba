import type { Connection } from '@temporalio/client';
import { Failure } from '../launch/failure.mjs';
import { OFFER, OPERATOR, STATE } from '../workflows/messages.js';

const TYPES = ['unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'];
const KEYWORD = TYPES.indexOf('Keyword');
const NAMES = [OPERATOR, OFFER, STATE].map(({ name }) => name);

/**
 * Registers the search attributes that are missing and compares those that are there: one of another type would fail
 * every workflow task for ever, without a word.
 * @throws Failure `temporal.attribute_type` naming the attribute that is registered with another type, and that type
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const known = customAttributes ?? {};
  for (const name of NAMES) {
    const found = known[name];
    if (typeof found === 'number' && found !== KEYWORD)
      throw new Failure('temporal.attribute_type', {
        name,
        wanted: 'Keyword',
        found: TYPES[found] ?? String(found),
        namespace,
      });
  }
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
