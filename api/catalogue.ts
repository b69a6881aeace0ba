import { CLI_REFUSALS } from '../cli/refusal.js';
import { RECORD_REFUSALS } from '../prisma/refusals.js';
import { RULES_CATALOGUE } from '../rules/catalogue.js';
import { API_REFUSALS } from './refusal.js';

/** The one catalogue of errors: each code that a user can meet, and what it means. `docs/errors.md` says the same. */
export const CATALOGUE: Readonly<Record<string, string>> = {
  ...RULES_CATALOGUE,
  ...RECORD_REFUSALS,
  ...API_REFUSALS,
  ...CLI_REFUSALS,
};

/** What a code means; a code that the catalogue lacks (a test forbids it) stands for itself. */
export const titleOf = (code: string): string => (Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined) ?? code;
