import { z } from 'zod';
import type { CaseCursor } from './ports.js';

const place = z.tuple([z.number().int(), z.string(), z.string()]);

/** The place after a case, as one opaque word. */
export const cursorOf = ({ openedAt, contract, key }: CaseCursor): string =>
  Buffer.from(JSON.stringify([openedAt, contract, key])).toString('base64url');

/** Such a word, in a query. */
export const caseCursor = z.string().transform((word, context): CaseCursor => {
  const parsed = place.safeParse(parse(Buffer.from(word, 'base64url').toString()));
  if (parsed.success) return { openedAt: parsed.data[0], contract: parsed.data[1], key: parsed.data[2] };
  context.addIssue({ code: 'custom', message: 'must be the `next` of the page before' });
  return z.NEVER;
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // what is no JSON is no cursor, and is refused as one
  }
}
