import type { Outcome } from '../rules/engine/outcome.js';
import { isRefusal } from '../rules/law/refusal.js';
import { readJson } from './argument.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { outcomeLines } from './outcome.js';
import { call, pathOf } from './server.js';
import { table } from './table.js';

interface Repeating extends Answering {
  readonly idempotencyKey?: string;
}

interface Create extends Repeating {
  readonly offer: string;
  readonly participant?: string;
  readonly policy?: string;
  readonly edition?: string;
  readonly externalId?: string;
  readonly testClock?: string;
  readonly performance?: string;
}

/** `merzim contract create`: prints the id. */
export async function create(io: Io, options: Create): Promise<Exit> {
  const participant = await readJson(io, options.participant ?? '{}', '--participant');
  if (isRefusal(participant)) return refuse(io, participant);
  const performance =
    options.performance === undefined ? null : await readJson(io, options.performance, '--performance');
  if (isRefusal(performance)) return refuse(io, performance);
  const { offer, policy, edition, externalId, testClock } = options;
  const made = await call<{ id: string }>(io, {
    method: 'POST',
    path: pathOf('contracts'),
    body: {
      offer,
      participant: participant.value,
      policy,
      edition,
      externalId,
      testClock,
      performance: performance?.value,
    },
    ...keyOf(options),
  });
  if (isRefusal(made)) return refuse(io, made);
  answer(io, options, made.value, () => [made.value.id]);
  return 0;
}

interface List extends Answering {
  readonly offer?: string;
  readonly state?: string;
  readonly externalId?: string;
  readonly after?: string;
  readonly limit?: string;
}

interface Listed {
  readonly contracts: readonly {
    id: string;
    offer: string;
    state: string;
    externalId: string | null;
    createdAt: string;
  }[];
  readonly next: string | null;
}

/** `merzim contract list`: a page of contracts, and how to get the next one. */
export async function list(io: Io, options: List): Promise<Exit> {
  const { offer, state, externalId, after, limit } = options;
  const page = await call<Listed>(io, {
    method: 'GET',
    path: pathOf('contracts'),
    query: { offer, state, externalId, after, limit },
  });
  if (isRefusal(page)) return refuse(io, page);
  const { contracts, next } = page.value;
  answer(io, options, page.value, () => [
    ...table(
      ['id', 'offer', 'state', 'external id', 'made'],
      contracts.map((c) => [c.id, c.offer, c.state, c.externalId, c.createdAt]),
    ),
    ...(next === null ? [] : [`more: --after ${next}`]),
  ]);
  return 0;
}

interface Show extends Answering {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** `merzim contract show`: the outcome, judged now or at the view that is named. */
export async function show(io: Io, options: Show, id: string): Promise<Exit> {
  const { asOf, knownAt } = options;
  const outcome = await call<Outcome>(io, { method: 'GET', path: pathOf('contracts', id), query: { asOf, knownAt } });
  if (isRefusal(outcome)) return refuse(io, outcome);
  answer(io, options, outcome.value, () => outcomeLines(outcome.value));
  return 0;
}

interface Facts extends Answering {
  readonly after?: string;
  readonly limit?: string;
}

interface FactPage {
  readonly facts: readonly {
    seq: number;
    id: string;
    type: string;
    at: string;
    recordedAt: string;
    subject: string;
    data: unknown;
  }[];
  readonly next: number | null;
}

/** `merzim contract facts`: a page of the journal. */
export async function facts(io: Io, options: Facts, id: string): Promise<Exit> {
  const { after, limit } = options;
  const page = await call<FactPage>(io, {
    method: 'GET',
    path: pathOf('contracts', id, 'facts'),
    query: { after, limit },
  });
  if (isRefusal(page)) return refuse(io, page);
  const rows = page.value.facts.map((f) => [
    f.seq,
    f.at,
    f.type,
    f.subject,
    JSON.stringify(f.data),
    f.recordedAt,
    f.id,
  ]);
  answer(io, options, page.value, () => [
    ...table(['seq', 'at', 'type', 'subject', 'data', 'recorded', 'id'], rows),
    ...(page.value.next === null ? [] : [`more: --after ${page.value.next}`]),
  ]);
  return 0;
}

interface Adopt extends Repeating {
  readonly edition?: string;
  readonly from?: string;
  readonly reason: string;
}

/** `merzim contract adopt`: lets a contract come under an edition of its offer. */
export async function adopt(io: Io, options: Adopt, id: string): Promise<Exit> {
  const { edition, from, reason } = options;
  const made = await call<{ edition: string; fact: { id: string; recordedAt: string } }>(io, {
    method: 'POST',
    path: pathOf('contracts', id, 'editions'),
    body: { edition, from, reason },
    ...keyOf(options),
  });
  if (isRefusal(made)) return refuse(io, made);
  const { edition: adopted, fact } = made.value;
  answer(io, options, made.value, () => [
    `edition ${adopted} holds from ${from ?? fact.recordedAt}, known from ${fact.recordedAt}`,
  ]);
  return 0;
}

interface Policed extends Repeating {
  readonly reason: string;
}

/** `merzim contract policy`: lets another policy decide on the operator's rights from now on. */
export async function policy(io: Io, options: Policed, id: string, name: string): Promise<Exit> {
  const made = await call<{ policy: string; fact: { recordedAt: string } }>(io, {
    method: 'POST',
    path: pathOf('contracts', id, 'policies'),
    body: { policy: name, reason: options.reason },
    ...keyOf(options),
  });
  if (isRefusal(made)) return refuse(io, made);
  answer(io, options, made.value, () => [`policy ${made.value.policy}, from ${made.value.fact.recordedAt}`]);
  return 0;
}

/** `merzim contract clock`: moves a test clock and answers when it is there. */
export async function clock(io: Io, options: Repeating, id: string, to: string): Promise<Exit> {
  const path = pathOf('contracts', id, 'clock');
  const moved = await call<{ asOf: string; seq: number; state: string }>(io, {
    method: 'POST',
    path,
    body: { to },
    ...keyOf(options),
  });
  if (isRefusal(moved)) return refuse(io, moved);
  answer(io, options, moved.value, () => [`${moved.value.asOf}  ${moved.value.state}`]);
  return 0;
}

/** The key of a request, where one was given. */
export const keyOf = ({ idempotencyKey }: Repeating): { readonly idempotencyKey?: string } =>
  idempotencyKey === undefined ? {} : { idempotencyKey };
