import { isRefusal } from '../rules/law/refusal.js';
import { keyOf } from './contract.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { call, pathOf } from './server.js';
import { table } from './table.js';

interface List extends Answering {
  readonly contract?: string;
  readonly after?: string;
  readonly limit?: string;
}

interface Listed {
  readonly cases: readonly {
    contract: string;
    key: string;
    clause: string | null;
    subject: string;
    question: string;
    openedAt: string;
  }[];
  readonly next: string | null;
}

/** `merzim case list`: what waits for a person. */
export async function list(io: Io, options: List): Promise<Exit> {
  const { contract, after, limit } = options;
  const page = await call<Listed>(io, { method: 'GET', path: pathOf('cases'), query: { contract, after, limit } });
  if (isRefusal(page)) return refuse(io, page);
  const { cases, next } = page.value;
  answer(io, options, page.value, () => [
    ...table(
      ['contract', 'opened', 'clause', 'subject', 'question', 'key'],
      cases.map((c) => [c.contract, c.openedAt, c.clause, c.subject, c.question, c.key]),
    ),
    ...(next === null ? [] : [`more: --after ${next}`]),
  ]);
  return 0;
}

interface Decide extends Answering {
  readonly reason: string;
  readonly effective?: string;
  readonly idempotencyKey?: string;
}

/**
 * `merzim case decide <contract> <key> <decision> --reason …`: `used` or `declined` about a right; `performed`, `confirmed`,
 * `refused` or `failed` about an effect that nobody answered for.
 */
export async function decide(io: Io, options: Decide, contract: string, key: string, decision: string): Promise<Exit> {
  const { reason, effective } = options;
  const right = decision === 'used' || decision === 'declined';
  const made = await call<object>(io, {
    method: 'POST',
    path: right
      ? pathOf('contracts', contract, 'rights', key, 'decision')
      : pathOf('contracts', contract, 'effects', key, 'resolution'),
    body: right ? { decision, reason, effective } : { outcome: decision, reason },
    ...keyOf(options),
  });
  if (isRefusal(made)) return refuse(io, made);
  answer(io, options, made.value, () => [`${decision}: ${key}`]);
  return 0;
}
