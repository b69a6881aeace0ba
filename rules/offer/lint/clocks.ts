import { fieldsOf } from '../condition.js';
import type { CompiledOffer, Rule } from '../types.js';
import { eventsOf } from '../events.js';
import type { Raw } from './finding.js';
import type { Reach } from './reachable.js';
import { happeningName } from './words.js';

/** Kinds whose clock is there to be met: a duty, or a silence that can be broken. */
const TO_BE_MET = new Set([
  'obligation',
  'presumption',
  'notice',
  'security',
  'force-majeure',
  'dispute',
  'money',
  'signature',
]);

/** Clocks that nothing starts or stops, lapses from which nothing follows, closings without an end, header against clauses. */
export function clocks(offer: CompiledOffer, reach: Reach): readonly Raw[] {
  return [
    ...formation(offer),
    ...offer.rules.flatMap((rule) => [
      ...starts(rule, reach),
      ...stops(rule, reach),
      ...follows(offer, rule),
      ...ends(rule),
    ]),
  ];
}

function starts(rule: Rule, reach: Reach): readonly Raw[] {
  const found: Raw[] = [];
  for (const { event, place } of eventsOf(rule)) {
    const { what } = event;
    if (what.on === 'fact' && !reach.knows(what.type))
      found.push({
        code: 'unknown-fact',
        clauses: [rule.clause],
        message: `${rule.clause} waits for ${what.type}, which neither the vocabulary nor the offer has`,
      });
    else if (!reach.canHappen(what) && (place !== 'on' || reach.canStart(rule)))
      found.push({
        code: 'never-happens',
        clauses: 'ref' in what && what.ref !== rule.clause ? [rule.clause, what.ref] : [rule.clause],
        message: `${rule.clause} waits for "${happeningName(what)}" (${place}), which never happens`,
      });
  }
  if (!reach.canStart(rule)) {
    const missing = rule.on
      .filter((event) => !reach.canHappen(event.what))
      .map((event) => `"${happeningName(event.what)}"`);
    found.push({
      code: 'never-starts',
      clauses: [rule.clause],
      message: `nothing can start ${rule.clause}: ${missing.join(rule.all ? ' and ' : ' or ')} never ${missing.length > 1 ? 'happen' : 'happens'}`,
    });
  }
  return found;
}

function stops(rule: Rule, reach: Reach): readonly Raw[] {
  if (rule.within === null) return [];
  const stopped = [...rule.met, ...rule.cancel].some((event) => reach.canHappen(event.what));
  if (stopped) return [];
  if (rule.within.form === 'open')
    return [
      {
        code: 'never-stops',
        clauses: [rule.clause],
        message: `the clock of ${rule.clause} has no last day and nothing stops it`,
      },
    ];
  if (rule.holder !== null || !TO_BE_MET.has(rule.kind)) return [];
  return [
    {
      code: 'never-stops',
      clauses: [rule.clause],
      message: `nothing can be done in time under ${rule.clause}: its clock only runs out`,
    },
  ];
}

function follows(offer: CompiledOffer, rule: Rule): readonly Raw[] {
  const { within, clause } = rule;
  if (within === null || within.form === 'open' || within.form === 'end') return [];
  if (rule.holder !== null || !TO_BE_MET.has(rule.kind) || rule.then.length > 0) return [];
  if (offer.forceMajeure.notice === clause) return [];
  if (hasConsequence(offer, rule)) return [];
  return [
    {
      code: 'lapse-without-consequence',
      clauses: [clause],
      message: `nothing follows when the term of ${clause} (${rule.withinText}) has run out`,
    },
  ];
}

/**
 * Another clause listens to the lapse, or gives something for being met only; or one from the same start, that is met by the same, says what
 * follows (a duty to answer beside a silence that counts as consent).
 */
function hasConsequence(offer: CompiledOffer, rule: Rule): boolean {
  const { clause } = rule;
  const answers = new Set(rule.met.map((event) => happeningName(event.what)));
  const starts = new Set([...rule.on.map((event) => happeningName(event.what)), `opening of ${clause}`]);
  return offer.rules.some((other) => {
    const events = eventsOf(other);
    if (events.some(({ event: { what } }) => (what.on === 'lapse' || what.on === 'met') && what.ref === clause))
      return true;
    if (events.some(({ event }) => fieldsOf([event.whenSource, other.whenSource]).includes(`lapsed ${clause}`)))
      return true;
    return (
      other.clause !== clause &&
      other.within !== null &&
      other.then.length > 0 &&
      other.on.some((event) => starts.has(happeningName(event.what))) &&
      other.met.some((event) => answers.has(happeningName(event.what)))
    );
  });
}

function ends(rule: Rule): readonly Raw[] {
  // What the end of the contract closes stays closed.
  if (rule.on.some((event) => event.what.on === 'end')) return [];
  const open = [...rule.then, ...rule.fulfilled].some(
    (one) => (one.do === 'restrict' || one.do === 'suspend') && one.until.length === 0,
  );
  if (!open) return [];
  return [
    {
      code: 'restriction-without-end',
      clauses: [rule.clause],
      message: `${rule.clause} closes and names nothing that opens again`,
    },
  ];
}

function formation(offer: CompiledOffer): readonly Raw[] {
  const concluding = offer.rules.filter((rule) =>
    [...rule.then, ...rule.fulfilled].some((one) => one.do === 'conclude'),
  );
  const facts = new Map(
    concluding.flatMap((rule) =>
      rule.on.flatMap((event) => (event.what.on === 'fact' ? [[event.what.type, rule.clause] as const] : [])),
    ),
  );
  const found: Raw[] = [];
  for (const type of offer.file.formation)
    if (!facts.has(type))
      found.push({
        code: 'formation-without-rule',
        clauses: [],
        message: `the header lets ${type} conclude the contract, and no clause does`,
      });
  for (const [type, clause] of facts)
    if (!offer.file.formation.includes(type))
      found.push({
        code: 'formation-without-rule',
        clauses: [clause],
        message: `${clause} lets ${type} conclude the contract, and the header does not name it`,
      });
  return found;
}
