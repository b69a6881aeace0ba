import { CLI_REFUSALS } from '../cli/refusal.js';
import { RECORD_REFUSALS } from '../prisma/refusals.js';
import { RULES_CATALOGUE } from '../rules/catalogue.js';
import { API_REFUSALS } from './refusal.js';

/** What receipts say of effects that did not go out as they should. */
const RECEIPT_CODES = {
  'act.withdrawn': 'It was no longer wanted when its turn came, and did not go out.',
  'performance.scripted': 'The contract was made so that this effect fails.',
  'port.away': 'The other side could not be reached; it certainly did not go out.',
  'port.broken': 'The other side broke off; nobody knows whether it went out.',
  'port.refused': 'The other side has said no.',
  'port.timeout': 'The other side did not answer in time; nobody knows whether it went out.',
  'port.unsupported': 'This port can never carry out such an order.',
} as const;

/** The one catalogue of errors: each code that a user can meet, and what it means. `docs/errors.md` says the same. */
export const CATALOGUE: Readonly<Record<string, string>> = {
  ...RULES_CATALOGUE,
  ...RECORD_REFUSALS,
  ...RECEIPT_CODES,
  ...API_REFUSALS,
  ...CLI_REFUSALS,
};

/** What a code means; a code that the catalogue lacks (a test forbids it) stands for itself. */
export const titleOf = (code: string): string => (Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined) ?? code;
