import { z } from 'zod';
import type { Instant, Refusal, Zone } from '../law/types.js';
import { parseDay } from '../law/day.js';
import { parseInstant } from '../law/instant.js';
import { isRefusal } from '../law/refusal.js';
import { canonical } from './canonical.js';
import { schemasOf, type DeclaredFact } from './declared.js';
import type { Fact } from './fact.js';
import { firstIssue } from './issue.js';
import { refuseFact } from './refusal.js';
import { unstorable } from './text.js';
import { ADOPTIONS, isInternal } from './vocabulary.js';

/** How far the clock of a sender may run ahead of the one that records. */
export const TOLERANCE_MS = 5 * 60_000;

/** Who reads, and what is known there. */
export interface ReadContext {
  /** The zone of the contract: `on` is 00:00 in it. */
  readonly zone: Zone;
  /** Types that the offer adds to the common vocabulary. */
  readonly declared?: readonly DeclaredFact[];
  /** A scenario says when each fact became known; a server knows it. */
  readonly mode: 'scenario' | 'server';
  /** The server's clock: `recordedAt` of everything it reads, and the bound of `at`. A server must give it. */
  readonly now?: Instant;
  /** Makes the id of a fact that carries none from its canonical content (keyed, or erasure would be undone by it). */
  readonly hashId?: (canonical: string) => string;
}

const form = z.strictObject({
  id: z.string().min(1).max(200).optional(),
  type: z.string().min(1).max(200),
  at: z.string().optional(),
  on: z.string().optional(),
  recordedAt: z.string().optional(),
  by: z.string().min(1).max(200).optional(),
  subject: z.string().min(1).max(200).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
type Form = z.infer<typeof form>;

/**
 * Checks facts as they came from a scenario or a request: one, or a list of them. All or nothing: the first that is
 * wrong refuses all, with its place (`facts[3].data.amount`). Ids of a scenario default to `f1`, `f2` … by position.
 * Throws only when a server reads without its clock.
 */
export function readFacts(inputs: unknown, context: ReadContext): readonly Fact[] | Refusal {
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [inputs];
  const facts: Fact[] = [];
  const places = new Map<string, number>();
  for (const [index, input] of list.entries()) {
    const fact = readFact(input, index, context);
    if (isRefusal(fact)) return fact;
    const first = places.get(fact.id);
    const wrong = first === undefined ? null : repeated(fact, facts[first]!, index, first, context.mode);
    if (wrong !== null) return wrong;
    places.set(fact.id, index);
    facts.push(fact);
  }
  return facts;
}

/** A scenario tells each fact once. To a server the same fact may be told twice, and is one; other content under its id is a conflict. */
function repeated(fact: Fact, first: Fact, index: number, at: number, mode: ReadContext['mode']): Refusal | null {
  if (mode === 'server' && canonical(fact) === canonical(first)) return null;
  const code = mode === 'server' ? 'fact.conflict' : 'fact.duplicate_id';
  return refuseFact(code, `the id ${fact.id} is that of facts[${at}] too`, `facts[${index}].id`);
}

function readFact(input: unknown, index: number, context: ReadContext): Fact | Refusal {
  const where = `facts[${index}]`;
  const parsed = form.safeParse(input);
  if (!parsed.success) {
    const issue = firstIssue(parsed.error, form);
    return refuseFact('fact.invalid', issue.message, `${where}${issue.path}`);
  }
  const wrong = unstorable(parsed.data);
  if (wrong !== null) return refuseFact('fact.invalid', wrong.message, `${where}${wrong.path}`);
  const { type, by, subject = 'contract' } = parsed.data;
  const data = checkData(parsed.data, where, context);
  if (isRefusal(data)) return data;
  const times = readTimes(parsed.data, where, context);
  if (isRefusal(times)) return times;
  const content = { type, at: times.at, subject, data, ...(by === undefined ? {} : { by }) };
  const id = parsed.data.id ?? defaultId(content, index, where, context);
  if (isRefusal(id)) return id;
  return { id, ...content, recordedAt: times.recordedAt };
}

function checkData(
  { type, data = {} }: Form,
  where: string,
  { declared = [], mode }: ReadContext,
): Readonly<Record<string, unknown>> | Refusal {
  const told = mode === 'scenario' && Object.hasOwn(ADOPTIONS, type) ? ADOPTIONS[type] : undefined;
  if (isInternal(type) && told === undefined) {
    return refuseFact('fact.internal_type', `${type} is written by the engine only`, `${where}.type`);
  }
  const schemas = told === undefined ? schemasOf(type, declared) : [told];
  const [schema] = schemas;
  if (schema === undefined)
    return refuseFact('fact.unknown_type', `there is no fact of type ${clip(type)}`, `${where}.type`);
  const checked = schema.safeParse(data);
  if (checked.success || schemas.some((other) => other.safeParse(data).success)) return data;
  const issue = firstIssue(checked.error, schema);
  return refuseFact('fact.invalid_data', issue.message, `${where}.data${issue.path}`);
}

type Times = Pick<Fact, 'at' | 'recordedAt'>;

function readTimes(fact: Form, where: string, context: ReadContext): Times | Refusal {
  const at = readAt(fact, where, context.zone);
  if (isRefusal(at)) return at;
  const recordedAt = context.mode === 'server' ? serverTime(fact, where, context) : scenarioTime(fact, at, where);
  if (isRefusal(recordedAt)) return recordedAt;
  if (at > recordedAt + TOLERANCE_MS) {
    const known = context.zone.format(recordedAt);
    return refuseFact(
      'fact.in_future',
      `it would happen more than 5 minutes after ${known}, when it became known`,
      `${where}.at`,
    );
  }
  return { at, recordedAt };
}

function readAt(fact: Form, where: string, zone: Zone): Instant | Refusal {
  if ((fact.at === undefined) === (fact.on === undefined)) {
    return refuseFact('fact.invalid_instant', 'say exactly one of `at` (an instant) and `on` (a day)', where);
  }
  if (fact.at !== undefined) return located(parseInstant(fact.at, zone), `${where}.at`);
  const day = located(parseDay(fact.on ?? ''), `${where}.on`);
  return isRefusal(day) ? day : zone.startOf(day);
}

function serverTime(fact: Form, where: string, context: ReadContext): Instant | Refusal {
  if (fact.recordedAt !== undefined) {
    return refuseFact(
      'fact.recorded_at_forbidden',
      'leave it out: the server sets it from its own clock',
      `${where}.recordedAt`,
    );
  }
  if (context.now === undefined) throw new TypeError('a server that reads facts must give its clock');
  return context.now;
}

function scenarioTime(fact: Form, at: Instant, where: string): Instant | Refusal {
  return fact.recordedAt === undefined ? at : located(parseInstant(fact.recordedAt), `${where}.recordedAt`);
}

const located = (value: number | Refusal, where: string): number | Refusal =>
  isRefusal(value) ? refuseFact('fact.invalid_instant', value.message, where) : value;

function defaultId(
  content: Omit<Fact, 'id' | 'recordedAt'>,
  index: number,
  where: string,
  context: ReadContext,
): string | Refusal {
  if (context.mode === 'scenario') return `f${index + 1}`;
  if (content.type === 'payment.credited') {
    return refuseFact('fact.id_required', 'a payment must carry the id that the bank gave it', `${where}.id`);
  }
  if (context.hashId === undefined)
    return refuseFact('fact.id_required', 'this server makes no ids; give one', `${where}.id`);
  return context.hashId(canonical(content));
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
