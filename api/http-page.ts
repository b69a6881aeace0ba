import type { App } from './areas/area.js';

interface Operation {
  readonly summary: string;
  readonly 'x-roles'?: readonly string[];
}

/** `docs/http.md`: every route, what it is for, and who may come in. Made from the application itself, which must be ready. */
export function httpPage(app: App): string {
  const { paths } = app.swagger() as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, 'x-roles': roles }]) => {
      return `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${roles === undefined ? 'everybody' : roles.join(', ')} |`;
    }),
  );
  return [
    '# HTTP',
    '',
    'The forms of requests and answers stand at `/docs` and in `/openapi.json`; the codes of refusals in [errors.md](errors.md).',
    '',
    '## Who may come in',
    '',
    'Without `MERZIM_TOKENS` the server listens on loopback only and everybody there is the admin of the tenant `default`.',
    'With it every request needs `Authorization: Bearer <token>`, and tenant and role come from the token. The setting is a',
    'JSON list, or `file:` and the path of a file that holds one; a token has at least 16 characters, and a participant',
    'names the one contract that it sees:',
    '',
    '```json',
    '[',
    '  { "token": "…", "tenant": "operator-1", "role": "legal-ops" },',
    '  { "token": "…", "tenant": "operator-1", "role": "participant", "contract": "b2924174-…" }',
    ']',
    '```',
    '',
    '## Routes',
    '',
    '| route | what | who |',
    '| --- | --- | --- |',
    ...rows,
    '',
    '## Sending twice',
    '',
    'Every POST takes an `Idempotency-Key`. The same key and body again get the first answer again, with',
    '`idempotency-replayed: true`; the same key with another body is `idempotency.conflict`. Refusals are not kept: what was',
    'refused can be tried again under its key. Facts are known by their `id` besides: told twice they are one.',
    '',
  ].join('\n');
}
