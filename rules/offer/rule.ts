import { isRefusal } from '../law/refusal.js';
import { parseTerm } from '../law/term.js';
import type { Refusal } from '../law/types.js';
import { compileCondition } from './condition.js';
import { readConsequence } from './consequence.js';
import { readEvents } from './happening.js';
import type { ClauseFile, RuleFile } from './schema.js';
import type { Consequence, EventSpec, Rule, Within } from './types.js';

/** One, several or none, as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Kinds whose clocks are duties to perform and so are tolled by force majeure (reading 11). */
const TOLLED = new Set(['obligation', 'presumption']);
/** Kinds that go on after the contract has ended: debts, accruals, silence, retention, notices of force majeure. */
const SURVIVING = new Set([
  'obligation',
  'accrual',
  'presumption',
  'retention',
  'force-majeure',
  'dispute',
  'liability',
  'money',
]);
/** Kinds whose last day never moves (reading 2): paid periods, retention. */
const UNROLLED = new Set(['retention', 'term']);

function readWithin(source: RuleFile['within'], where: string): Within | null | Refusal {
  if (source === undefined) return null;
  if (source === 'until the end') return { form: 'end' };
  if (source === 'open') return { form: 'open' };
  const term = parseTerm(typeof source === 'string' ? source : source.term);
  if ('code' in term) return { ...term, where };
  if (typeof source === 'string') return { form: 'term', term };
  if ('before' in source) return { form: 'before', term, field: source.before };
  if ('named' in source)
    return { form: 'named', term, field: source.named, earlierToo: source['earlier too'] ?? false };
  return { form: 'earlier', term, ref: source['or earlier'] };
}

function readConsequences(source: RuleFile['then'], where: string): readonly Consequence[] | Refusal {
  const read: Consequence[] = [];
  for (const [position, one] of listOf(source).entries()) {
    const consequence = readConsequence(one, `${where}[${position}]`);
    if (isRefusal(consequence)) return consequence;
    read.push(consequence);
  }
  return read;
}

/** Reads one rule of a clause. It is not linked: its place among the others and what is made known of it are not known yet (`linkTopics`). */
export function readRule(source: RuleFile, ref: string, clause: ClauseFile, where: string): Rule | Refusal {
  const parts: Record<string, readonly EventSpec[]> = {};
  for (const name of ['on', 'met', 'cancel', 'expires'] as const) {
    const events = readEvents(source[name], `${where}.${name}`);
    if (isRefusal(events)) return events;
    parts[name] = events;
  }
  const later = readEvents(source['later of'], `${where}.later of`);
  if (isRefusal(later)) return later;
  const when = source.when === undefined ? null : compileCondition(source.when, `${where}.when`);
  if (isRefusal(when)) return when;
  const within = readWithin(source.within, `${where}.within`);
  if (isRefusal(within)) return within;
  const then = readConsequences(source.then, `${where}.then`);
  if (isRefusal(then)) return then;
  const fulfilled = readConsequences(source.fulfilled, `${where}.fulfilled`);
  if (isRefusal(fulfilled)) return fulfilled;
  const on = later.length > 0 ? later : (parts['on'] as readonly EventSpec[]);
  if (on.length === 0) return { code: 'offer.no_start', where, message: 'a rule says what starts it: on, or later of' };
  const expires = parts['expires'] as readonly EventSpec[];
  const holder = source.holder ?? null;
  const recurring = source.recurring ?? false;
  return {
    clause: ref,
    provision: ref,
    order: 0,
    edition: 0,
    place: 0,
    several: false,
    kind: clause.kind,
    on,
    all: later.length > 0,
    when,
    whenSource: source.when ?? null,
    subject: source.subject ?? 'trigger',
    again: source.again ?? false,
    debtor: source.debtor ?? null,
    holder,
    within,
    withinText:
      within === null ? null : typeof source.within === 'string' ? source.within : (source.within?.term ?? null),
    met: parts['met'] as readonly EventSpec[],
    cancel: parts['cancel'] as readonly EventSpec[],
    expires,
    grounds:
      expires.length > 0 || then.some((one) => one.do === 'fine' || one.do === 'penalty')
        ? expires
        : then.flatMap((one) => (one.do === 'restrict' ? one.until : [])),
    recurring,
    tolled: source.tolled ?? (holder === null && TOLLED.has(clause.kind)),
    noRoll: source.roll === undefined ? recurring || UNROLLED.has(clause.kind) : !source.roll,
    survives: source.survives ?? (!recurring && SURVIVING.has(clause.kind)),
    then,
    fulfilled,
    says: { lapse: null, met: null, opening: null, use: null, performance: {} },
    pays:
      within !== null &&
      (parts['met'] as readonly EventSpec[]).some((event) => event.what.on === 'settled') &&
      on.some((event) => event.what.on === 'fact' && event.what.type.startsWith('invoice.')),
    ends: then.some((one) => one.do === 'end'),
    keeps: then.some((one) => one.do === 'keep'),
    applies: false,
    does: doesOf(then),
    quiet: false,
    effectful: [],
  };
}

/** Words for what consequences do, as a policy sees them. */
function doesOf(then: readonly Consequence[]): readonly string[] {
  const words = then.map((one) => {
    switch (one.do) {
      case 'fine':
      case 'penalty':
        return 'claim';
      case 'message':
        return one.kind === 'invoice' ? 'invoice' : one.kind;
      default:
        return one.do;
    }
  });
  return [...new Set(words)];
}
