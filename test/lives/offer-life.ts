import fc from 'fast-check';
import type { z } from 'zod';
import type { Law } from '../../rules/engine/types.js';
import { schemasOf } from '../../rules/facts/declared.js';
import type { Fact } from '../../rules/facts/fact.js';
import { dayOf } from '../model/record.js';
import { BIRTH } from './random-life.js';
import { readable } from './readable.js';
import { formationOf, namedFields, storiesOf, valuesOf, type Story } from './vocabulary.js';

/**
 * Random lives of an offer, made from its own vocabulary: what starts its clauses, what they wait for, what their
 * conditions compare. A life is a few stories that cross each other, some strays, holds, voids and late knowledge.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 00:00 of the first day, at UTC+5. */
const START = BIRTH - 10 * HOUR;

/** A fact that is not placed in time yet. */
interface Draft {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How long after the fact before it: so many hours; or days, at midnight, a millisecond before it or at the same hour. */
interface Gap {
  readonly hours?: number;
  readonly days?: number;
  readonly edge?: 'midnight' | 'before midnight' | 'same hour';
}

function placed(after: number, gap: Gap): number {
  if (gap.hours !== undefined) return after + gap.hours * HOUR;
  const at = after + (gap.days ?? 0) * DAY;
  if (gap.edge === 'same hour') return at;
  const midnight = START + Math.floor((at - START) / DAY) * DAY;
  return Math.max(after, gap.edge === 'before midnight' ? midnight - 1 : midnight);
}

const edge = fc.constantFrom('midnight', 'midnight', 'before midnight', 'same hour' as const) as fc.Arbitrary<
  NonNullable<Gap['edge']>
>;
const daysLater = (days: fc.Arbitrary<number>): fc.Arbitrary<Gap> => fc.record({ days, edge });

/** Gaps about the terms of a story: around its deadlines as often as anywhere. */
const gapsOf = (days: readonly number[]): fc.Arbitrary<Gap> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ hours: fc.integer({ min: 0, max: 72 }) }) },
    { weight: 2, arbitrary: daysLater(fc.nat({ max: 30 })) },
    ...(days.length === 0
      ? []
      : [
          {
            weight: 4,
            arbitrary: daysLater(
              fc
                .tuple(fc.constantFrom(...days), fc.integer({ min: -5, max: 3 }))
                .map(([n, more]) => Math.max(0, n + more)),
            ),
          },
        ]),
    { weight: 1, arbitrary: daysLater(fc.integer({ min: 30, max: 110 })) },
  );

/** Instants that a field names lie so many days from the fact. */
interface Named {
  readonly inDays: number;
  readonly asDay: boolean;
}
/** What a field points at among the facts of the life, by a number. */
interface Pointer {
  readonly nth: number;
}

const named = fc.record({ inDays: fc.integer({ min: -20, max: 60 }), asDay: fc.boolean() });
const pointer = fc.record({ nth: fc.nat({ max: 30 }) });
const money = fc.constantFrom('100000.00', '100000.00', '30000.00', '70000.00', '0.01', '99999.99');
const subject = fc.oneof(
  { weight: 3, arbitrary: fc.constant('A') },
  { weight: 2, arbitrary: fc.constant('B') },
  { weight: 2, arbitrary: fc.constant('contract') },
);

/** Values of a field by its name: those that the offer's conditions compare it with, and some others. */
function poolOf(name: string, law: Law, seen: readonly unknown[]): fc.Arbitrary<unknown> {
  const clauses = law.offer.clauses.map((one) => one.ref);
  const known = seen.filter((one) => one !== null);
  switch (name) {
    case 'amount':
      return money;
    case 'currency':
      return fc.constantFrom('KZT', 'KZT', 'KZT', 'KZT', 'KZT', 'KZT', 'KZT', 'USD');
    case 'by':
      return fc.constantFrom('participant', 'participant', 'operator', 'operator', 'both');
    case 'kind':
      return fc.constantFrom('subscription', 'credit', 'terms', 'tariff', ...known, ...known);
    case 'effective':
    case 'since':
    case 'starts':
    case 'expires':
    case 'from':
    case 'until':
    case 'date':
      return named;
    case 'payment':
    case 'fact':
      return pointer;
    case 'clause':
      return fc.constantFrom(...clauses);
    case 'clauses':
      return fc.array(fc.constantFrom(...clauses), { minLength: 1, maxLength: 3 });
    case 'decision':
      return fc.constantFrom('uphold', 'overturn');
    case 'answer':
      return fc.constantFrom('admitted', 'refused');
    case 'purpose':
      return fc.constantFrom('data', 'reviews', 'advertising');
    case 'reasons':
    case 'reason':
      return fc.constantFrom('not done', 'not done', ' ');
    case 'rate':
      return fc.constantFrom('478.25', '500');
    case 'holder':
      return fc.constantFrom('participant', 'operator');
    case 'tariff':
      return fc.constantFrom('small', 'large', ...known);
    case 'evidence':
      return fc.constantFrom(true, true, true, false);
    case 'key':
    case 'related':
      return fc.constantFrom('A', 'B');
    case 'note':
    case 'policy':
    case 'allocate':
      return fc.constant(undefined);
    default:
      return fc.constantFrom(true, false, ...known, ...known);
  }
}

