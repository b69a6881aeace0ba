import type { Connection } from '@temporalio/client';
import { OFFER, OPERATOR, STATE } from '../workflows/messages.js';

const TYPES = ['unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'];
const KEYWORD = TYPES.indexOf('Keyword');
const NAMES = [OPERATOR, OFFER, STATE].map(({ name }) => name);

/**
 * Registers the search attributes that are missing and compares those that are there: one of another type would fail
 * every workflow task for ever, without a word.
 * @throws Error naming each attribute that is registered with another type, and that type
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const known = customAttributes ?? {};
  const wrong = NAMES.filter((name) => known[name] !== undefined && known[name] !== KEYWORD);
  if (wrong.length > 0) {
    const found = wrong.map((name) => `${name} is ${TYPES[Number(known[name])] ?? known[name]}`).join(', ');
    throw new Error(`search attributes of namespace "${namespace}" must be Keyword: ${found}`);
  }
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
