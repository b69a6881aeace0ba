import { z } from 'zod';

/** What is wrong at one place: `.data.amount` and a sentence. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** The first thing that a schema found, as a path into what was checked and a sentence that says what would be right. */
export function firstIssue(error: z.ZodError, schema: z.ZodType): Issue {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error('a failed check without an issue');
  if (issue.code !== 'unrecognized_keys') return { path: pathText(issue.path), message: issue.message };
  const at = issue.path.length === 0 && schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;
  const allowed = at === null ? '' : `; allowed: ${at.join(', ')}`;
  return { path: pathText([...issue.path, ...issue.keys.slice(0, 1)]), message: `there is no such field${allowed}` };
}

/** `facts`, `0`, `data` → `.facts[0].data`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