/** Fields of the data of a type, as its schema has them, and whether each must be there. */
function fieldsOf(schema: z.ZodType): readonly (readonly [name: string, needed: boolean])[] {
  const shape = (schema as unknown as { readonly shape?: Readonly<Record<string, z.ZodType>> }).shape ?? {};
  return Object.entries(shape).map(([name, one]) => [name, !one.safeParse(undefined).success]);
}

/** Drafts of one type whose data pass its schema once their days are placed. */
function draftsOf(
  law: Law,
  type: string,
  clauses: readonly string[],
  values: ReadonlyMap<string, readonly unknown[]>,
  fields: ReadonlySet<string>,
): fc.Arbitrary<Draft> {
  const schema = schemasOf(type, law.offer.declared)[0] ?? null;
  if (schema === null) return fc.constant({ type, data: {} });
  const shape = fieldsOf(schema).map(([name, needed]) => {
    const pool =
      name === 'clause' && clauses.length > 0 ? fc.constantFrom(...clauses) : poolOf(name, law, values.get(name) ?? []);
    const looked = values.has(name) || fields.has(name) || name === 'reasons' || name === 'evidence';
    const often = fc.option(pool, { nil: undefined, freq: looked ? 4 : 2 });
    return [
      name,
      needed ? pool : looked || name === 'by' || name === 'effective' ? often : fc.constant(undefined),
    ] as const;
  });
  return fc.record(Object.fromEntries(shape)).map((data) => ({
    type,
    data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)),
  }));
}

interface Told {
  readonly subject: string;
  /** A hold on what the story leads to, placed after its first fact. */
  readonly hold: {
    readonly hours: number;
    readonly lifted: Gap | null;
    readonly clauses: readonly string[];
    readonly freed: readonly string[];
    readonly decision: string | null;
  } | null;
  readonly base: Gap;
  readonly parts: readonly { readonly draft: Draft; readonly gap: Gap; readonly elsewhere: string | null }[];
}

const delay = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 24 * 40 }).map((hours) => hours * HOUR) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => days * DAY) },
  // A sender's clock may run a little ahead of ours.
  { weight: 1, arbitrary: fc.constant(-120_000) },
);

