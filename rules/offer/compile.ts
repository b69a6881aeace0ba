import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isRefusal } from '../law/refusal.js';
import { parseTerm } from '../law/term.js';
import type { Refusal, WorkHours } from '../law/types.js';
import { parseDayHours, USUAL_HOURS } from '../law/work-hours.js';
import { findZone } from '../law/zone.js';
import { checkWhole } from './check.js';
import { compileCondition } from './condition.js';
import { readConsequence } from './consequence.js';
import { readEvents } from './happening.js';
import { readOfferFile } from './read.js';
import type { ClauseFile, OfferFile, RuleFile } from './schema.js';
import { linkTopics } from './topics.js';
import type { Clause, CompiledOffer, Consequence, EventSpec, Reading, Rule, Within } from './types.js';

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
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

function readHours(source: OfferFile['hours']): WorkHours | Refusal {
  if (source === undefined) return USUAL_HOURS;
  const weekdays = parseDayHours(source.weekdays);
  if (isRefusal(weekdays)) return { ...weekdays, where: 'hours.weekdays' };
  const saturday = source.saturday === undefined ? null : parseDayHours(source.saturday);
  if (isRefusal(saturday)) return { ...saturday, where: 'hours.saturday' };
  return { weekdays, saturday };
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

function readRule(source: RuleFile, ref: string, clause: ClauseFile, where: string): Rule | Refusal {
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
    order: 0,
    edition: 0,
    place: 0,
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

function readClause(ref: string, source: ClauseFile, where: string): Clause | Refusal {
  const rules: Rule[] = [];
  const sources = listOf(source.rule);
  for (const [position, one] of sources.entries()) {
    const place = sources.length > 1 ? `${where}.rule[${position}]` : `${where}.rule`;
    const rule = readRule(one, ref, source, place);
    if (isRefusal(rule)) return rule;
    rules.push(rule);
  }
  if (rules.length === 0 && source.why === undefined)
    return {
      code: 'offer.no_rule',
      where,
      message: `clause ${ref} has neither a rule nor a reason (why) for having none`,
    };
  return {
    ref,
    kind: source.kind,
    title: source.title,
    source: source.source ?? (ref.split('/')[0] as string),
    cites: (source.cites ?? []).map((cite) =>
      typeof cite === 'string'
        ? { to: cite, expects: null, means: null }
        : { to: cite.to, expects: cite.expects ?? null, means: cite.means ?? null },
    ),
    readings: listOf(source.reading) as readonly Reading[],
    why: rules.length > 0 ? null : (source.why as string),
    rules,
  };
}

/** An offer that was read and whose rules are not linked yet. */
type Unlinked = Omit<CompiledOffer, 'rules' | 'index' | 'editions'>;

function readOffer(offer: OfferFile): Unlinked | Refusal {
  const zone = findZone(offer.zone);
  if (isRefusal(zone)) return { ...zone, where: 'zone' };
  const hours = readHours(offer.hours);
  if (isRefusal(hours)) return hours;
  const clauses: Clause[] = [];
  for (const [ref, source] of Object.entries(offer.clauses)) {
    const clause = readClause(ref, source, `clauses["${ref}"]`);
    if (isRefusal(clause)) return clause;
    clauses.push(clause);
  }
  return {
    id: offer.offer,
    edition: editionOf(offer),
    zone,
    calendarId: offer.calendar,
    hours,
    operator: offer.operator,
    languages: offer.languages,
    functions: offer.functions,
    forceMajeure: {
      notice: offer['force majeure']?.notice ?? null,
      evidence: offer['force majeure']?.evidence ?? false,
    },
    clauses,
    declared: Object.entries(offer.facts ?? {}).map(([type, schema]) => ({ type, schema })),
    file: offer,
  };
}

const rulesOf = (offer: Unlinked): readonly Rule[] => offer.clauses.flatMap((clause) => clause.rules);

/** Editions of one offer, linked: what happens is found in all of them at once. The offers are those that were just read. */
function link(read: readonly Unlinked[]): readonly CompiledOffer[] {
  const editions: CompiledOffer[] = [];
  for (const [position, { rules, index }] of linkTopics(read.map(rulesOf)).entries()) {
    const offer = read[position] as Unlinked;
    const byClause = (ref: string): readonly Rule[] => rules.filter((rule) => rule.clause === ref);
    const clauses = offer.clauses.map((clause) => ({ ...clause, rules: byClause(clause.ref) }));
    editions.push({ ...offer, clauses, rules, index, editions });
  }
  return editions;
}

/** Compiles the text of an offer file once into an index by what happens. Refuses with file, line, clause and what would be right. */
export function compileOffer(text: string, file: string): CompiledOffer | Refusal {
  const read = readOfferFile(text, file);
  if ('refusal' in read) return read.refusal;
  const { offer, locate } = read;
  const unlinked = readOffer(offer);
  if (isRefusal(unlinked)) return locate(unlinked);
  const wrong = checkWhole(offer, rulesOf(unlinked), unlinked.hours);
  return wrong === null ? (link([unlinked])[0] as CompiledOffer) : locate(wrong);
}

/**
 * An offer with the editions that a contract which was concluded under it may come under later, as one law: what an edition starts, it starts
 * while it is in force. Refuses an edition of another offer, and one that counts by another calendar or in another zone, because the
 * days of a contract that stands cannot change their meaning.
 */
export function withEditions(own: CompiledOffer, later: readonly CompiledOffer[]): CompiledOffer | Refusal {
  const editions = [own, ...later].filter(
    (one, place, all) => all.findIndex(({ edition }) => edition === one.edition) === place,
  );
  if (editions.length === 1) return own;
  for (const one of editions) {
    const wrong = cannotFollow(own, one);
    if (wrong !== null) return wrong;
  }
  const read: Unlinked[] = [];
  for (const { file } of editions) {
    const unlinked = readOffer(file);
    if (isRefusal(unlinked)) return unlinked;
    read.push(unlinked);
  }
  return link(read)[0] as CompiledOffer;
}

/** Why a contract under one edition cannot come under another; null when it can. */
export function cannotFollow(own: CompiledOffer, later: CompiledOffer): Refusal | null {
  const wrong = (what: string, is: string, was: string): Refusal => ({
    code: 'edition.cannot_follow',
    message: `edition ${later.edition.slice(0, 12)} is of ${what} ${is}, the contract of ${was}`,
  });
  if (later.id !== own.id) return wrong('the offer', later.id, own.id);
  if (later.zone.id !== own.zone.id) return wrong('the zone', later.zone.id, own.zone.id);
  if (later.calendarId !== own.calendarId) return wrong('the calendar', later.calendarId, own.calendarId);
  return null;
}

/** The name of an edition: SHA-256 of the content, so that comments and layout do not make a new one. */
function editionOf(offer: OfferFile): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(offer))));
}
