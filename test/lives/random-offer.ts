import fc from 'fast-check';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import { calendarOf } from '../../rules/law/calendar.js';
import { compileOffer } from '../../rules/offer/compile.js';
import { BUILT_IN } from '../../rules/policy/builtin.js';
import { BIRTH } from './random-life.js';
import { readable } from './readable.js';

/**
 * Offers that nobody wrote: every form of the language, put together by chance. Clause 1 concludes, 2 is paid in time,
 * 3 is what follows when it is not, and the others may hang on anything, also on each other.
 */
type Json = Readonly<Record<string, unknown>>;

const REFS = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
const FUNCTIONS = ['portal', 'outgoing', 'incoming', 'archive'] as const;
const KINDS = [
  'obligation',
  'power',
  'presumption',
  'restriction',
  'term',
  'notice',
  'amendment',
  'termination',
  'dispute',
  'force-majeure',
  'retention',
  'liability',
  'security',
] as const;

/** Types that the random lives hold. */
const FACTS = [
  'invoice.presented',
  'payment.credited',
  'act.received',
  'act.signed',
  'claim.received',
  'claim.answered',
  'breach.recorded',
  'breach.cured',
  'forcemajeure.began',
  'forcemajeure.notified',
  'forcemajeure.ended',
  'termination.received',
  'termination.withdrawn',
  'amendment.published',
  'amendment.objected',
  'portal.visited',
  'access.opened',
  'fact.noticed',
] as const;

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq });
/** An object without the fields that chance left out. */
const shape = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> =>
  fc
    .record(fields)
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as Json);

const ref = pick(...REFS);
const fact = pick(...FACTS);
const chain = fc
  .tuple(pick('lapse of', 'lapse of', 'met of', 'use of', 'opening of'), ref)
  .map(([word, to]) => `${word} ${to}`);
const performance = fc
  .tuple(ref, pick('notify', 'restrict', 'claim'))
  .map(([to, kind]) => `performance of ${to} ${kind}`);
const starts = fc.oneof(
  { weight: 4, arbitrary: fact as fc.Arbitrary<string> },
  { weight: 4, arbitrary: chain },
  { weight: 1, arbitrary: performance },
  { weight: 1, arbitrary: pick('conclusion', 'end', 'application', 'settled') },
);

const condition: fc.Arbitrary<Json> = fc.oneof(
  pick<Json>(
    { fact: 'kind', operator: 'equal', value: 'subscription' },
    { fact: 'by', operator: 'in', value: ['participant', 'both'] },
    { fact: 'ordinal', operator: 'greaterThanInclusive', value: 2 },
    { fact: 'debt', operator: 'greaterThan', value: 0 },
    { fact: 'unpaid', operator: 'lessThan', value: 100_000 },
    { fact: 'invoice.amount', operator: 'greaterThan', value: 50 },
    { fact: 'closed portal', operator: 'equal', value: true },
    { fact: 'participant.resident', operator: 'equal', value: true },
    { fact: 'origin.by', operator: 'equal', value: { fact: 'by' } },
  ),
  ref.map((to): Json => ({ not: { fact: `running ${to}`, operator: 'greaterThan', value: 0 } })),
  fact.map((type): Json => ({ any: [{ fact: `seen ${type}`, operator: 'equal', value: true }] })),
);
const event = (what: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: what },
    {
      weight: 1,
      arbitrary: shape({
        on: what,
        when: maybe(condition),
        subject: maybe(pick('same', 'any')),
        after: maybe(fc.constant('opening')),
      }),
    },
  );
const some = (what: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: event(what) },
    { weight: 1, arbitrary: fc.array(event(what), { minLength: 1, maxLength: 3 }) },
  );
const meets = fc.oneof(
  { weight: 4, arbitrary: fact as fc.Arbitrary<string> },
  { weight: 2, arbitrary: pick('settled', 'debt settled', 'all settled', 'account settled') },
  { weight: 1, arbitrary: chain },
);
const lifts = fc.oneof(
  { weight: 4, arbitrary: meets },
  { weight: 1, arbitrary: pick('month end', 'named end', 'end') },
);

const units = pick(
  'hours',
  'working hours',
  'calendar days',
  'working days',
  'bank days',
  'weeks',
  'half-months',
  'months',
);
const short = fc
  .tuple(fc.integer({ min: 1, max: 20 }), units)
  .map(([n, unit]) => `${Math.min(n, unit.endsWith('months') ? 3 : 20)} ${unit}`);
const dayTerm = fc
  .tuple(fc.integer({ min: 1, max: 20 }), pick('calendar days', 'working days', 'bank days'))
  .map(([n, unit]) => `${n} ${unit}`);
const term: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: short },
  { weight: 1, arbitrary: short.map((text) => `more than ${text}`) },
  { weight: 1, arbitrary: short.map((text) => `${text}, no roll`) },
  { weight: 1, arbitrary: dayTerm.map((text) => `${text}, that day included`) },
  { weight: 1, arbitrary: fc.constant('first day of the next month') },
);
const within: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: term },
  { weight: 1, arbitrary: pick('open', 'until the end') },
  { weight: 1, arbitrary: dayTerm.map((text) => ({ term: `${text} before`, before: 'effective' })) },
  {
    weight: 1,
    arbitrary: shape({ term: dayTerm, named: fc.constant('effective'), 'earlier too': maybe(fc.boolean()) }),
  },
  { weight: 1, arbitrary: shape({ term: dayTerm, 'or earlier': ref }) },
);

