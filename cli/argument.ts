import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { readText, type Io } from './io.js';

/** JSON as it was typed, or from the file of that name. */
export async function readJson(io: Io, given: string, option: string): Promise<{ readonly value: unknown } | Refusal> {
  const inline = /^\s*[[{"]/.test(given);
  const text = inline ? given : await readText(io, given);
  if (isRefusal(text)) return text;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const what = inline ? option : `${option} ${given}`;
    return { code: 'cli.json', message: `${what} is not JSON: ${(error as Error).message}` };
  }
}
