import type { Issue } from './issue.js';

/**
 * Finds text that cannot be kept: NUL, which no column of text takes, and halves of surrogate pairs, which have no
 * UTF-8 and so no hash; and nesting beyond 32 levels. Null when all of it can.
 */
export function unstorable(value: unknown, path = '', depth = 0): Issue | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return { path, message: 'must not hold the character NUL' };
    return !/\p{Surrogate}/u.test(value) ? null : { path, message: 'must be well-formed Unicode' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > 32) return { path, message: 'must not be nested deeper than 32 levels' };
  for (const [key, inner] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const wrong = unstorable(key, place, depth + 1) ?? unstorable(inner, place, depth + 1);
    if (wrong !== null) return wrong;
  }
  return null;
}
