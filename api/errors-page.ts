import { Failure, failureCodes } from '../launch/failure.mjs';
import { CATALOGUE } from './catalogue.js';
import { statusOf } from './problem.js';

/** `docs/errors.md`: every code that a user can meet, what it means, and the HTTP status where it comes that way. */
export function errorsPage(): string {
  const rows = Object.entries(CATALOGUE).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# Errors',
    '',
    'Every "no" has a code. Over HTTP it is a problem document (`application/problem+json`) with `code`, `title`, `detail` and,',
    'where it is about one place of the request, `where`; on the command line it is `code: sentence` on stderr.',
    '',
    '| code | meaning | HTTP |',
    '| --- | --- | --- |',
    ...rows.map(([code, meaning]) => `| \`${code}\` | ${meaning} | ${statusOf(code)} |`),
    '',
    '## What keeps Merzim from starting',
    '',
    '| code | sentence |',
    '| --- | --- |',
    ...[...failureCodes].sort().map((code) => `| \`${code}\` | ${sentenceOf(code)} |`),
    '',
  ].join('\n');
}

/** The sentence of a failure, with the names of its details in place of what they were. */
function sentenceOf(code: string): string {
  const details = new Proxy<Record<string, string>>({}, { get: (_target, name) => `‹${String(name)}›` });
  return new Failure(code, details).message.replaceAll('\n', ' ').replaceAll('|', '\\|');
}
