import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isRefusal } from '../law/refusal.js';
import type { Refusal, WorkHours } from '../law/types.js';
import { parseDayHours, USUAL_HOURS } from '../law/work-hours.js';
import { findZone } from '../law/zone.js';
import { checkWhole } from './check.js';
import { eventsOf } from './events.js';
import { keyOfHappening } from './happening.js';
import { provisionsOf } from './provisions.js';
import { readOfferFile } from './read.js';
import { listOf, readRule } from './rule.js';
import type { ClauseFile, OfferFile } from './schema.js';
import { linkTopics } from './topics.js';
import type { Clause, CompiledOffer, Reading, Rule } from './types.js';

function readHours(source: OfferFile['hours']): WorkHours | Refusal {
  if (source === undefined) return USUAL_HOURS;
  const weekdays = parseDayHours(source.weekdays);
  if (isRefusal(weekdays)) return { ...weekdays, where: 'hours.weekdays' };
  const saturday = source.saturday === undefined ? null : parseDayHours(source.saturday);
  if (isRefusal(saturday)) return { ...saturday, where: 'hours.saturday' };
  return { weekdays, saturday };
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
    was: listOf(source.was),
    rules,
  };
}

/** An offer that was read and whose rules are not linked yet. */
type Unlinked = Omit<CompiledOffer, 'rules' | 'index' | 'provisions' | 'editions'>;

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
  const provisions = provisionsOf(read.map((offer) => offer.clauses));
  const linked = linkTopics(read.map((offer, position) => named(rulesOf(offer), provisions[position] as Names)));
  for (const [position, { rules, index }] of linked.entries()) {
    const offer = read[position] as Unlinked;
    const byClause = (ref: string): readonly Rule[] => rules.filter((rule) => rule.clause === ref);
    const clauses = offer.clauses.map((clause) => ({ ...clause, rules: byClause(clause.ref) }));
    editions.push({ ...offer, clauses, rules, index, provisions: provisions[position] as Names, editions });
  }
  return editions;
}

type Names = ReadonlyMap<string, string>;

/** Rules that speak of provisions and not of numbers: those of another edition may be others. */
function named(rules: readonly Rule[], names: Names): readonly Rule[] {
  const nameOf = (ref: string): string => names.get(ref) ?? ref;
  for (const rule of rules)
    for (const { event } of eventsOf(rule))
      if ('ref' in event.what) {
        const what = { ...event.what, ref: nameOf(event.what.ref) };
        Object.assign(event, { what, topic: { ...event.topic, key: keyOfHappening(what) } });
      }
  return rules.map((rule) => ({
    ...rule,
    provision: nameOf(rule.clause),
    within: rule.within?.form === 'earlier' ? { ...rule.within, ref: nameOf(rule.within.ref) } : rule.within,
  }));
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