const functions = fc.subarray([...FUNCTIONS], { minLength: 0 });
const consequence: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 4,
    arbitrary: shape({ restrict: functions, until: maybe(some(lifts), 1), from: maybe(fc.constant('effective'), 5) }),
  },
  { weight: 1, arbitrary: shape({ restrict: functions, until: some(lifts), since: fc.constant('effective') }) },
  { weight: 1, arbitrary: shape({ suspend: fc.constant('contract'), until: some(lifts) }) },
  {
    weight: 2,
    arbitrary: shape({ notify: pick('word', 'other-word'), to: maybe(pick('participant', 'operator', 'both')) }),
  },
  {
    weight: 3,
    arbitrary: pick<Json>(
      { prepare: 'paper' },
      { register: 'e-invoice' },
      { invoice: 'subscription' },
      { 'request-signature': 'act' },
      { presume: 'accepted' },
      { presume: 'refused', as: '1' },
      { contract: 'ends' },
      { contract: 'ends', named: 'effective' },
      { amendment: 'applies', named: true },
      { amendment: 'applies', 'next month': true },
      { amendment: 'refused' },
      { consent: 'withdrawn', purpose: 'reviews' },
      { consent: 'withdrawn', 'unless debt': true },
      { keep: ['archive'] },
      { ask: 'What is to be done?' },
    ),
  },
);
const consequences = fc.oneof(
  consequence as fc.Arbitrary<unknown>,
  fc.array(consequence, { minLength: 1, maxLength: 3 }) as fc.Arbitrary<unknown>,
);

const who = pick('participant', 'operator', 'named', 'other', 'either', 'same');
const freeRule: fc.Arbitrary<Json> = fc
  .tuple(
    shape({
      when: maybe(condition, 3),
      subject: maybe(fc.oneof(pick<unknown>('trigger', 'contract'), fc.constant({ field: 'by' })), 3),
      again: maybe(pick<unknown>(true, 'always'), 3),
      debtor: maybe(who),
      holder: maybe(pick('participant', 'operator', 'operator', 'either', 'named', 'other'), 1),
      within: maybe(within, 4),
      met: maybe(some(meets), 3),
      cancel: maybe(some(fact), 6),
      expires: maybe(some(lifts), 6),
      tolled: maybe(fc.boolean(), 4),
      roll: maybe(fc.boolean(), 4),
      survives: maybe(fc.boolean(), 4),
      then: maybe(consequences, 6),
      fulfilled: maybe(consequences, 6),
    }),
    fc.oneof(
      { weight: 5, arbitrary: some(starts).map((on): Json => ({ on })) },
      {
        weight: 1,
        arbitrary: fc.array(starts, { minLength: 2, maxLength: 3 }).map((all): Json => ({ 'later of': all })),
      },
    ),
  )
  .map(([rest, on]) => ({ ...on, ...rest }));
const recurring: fc.Arbitrary<Json> = shape({
  on: fc.constant('conclusion'),
  subject: fc.constant('contract'),
  within: dayTerm,
  recurring: fc.constant(true),
  met: maybe(fact, 4),
  then: maybe(consequence, 3),
  tolled: maybe(fc.boolean()),
});
const rule = fc.oneof({ weight: 8, arbitrary: freeRule }, { weight: 1, arbitrary: recurring });

const title = { kk: 'тармақ', ru: 'пункт', en: 'clause' };
const clause = (kind: string, made: unknown): Json => ({ kind, title, rule: made });

const late = fc.array(
  pick<Json>(
    { restrict: ['portal'], until: 'settled' },
    { restrict: ['outgoing'], until: 'debt settled' },
    { fine: '2 MCI' },
    { penalty: '0.1 %', of: 'invoice', cap: '5 %' },
    { notify: 'late' },
  ),
  { minLength: 1, maxLength: 3 },
);