/** Lives of an offer. Ids are f0, f1 … in the order of the list. */
export function livesOf(law: Law): fc.Arbitrary<readonly Fact[]> {
  const known = made.get(law.offer.edition);
  if (known) return known;
  const values = valuesOf(law.offer);
  const fields = namedFields(law.offer);
  const typed = new Map<string, fc.Arbitrary<Draft>>();
  const drafts = (type: string, clauses: readonly string[]): fc.Arbitrary<Draft> => {
    const own = type.startsWith('right.') ? `${type}|${clauses.join()}` : type;
    const known = typed.get(own) ?? draftsOf(law, type, type.startsWith('right.') ? clauses : [], values, fields);
    typed.set(own, known);
    return known;
  };
  const stories = storiesOf(law.offer).filter((one) => one.starts.length + one.follows.length > 0);
  const told = (story: Story): fc.Arbitrary<Told> => {
    const gap = gapsOf(story.days);
    const drawn = (types: readonly string[]): fc.Arbitrary<Draft> =>
      fc.oneof(...types.map((type) => drafts(type, story.clauses)));
    const part = (draft: fc.Arbitrary<Draft>) =>
      fc.record({
        draft,
        gap,
        elsewhere: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: subject }),
      });
    // What the rule itself waits for comes as often as all that may follow from it.
    const next = fc.oneof(
      ...[story.answers, story.follows].filter((types) => types.length > 0).map((types) => drawn(types)),
    );
    return fc.record({
      // A rule about the contract hears what is about the contract.
      subject:
        story.rule.subject === 'contract'
          ? fc.oneof({ weight: 4, arbitrary: fc.constant('contract') }, subject)
          : subject,
      hold: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        {
          weight: 1,
          arbitrary: fc.record({
            hours: fc.integer({ min: -1, max: 48 }),
            lifted: fc.option(gap, { nil: null, freq: 4 }),
            clauses: fc.subarray([...story.clauses], { maxLength: Math.min(3, story.clauses.length) }),
            decision: fc.constantFrom(null, null, 'uphold', 'overturn'),
            freed: fc.subarray([...story.clauses], { maxLength: Math.min(2, story.clauses.length) }),
          }),
        },
      ),
      base: fc.oneof(daysLater(fc.nat({ max: 100 })), fc.record({ hours: fc.nat({ max: 2400 }) })),
      parts: fc
        .tuple(
          fc.tuple(...story.starts.map((types) => part(drawn(types)))),
          story.follows.length === 0 ? fc.constant([]) : fc.array(part(next), { minLength: 1, maxLength: 4 }),
        )
        .map(([first, then]) => [...first, ...then]),
    });
  };
  const everywhere: Story = {
    rule: stories[0]?.rule as Story['rule'],
    starts: [],
    answers: [],
    follows: [
      ...new Set([
        ...stories.flatMap((one) => [...one.starts.flat(), ...one.follows]),
        ...['forcemajeure.began', 'forcemajeure.notified', 'forcemajeure.ended'],
        ...['hold.placed', 'hold.placed', 'hold.lifted', 'review.requested', 'review.decided'],
        ...['payment.credited', 'payment.reversed', 'rate.published', 'right.declined'],
      ]),
    ],
    clauses: [],
    days: [...new Set(stories.flatMap((one) => one.days))],
  };
  const lives = fc
    .record({
      missing: fc.integer({ min: 0, max: 39 }),
      stories: fc.array(fc.oneof(...stories.map(told)), { minLength: 1, maxLength: 4 }),
      strays: told(everywhere),
      delays: fc.array(delay, { minLength: 40, maxLength: 40 }),
      voids: fc.array(fc.record({ of: fc.nat({ max: 40 }), gap: gapsOf([]) }), { maxLength: 2 }),
    })
    .map((life) => readable(oneVisitADay(lived(law, life))));
  made.set(law.offer.edition, lives);
  return lives;
}

const made = new Map<string, fc.Arbitrary<readonly Fact[]>>();

function lived(
  law: Law,
  life: {
    readonly missing: number;
    readonly stories: readonly Told[];
    readonly strays: Told;
    readonly delays: readonly number[];
    readonly voids: readonly { readonly of: number; readonly gap: Gap }[];
  },
): readonly Fact[] {
  const formation = formationOf(law.offer)
    .map((type): Pick<Fact, 'type' | 'at' | 'subject' | 'data'> => {
      const data = type === 'participant.registered' ? { eds: true, phone: true } : {};
      return { type, at: BIRTH, subject: 'contract', data };
    })
    // Some lives lack one of them.
    .filter((_, position) => position !== life.missing - 37);
  const placedFacts = [...life.stories, life.strays].flatMap((story) => {
    let at = Math.max(BIRTH, placed(START, story.base));
    const { hold } = story;
    const frozen = Math.max(BIRTH, at + (hold?.hours ?? 0) * HOUR);
    const about = (type: string, moment: number, clauses: readonly string[]) => ({
      type,
      at: moment,
      subject: story.subject,
      data: clauses.length === 0 ? {} : { clauses },
    });
    const ended = ({ decision, freed }: NonNullable<Told['hold']>, moment: number) => {
      const fact = about(decision === null ? 'hold.lifted' : 'review.decided', moment, freed);
      return decision === null ? fact : { ...fact, data: { ...fact.data, decision } };
    };
    const parts = story.parts.map(({ draft, gap, elsewhere }, position) => {
      if (position > 0) at = placed(at, gap);
      return { type: draft.type, at, subject: aboutOf(draft.type, elsewhere ?? story.subject), data: draft.data };
    });
    return [
      ...parts,
      ...(hold === null ? [] : [about('hold.placed', frozen, hold.clauses)]),
      ...(hold === null || hold.lifted === null ? [] : [ended(hold, placed(frozen, hold.lifted))]),
    ];
  });
  const all = [...formation, ...placedFacts];
  const facts = all
    .map((one, position): Fact => ({
      ...one,
      id: `f${position}`,
      recordedAt: position < formation.length ? one.at : one.at + (life.delays[position % 40] as number),
    }))
    .flatMap((fact, _, list) => resolved(law, fact, list));
  for (const { of, gap } of life.voids) {
    // Seldom what the contract was concluded by.
    const target =
      facts[of % 4 === 0 ? of % facts.length : facts.length - 1 - (of % Math.max(1, facts.length - formation.length))];
    if (target === undefined) continue;
    const at = Math.max(BIRTH, placed(target.recordedAt, gap));
    const data = { fact: target.id, reason: 'a mistake' };
    facts.push({ id: `v${facts.length}`, type: 'fact.voided', at, recordedAt: at, subject: 'contract', data });
  }
  return facts;
}

