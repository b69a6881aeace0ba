import { fileURLToPath } from 'node:url';
import type { LawSource } from '../prisma/engine.js';
import { ownRules } from '../compose/own-rules.js';
import { shippedLaws } from '../prisma/laws.js';

/**
 * The laws of a journal: it carries the text of its editions, and each is taken only when its hash is the one that the
 * chain was made with. So no offer of this build is read (this folder has none), and old journals need none.
 */
export const journalLaws = (): LawSource => shippedLaws(fileURLToPath(new URL('.', import.meta.url)), ownRules());