/** Offer files of this form, as data. Each is valid, but for circles that take no time. */
export const offerFiles: fc.Arbitrary<Json> = fc
  .record({
    term,
    late,
    accrual: pick<Json>({ penalty: '0.1 %', of: 'unpaid' }, { penalty: '0.3 %', of: 'invoice' }),
    free: fc.array(
      fc.tuple(
        pick(...KINDS),
        fc.oneof(
          rule as fc.Arbitrary<unknown>,
          fc.array(freeRule, { minLength: 1, maxLength: 2 }) as fc.Arbitrary<unknown>,
        ),
      ),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
    notice: maybe(fc.constant({ notice: '5', evidence: true }), 4),
  })
  .map(({ term: payTerm, late: after, accrual, free, notice }) => ({
    offer: 'random',
    title,
    operator: { name: 'Nobody LLP' },
    zone: 'Asia/Almaty',
    calendar: 'KZ',
    languages: ['en'],
    formation: ['participant.registered'],
    functions: [...FUNCTIONS],
    facts: { 'fact.noticed': { type: 'object' } },
    ...(notice === undefined ? {} : { 'force majeure': notice }),
    clauses: {
      '1': clause('formation', { on: 'participant.registered', subject: 'contract', then: { contract: 'concluded' } }),
      '2': clause('obligation', { on: 'invoice.presented', debtor: 'participant', within: payTerm, met: 'settled' }),
      '3': clause('accrual', { on: 'lapse of 2', holder: 'operator', then: after }),
      '4': clause('accrual', { on: 'lapse of 2', holder: 'operator', then: accrual }),
      ...Object.fromEntries(free.map(([kind, made], position) => [String(position + 5), clause(kind, made)])),
    },
  }));

/**
 * Whether clauses of a file go on for ever: one that recurs, or a chain that comes back to where it began. Lawful, and
 * slow to judge, since the look ahead goes through all of its runs: they are judged apart.
 */
export function goesOnForEver(file: Json): boolean {
  const clauses = Object.entries(file['clauses'] as Readonly<Record<string, Json>>);
  const next = new Map(
    clauses.map(([to, made]) => {
      const rules = [made['rule']].flat() as readonly Json[];
      const waits = JSON.stringify(rules.map((one) => [one['on'], one['later of'], one['met']]));
      return [to, [...waits.matchAll(/ of (\d)/g)].map((found) => found[1] as string)] as const;
    }),
  );
  const reaches = (from: string, seen: readonly string[]): boolean =>
    seen.includes(from) || (next.get(from) ?? []).some((to) => reaches(to, [...seen, from]));
  return JSON.stringify(clauses).includes('"recurring":true') || clauses.some(([from]) => reaches(from, []));
}

/** The law of such a file under a policy; null where clauses start each other with no time between, which compiling refuses. */
export function lawOfFile(file: Json, policy: string): Law | null {
  const offer = compileOffer(JSON.stringify(file), 'random.yaml');
  if ('code' in offer) {
    if (offer.code === 'offer.cycle') return null;
    throw new Error(`${offer.code}: ${offer.message}`);
  }
  return {
    offer,
    calendar: calendarOf(offer.calendarId) as Law['calendar'],
    policy: BUILT_IN[policy] as Law['policy'],
    participant: { kind: 'legal-entity', resident: true },
  };
}

const HOUR = 3_600_000;
const hours = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: 0, max: most }).map((count) => count * HOUR),
    fc.integer({ min: 0, max: Math.floor(most / 24) }).map((days) => days * 24 * HOUR - 10 * HOUR),
  );
const party = pick('participant', 'operator', 'both', undefined);
const day = (at: number): string => new Date(at + 5 * HOUR).toISOString().slice(0, 10);

/** Lives under such offers: any of the facts they look at, some known late, some voided, some naming a day or an instant. */
export const randomLives: fc.Arbitrary<readonly Fact[]> = fc
  .array(
    fc.record({
      type: pick(
        ...FACTS,
        ...FACTS,
        'payment.credited',
        'payment.reversed',
        'invoice.cancelled',
        'fact.voided',
        'hold.placed',
        'hold.lifted',
      ),
      at: hours(24 * 90).map((after) => Math.max(BIRTH, BIRTH + after)),
      late: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: hours(24 * 30).map((ms) => Math.max(0, ms)) },
      ),
      by: party,
      effective: maybe(hours(24 * 60), 3),
      subject: pick('A', 'A', 'B', 'contract'),
      number: fc.nat({ max: 12 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    readable([
      { id: 'f0', type: 'participant.registered', at: BIRTH, recordedAt: BIRTH, subject: 'contract', data: {} },
      ...list.map(({ type, at, late: ms, by, effective, subject, number }, position): Fact => {
        const named = effective === undefined ? {} : { effective: day(at + effective) };
        return {
          id: `f${position + 1}`,
          type,
          at,
          recordedAt: at + ms,
          subject: type.startsWith('termination.') ? 'contract' : subject,
          data: { ...(by === undefined ? {} : { by }), ...named, ...dataOf(type, number) },
        };
      }),
    ]),
  );

function dataOf(type: string, number: number): Json {
  switch (type) {
    case 'invoice.presented':
      return { kind: number % 2 === 0 ? 'subscription' : 'credit', amount: '100.00', currency: 'KZT' };
    case 'payment.credited':
      return { amount: number % 2 === 0 ? '100.00' : '60.00', currency: 'KZT' };
    case 'payment.reversed':
      return { payment: `f${number}` };
    case 'fact.voided':
      return { fact: `f${number + 1}`, reason: 'a mistake' };
    case 'hold.placed':
    case 'hold.lifted':
      return { clauses: [REFS[number % REFS.length]] };
    case 'act.refused':
      return { reasons: 'not done' };
    case 'forcemajeure.notified':
      return { evidence: number % 2 === 0 };
    default:
      return {};
  }
}

/** An instant of such a life. */
export const randomInstants: fc.Arbitrary<number> = hours(24 * 200).map((after) => Math.max(BIRTH, BIRTH + after));
