import { parseArgs } from 'node:util';
import type { Refusal } from '../rules/law/types.js';

/** The words of `merzim due` and `merzim calendar`, read without a parser of commands: a batch must start at once. */
export interface Words {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Reads words and options; an option that is not named in `texts` or `flags` is refused with the usage. */
export function readWords(
  args: readonly string[],
  texts: readonly string[],
  flags: readonly string[],
  usage: string,
): Words | Refusal {
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ]) as Record<string, { type: 'string' | 'boolean' }>;
  try {
    // A negative number is a wrong term and no option: a space in front keeps it a word, and the term's own refusal says what is wrong.
    const kept = args.map((word) => (/^-\d/.test(word) ? ` ${word}` : word));
    const { values, positionals } = parseArgs({ args: kept, options, allowPositionals: true });
    return { words: positionals.map((word) => word.trimStart()), options: values as Words['options'] };
  } catch (error) {
    return { code: 'cli.usage', message: `${(error as Error).message.split('.')[0]}. Usage: ${usage}` };
  }
}
