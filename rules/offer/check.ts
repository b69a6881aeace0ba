import { compileSchema } from '../facts/declared.js';
import { findCalendar } from '../law/calendar.js';
import { formatTerm, LONGEST, parseTerm } from '../law/term.js';
import type { Refusal, WorkHours } from '../law/types.js';
import { formatDayHours } from '../law/work-hours.js';
import { compileCondition } from './condition.js';
import { findCycle } from './cycle.js';
import { readEvents } from './happening.js';
import { eventsOf } from './events.js';
import type { OfferFile } from './schema.js';
import type { Rule } from './types.js';

/** What must hold of the whole before an offer can be judged: clauses that are there, schemas that are schemas, no circle within one instant. */
export function checkWhole(offer: OfferFile, rules: readonly Rule[], hours: WorkHours): Refusal | null {
  return (
    calendar(offer) ??
    facts(offer) ??
    sayings(offer) ??
    clauses(offer, rules) ??
    workTerms(rules, hours) ??
    circle(rules)
  );
}

/** Short hours make a term in hours of work long: it is held to the hundred years that hold for working days. */
function workTerms(rules: readonly Rule[], { weekdays }: WorkHours): Refusal | null {
  for (const { clause, within } of rules) {
    if (within === null || !('term' in within) || within.term.kind !== 'length') continue;
    const { n, unit } = within.term;
    if (unit !== 'working hours' || n * 60 <= LONGEST['working days'] * (weekdays.closes - weekdays.opens)) continue;
    return {
      code: 'term.too_long',
      where: `clauses["${clause}"].rule.within`,
      message: `${formatTerm(within.term)} of ${formatDayHours(weekdays)} are longer than a hundred years.`,
    };
  }
  return null;
}

function calendar(offer: OfferFile): Refusal | null {
  const found = findCalendar(offer.calendar);
  return 'code' in found ? { ...found, where: 'calendar' } : null;
}

function facts(offer: OfferFile): Refusal | null {
  for (const [type, schema] of Object.entries(offer.facts ?? {}))
    try {
      compileSchema(schema);
    } catch (error) {
      const message = `the data of ${type} are not described by a JSON Schema: ${(error as Error).message}`;
      return { code: 'offer.fact_schema', where: `facts["${type}"]`, message };
    }
  return null;
}

function sayings(offer: OfferFile): Refusal | null {
  for (const [ref, clause] of Object.entries(offer.clauses))
    for (const [position, saying] of (clause.says ?? []).entries()) {
      const where = `clauses["${ref}"].says[${position}]`;
      const events = readEvents(saying.on, `${where}.on`);
      if ('code' in events) return events;
      const when = saying.when === undefined ? null : compileCondition(saying.when, `${where}.when`);
      if (when !== null && typeof when !== 'function') return when;
      if (saying.within === undefined || saying.within === 'at once') continue;
      const term = parseTerm(saying.within);
      // A document may well say "days" and not which: that is what lint wants to know.
      if ('code' in term && term.code !== 'term.bare_days') return { ...term, where: `${where}.within` };
    }
  return null;
}

function clauses(offer: OfferFile, rules: readonly Rule[]): Refusal | null {
  for (const rule of rules)
    for (const { event } of eventsOf(rule))
      if ('ref' in event.what && !Object.hasOwn(offer.clauses, event.what.ref))
        return {
          code: 'offer.unknown_clause',
          where: `clauses["${rule.clause}"]`,
          message: `clause ${rule.clause} waits for "${event.what.on} of ${event.what.ref}", and there is no clause ${event.what.ref}`,
        };
  return null;
}

function circle(rules: readonly Rule[]): Refusal | null {
  const found = findCycle(rules);
  if (found === null) return null;
  return {
    code: 'offer.cycle',
    where: `clauses["${found[0]}"]`,
    message: `these clauses start each other with no time between: ${found.join(' > ')}; one of them needs a term, or another start`,
  };
}