/** Money is about an invoice; only what nobody matched is about the contract. */
const aboutOf = (type: string, subject: string): string =>
  type.startsWith('invoice.') && subject === 'contract' ? 'A' : subject;

/** The fact with its days and pointers filled in; nothing when its schema still refuses it. */
function resolved(law: Law, fact: Fact, all: readonly Fact[]): readonly Fact[] {
  const schema = schemasOf(fact.type, law.offer.declared)[0] ?? null;
  if (schema === null) return [fact];
  const fill = (name: string, value: unknown): unknown => {
    if (value !== null && typeof value === 'object' && 'inDays' in value)
      return dated(fact.at, value as Named, name, schema);
    if (value === null || typeof value !== 'object' || !('nth' in value)) return value;
    const { nth } = value as Pointer;
    const targets = name === 'payment' ? all.filter((one) => one.type === 'payment.credited') : all;
    return targets.length === 0 ? 'f0' : targets[nth % targets.length]?.id;
  };
  const data: Record<string, unknown> = Object.fromEntries(
    Object.entries(fact.data).map(([name, value]) => [name, fill(name, value)]),
  );
  for (let attempt = 0; attempt < 3; attempt++) {
    const checked = schema.safeParse(data);
    if (checked.success) return [{ ...fact, data }];
    for (const issue of checked.error.issues) delete data[String(issue.path[0])];
  }
  return [];
}

function dated(at: number, { inDays, asDay }: Named, name: string, schema: z.ZodType): string {
  const local = new Date(at + inDays * DAY + 5 * HOUR).toISOString();
  const day = local.slice(0, 10);
  const instant = `${local.slice(0, 19)}+05:00`;
  const shape = (schema as unknown as { readonly shape?: Readonly<Record<string, z.ZodType>> }).shape?.[name];
  const takes = (text: string): boolean => shape === undefined || shape.safeParse(text).success;
  const [first, second] = asDay ? [day, instant] : [instant, day];
  return takes(first) ? first : second;
}

/** Instants to look at a life from: at its facts, around them and anywhere. */
export const looksAt = (facts: readonly Fact[], pick: number, more: number): number => {
  const marks = facts.flatMap((fact) => [fact.at, fact.recordedAt]);
  const mark = marks[pick % marks.length] ?? BIRTH;
  return Math.max(BIRTH, more === 0 ? mark - 1 : more < 4 ? mark : START + more * DAY);
};

/** The record keeps one visit of a day, the one that was known first; which that is, is another question than what follows from it. */
function oneVisitADay(facts: readonly Fact[]): readonly Fact[] {
  const days = new Set<string>();
  return facts.filter(({ type, at, subject: about }) => {
    if (type !== 'portal.visited') return true;
    const place = `${dayOf(at)} ${about}`;
    return !days.has(place) && days.add(place);
  });
}

/** A life, and an instant of it. */
export const livesAt = (law: Law): fc.Arbitrary<readonly [facts: readonly Fact[], asOf: number]> =>
  fc
    .tuple(livesOf(law), fc.nat({ max: 400 }), fc.nat({ max: 9 }), fc.integer({ min: 1, max: 220 }))
    .map(([facts, pick, form, day]) => [facts, looksAt(facts, pick, form < 4 ? form : day + 4)] as const);
