import type { Consequence, CompiledOffer, EventSpec, Rule } from '../../rules/offer/types.js';

/**
 * What an offer listens to, found in its own rules, so that an offer that nobody has tested yet has random lives of its
 * own: for each rule the facts that can bring it about and those that it, or what follows from it, can still meet.
 */
export interface Story {
  readonly rule: Rule;
  /** One choice of facts for each thing that must happen before the rule starts. */
  readonly starts: readonly (readonly string[])[];
  /** Types that the rule itself waits for once it has started. */
  readonly answers: readonly string[];
  /** Types that it, or anything that follows from it, waits for. */
  readonly follows: readonly string[];
  /** Clauses that the rule leads to, for facts that name one. */
  readonly clauses: readonly string[];
  /** Lengths of the terms on the way, in days, for facts that come just before or after a deadline. */
  readonly days: readonly number[];
}

const MONEY = ['payment.credited', 'payment.reversed', 'invoice.cancelled'];
const FORCE_MAJEURE = ['forcemajeure.began', 'forcemajeure.notified', 'forcemajeure.ended'];

/** The stories of an offer, one for each rule that a fact can lead to. */
export function storiesOf(offer: CompiledOffer): readonly Story[] {
  return offer.rules.map((rule) => {
    const led = ledTo(offer, rule);
    const waits = led.flatMap(waitsOf);
    const holders = led.some((one) => one.holder !== null);
    return {
      rule,
      starts: startsOf(offer, rule, []),
      answers: [...new Set(waitsOf(rule).flatMap((spec) => answersTo(offer, spec)))],
      follows: [
        ...new Set([
          ...waits.flatMap((spec) => answersTo(offer, spec)),
          ...led.flatMap((one) => startsOf(offer, one, []).flat()),
          ...(holders ? ['right.used', 'right.declined', 'right.released'] : []),
          ...(led.some((one) => one.tolled) ? FORCE_MAJEURE : []),
        ]),
      ],
      clauses: [...new Set(led.map((one) => one.clause))],
      days: [...new Set(led.flatMap(daysOf))],
    };
  });
}

/** The rule and all that starts from it. */
function ledTo(offer: CompiledOffer, rule: Rule): readonly Rule[] {
  const found = new Set([rule]);
  for (const one of found)
    for (const next of offer.rules)
      if (next.on.some(({ what }) => 'ref' in what && what.ref === one.clause)) found.add(next);
  return [...found];
}

const waitsOf = (rule: Rule): readonly EventSpec[] => [rule.met, rule.cancel, rule.expires, untils(rule)].flat();

const answersTo = (offer: CompiledOffer, spec: EventSpec): readonly string[] => [
  ...typesOf(offer, spec, []),
  ...(spec.what.on.endsWith('settled') ? MONEY : []),
];

const consequencesOf = (rule: Rule): readonly Consequence[] => [...rule.then, ...rule.fulfilled];

const untils = (rule: Rule): readonly EventSpec[] =>
  consequencesOf(rule).flatMap((one) => ('until' in one ? one.until : []));

/** For each thing that has to happen: the types of facts by which it can. */
function startsOf(offer: CompiledOffer, rule: Rule, seen: readonly Rule[]): readonly (readonly string[])[] {
  if (seen.includes(rule)) return [];
  const each = rule.on.map((spec) => typesOf(offer, spec, [...seen, rule]));
  return (rule.all ? each : [each.flat()]).filter((types) => types.length > 0);
}

function typesOf(offer: CompiledOffer, { what }: EventSpec, seen: readonly Rule[]): readonly string[] {
  switch (what.on) {
    case 'fact':
      return [what.type];
    case 'lapse':
    case 'met':
    case 'use':
    case 'opening':
    case 'performance':
      return offer.rules
        .filter((rule) => rule.clause === what.ref)
        .flatMap((rule) => [
          ...startsOf(offer, rule, seen).flat(),
          ...(what.on === 'met' ? rule.met.flatMap((spec) => typesOf(offer, spec, [...seen, rule])) : []),
        ]);
    case 'end':
      return offer.rules
        .filter((rule) => rule.ends && !seen.includes(rule))
        .flatMap((rule) => startsOf(offer, rule, seen).flat());
    case 'application':
      return ['amendment.published'];
    case 'settled':
    case 'debt settled':
    case 'all settled':
    case 'account settled':
      return [...paymentTypes(offer), 'payment.credited'];
    case 'conclusion':
    case 'month end':
    case 'named end':
      return [];
  }
}

/** Fact types that a payment clause counts from. */
const paymentTypes = (offer: CompiledOffer): readonly string[] =>
  [...offer.index.topics.values()].filter((topic) => topic.pays.includes(true)).map((topic) => topic.key);

const LENGTHS: Readonly<Record<string, number>> = {
  hours: 1 / 24,
  'calendar days': 1,
  'working days': 7 / 5,
  'bank days': 7 / 5,
  weeks: 7,
  'half-months': 15,
  months: 30.5,
  quarters: 91,
};

function daysOf({ within }: Rule): readonly number[] {
  const term = within !== null && 'term' in within ? within.term : null;
  if (term?.kind !== 'length') return [];
  const days = Math.round(term.n * (LENGTHS[term.unit] ?? Infinity));
  return days <= 120 ? [days] : [];
}

/** The facts by which the contract is concluded: one of each type that a formation clause asks for. */
export const formationOf = (offer: CompiledOffer): readonly string[] => [
  ...new Set([
    'participant.registered',
    ...offer.rules
      .filter((rule) => rule.then.some((one) => one.do === 'conclude'))
      .flatMap((rule) => startsOf(offer, rule, []).flat()),
  ]),
];

/** Every constant that a condition of the offer compares a field with, by the name of the field. */
export function valuesOf(offer: CompiledOffer): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, Set<unknown>>();
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (node === null || typeof node !== 'object') return;
    const { fact, value } = node as { readonly fact?: unknown; readonly value?: unknown };
    if (typeof fact === 'string' && value !== undefined) {
      const name = fact.replace(/^(origin|invoice)\./, '');
      const known = found.get(name) ?? found.set(name, new Set()).get(name);
      for (const one of [value].flat()) if (one === null || typeof one !== 'object') known?.add(one);
    }
    Object.values(node).forEach(look);
  };
  for (const rule of offer.rules) {
    look(rule.whenSource);
    for (const spec of [...rule.on, ...waitsOf(rule)]) look(spec.whenSource);
  }
  return new Map([...found].map(([name, values]) => [name, [...values]]));
}

/** Fields of data that a rule reads a day, an instant or a subject from. */
export function namedFields(offer: CompiledOffer): ReadonlySet<string> {
  const names = offer.rules.flatMap((rule) => [
    ...(typeof rule.subject === 'object' ? [rule.subject.field] : []),
    ...(rule.within !== null && 'field' in rule.within ? [rule.within.field] : []),
    ...consequencesOf(rule).flatMap((one) => {
      if (one.do === 'end') return one.named === null ? [] : [one.named];
      if (one.do === 'apply') return one.named ? ['effective'] : [];
      return 'from' in one && one.from !== null ? [one.from.field, 'until'] : 'until' in one ? ['until'] : [];
    }),
  ]);
  return new Set(names);
}
