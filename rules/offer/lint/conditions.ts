import { fieldsOf } from '../condition.js';
import type { CompiledOffer, Rule } from '../types.js';
import { apart, needs } from './apart.js';
import { eventsOf } from '../events.js';
import { fieldsOfHappening, fieldsOfStart, type Fields } from './fields.js';
import type { Raw } from './finding.js';
import type { Reach } from './reachable.js';
import { happeningName } from './words.js';

/** Fields that the engine gives beside the data of what happened. */
const PLAIN = new Set(['by', 'type', 'subject', 'ordinal', 'debt', 'unpaid']);
const DOTTED: Readonly<Record<string, readonly string[]>> = {
  participant: ['kind', 'resident'],
  invoice: ['kind', 'amount', 'late'],
  tariff: ['amount', 'name'],
  key: ['compromised'],
};

/** Words of conditions and consequences that stand for nothing: fields, clauses, functions; and conditions that can never hold. */
export function conditions(offer: CompiledOffer, reach: Reach): readonly Raw[] {
  return offer.rules.flatMap((rule) => [
    ...fieldsThatAreThere(offer, rule, reach),
    ...impossible(offer, rule),
    ...namedFields(offer, rule),
    ...functions(offer, rule),
  ]);
}

function fieldsThatAreThere(offer: CompiledOffer, rule: Rule, reach: Reach): readonly Raw[] {
  const origin = fieldsOfStart(offer, rule);
  const look = (source: unknown, own: Fields): readonly Raw[] =>
    fieldsOf(source).flatMap((name) => {
      const raw = problemOf(offer, reach, name, own, origin);
      return raw === null ? [] : [{ ...raw, clauses: [rule.clause], message: `${rule.clause}: ${raw.message}` }];
    });
  return [
    ...look(rule.whenSource, origin),
    ...eventsOf(rule).flatMap(({ event }) => look(event.whenSource, fieldsOfHappening(offer, event.what))),
  ];
}

function problemOf(
  offer: CompiledOffer,
  reach: Reach,
  name: string,
  own: Fields,
  origin: Fields,
): Omit<Raw, 'clauses'> | null {
  const space = name.indexOf(' ');
  if (space > 0) return problemOfCount(offer, reach, name.slice(0, space), name.slice(space + 1));
  const dot = name.indexOf('.');
  if (dot > 0) {
    const before = name.slice(0, dot);
    const field = name.slice(dot + 1);
    if (before === 'origin')
      return origin === null || origin.has(field)
        ? null
        : { code: 'unknown-field', message: `what started it carries no field "${field}"` };
    return DOTTED[before]?.includes(field) ? null : { code: 'unknown-field', message: `there is no field "${name}"` };
  }
  if (PLAIN.has(name) || own === null || own.has(name)) return null;
  return {
    code: 'unknown-field',
    message: `what happens carries no field "${name}", only ${[...own.keys()].join(', ')}`,
  };
}

function problemOfCount(offer: CompiledOffer, reach: Reach, word: string, what: string): Omit<Raw, 'clauses'> | null {
  switch (word) {
    case 'running':
    case 'lapsed':
      return offer.clauses.some((clause) => clause.ref === what)
        ? null
        : { code: 'unknown-clause', message: `a condition counts the clocks of ${what}, and there is no such clause` };
    case 'seen':
      return reach.knows(what)
        ? null
        : {
            code: 'unknown-fact',
            message: `a condition asks for ${what}, which neither the vocabulary nor the offer has`,
          };
    case 'closed':
      return offer.functions.includes(what)
        ? null
        : {
            code: 'unknown-function',
            message: `a condition asks whether ${what} is closed, and there is no such function`,
          };
    default:
      return { code: 'unknown-field', message: `"${word} ${what}" is nothing that a condition can ask` };
  }
}

/** A condition that contradicts itself, or wants a value that the field never has. */
function impossible(offer: CompiledOffer, rule: Rule): readonly Raw[] {
  const found: Raw[] = [];
  const check = (sources: readonly unknown[], fields: Fields, of: string): void => {
    const leaves = sources.flatMap(needs);
    if (leaves.some((leaf) => apart([leaf], sources)))
      found.push({
        code: 'impossible-condition',
        clauses: [rule.clause],
        message: `${rule.clause}: the conditions on ${of} contradict each other`,
      });
    for (const leaf of leaves) {
      const values = fields?.get(leaf.fact);
      if (leaf.operator !== 'equal' || typeof leaf.value !== 'string' || !values || values.includes(leaf.value))
        continue;
      found.push({
        code: 'impossible-condition',
        clauses: [rule.clause],
        message: `${rule.clause}: ${leaf.fact} of ${of} is never "${leaf.value}", only ${values.join(', ')}`,
      });
    }
  };
  for (const { event, place } of eventsOf(rule)) {
    const sources = place === 'on' && !rule.all ? [rule.whenSource, event.whenSource] : [event.whenSource];
    check(sources, fieldsOfHappening(offer, event.what), happeningName(event.what));
  }
  return found;
}

/** Fields of the fact in which a term, a closing, an end or a subject looks for what is named. */
function namedFields(offer: CompiledOffer, rule: Rule): readonly Raw[] {
  const start = fieldsOfStart(offer, rule);
  if (start === null) return [];
  const used = rule.holder === null ? [] : ['effective'];
  const wanted: string[] = [];
  if (rule.within?.form === 'before' || rule.within?.form === 'named') wanted.push(rule.within.field);
  if (typeof rule.subject === 'object') wanted.push(rule.subject.field);
  for (const one of rule.then) {
    if ((one.do === 'restrict' || one.do === 'suspend') && one.from !== null) wanted.push(one.from.field);
    if (one.do === 'end' && one.named !== null) wanted.push(one.named);
  }
  return wanted
    .filter((name) => !start.has(name) && !used.includes(name))
    .map((name) => ({
      code: 'unknown-field' as const,
      clauses: [rule.clause],
      message: `${rule.clause} looks for "${name}" in what starts it, which carries ${[...start.keys()].join(', ')} only`,
    }));
}

function functions(offer: CompiledOffer, rule: Rule): readonly Raw[] {
  const wanted = [...rule.then, ...rule.fulfilled].flatMap((one) =>
    one.do === 'restrict' || one.do === 'keep' ? one.functions : [],
  );
  return [...new Set(wanted)]
    .filter((name) => !offer.functions.includes(name))
    .map((name) => ({
      code: 'unknown-function' as const,
      clauses: [rule.clause],
      message: `${rule.clause} is about the function "${name}"; the offer has ${offer.functions.join(', ')}`,
    }));
}
