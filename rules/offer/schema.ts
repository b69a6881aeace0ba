import { z } from 'zod';

/** The form of an offer file. The JSON Schema that editors use is made from it. */

const titles = z
  .strictObject({ kk: z.string().min(1), ru: z.string().min(1), en: z.string().min(1) })
  .meta({ id: 'titles', description: 'in the three languages of the product' });

const condition = z.record(z.string(), z.unknown()).meta({
  id: 'condition',
  description: 'a condition in json-rules-engine form: all, any, not, { fact, operator, value }',
});

const event = z.union([
  z.string(),
  z.strictObject({
    on: z.string(),
    when: condition.optional(),
    subject: z.enum(['same', 'any']).optional(),
    after: z.enum(['opening']).optional(),
  }),
]);
const events = z.union([event, z.array(event).min(1)]).meta({
  id: 'events',
  description:
    'a fact (invoice.presented), "lapse of <clause>", met, use or opening of one, "performance of <clause> <kind>", conclusion, end, application, settled …',
});

const who = z.enum(['participant', 'operator', 'named', 'other', 'either', 'same']).meta({ id: 'who' });

const within = z.union([
  z.string().describe('a term: "5 bank days", "more than 3 months"; "until the end"; "open"'),
  z
    .strictObject({ term: z.string(), before: z.string() })
    .describe('backward from the day or instant in this field of the fact'),
  z.strictObject({ term: z.string(), named: z.string(), 'earlier too': z.boolean().optional() }),
  z
    .strictObject({ term: z.string(), 'or earlier': z.string() })
    .describe('the earlier of the term and the deadline of a running clock of this clause'),
]);

const consequence = z
  .union([
    z.strictObject({
      restrict: z.array(z.string()),
      until: events.optional(),
      from: z.string().optional(),
      since: z.string().optional(),
    }),
    z.strictObject({
      suspend: z.literal('contract'),
      until: events.optional(),
      from: z.string().optional(),
      since: z.string().optional(),
    }),
    z.strictObject({ fine: z.string() }),
    z.strictObject({ penalty: z.string(), of: z.enum(['invoice', 'unpaid']), cap: z.string().optional() }),
    z
      .strictObject({ compensate: z.literal('loss'), limit: z.enum(['last payment', 'all payments']).optional() })
      .describe('the operator makes the loss of the participant good, at most so much'),
    z.strictObject({ notify: z.string(), to: z.enum(['participant', 'operator', 'both']).optional() }),
    z.strictObject({ prepare: z.string(), to: z.enum(['participant', 'operator', 'both']).optional() }),
    z.strictObject({ register: z.string() }),
    z.strictObject({ invoice: z.string() }),
    z.strictObject({ 'request-signature': z.string(), to: z.enum(['participant', 'operator', 'both']).optional() }),
    z.strictObject({ presume: z.enum(['accepted', 'refused', 'admitted', 'consented']), as: z.string().optional() }),
    z.strictObject({ contract: z.literal('concluded') }),
    z.strictObject({ contract: z.literal('ends'), named: z.string().optional() }),
    z.strictObject({
      amendment: z.literal('applies'),
      named: z.boolean().optional(),
      'next month': z.boolean().optional(),
    }),
    z.strictObject({ amendment: z.literal('refused') }),
    z.strictObject({
      consent: z.enum(['given', 'withdrawn']),
      purpose: z.string().optional(),
      'unless debt': z.boolean().optional(),
    }),
    z.strictObject({ keep: z.array(z.string()).min(1) }),
    z
      .strictObject({ ask: z.string(), until: events.optional() })
      .describe('a case for a person, until what answers it, or makes it idle, happens'),
  ])
  .meta({ id: 'consequence' });
const consequences = z.union([consequence, z.array(consequence).min(1)]);

const rule = z
  .strictObject({
    on: events.optional(),
    'later of': z.array(event).min(2).optional().describe('all must have happened; it starts at the last of them'),
    when: condition.optional(),
    subject: z.union([z.enum(['trigger', 'contract']), z.strictObject({ field: z.string() })]).optional(),
    again: z
      .union([z.boolean(), z.literal('always')])
      .optional()
      .describe('a later start opens it anew once the former run is over; always: beside it, too'),
    debtor: who.optional().describe('who must do it: force majeure stops the clock of the party that it hit'),
    holder: who.optional().describe('makes it a right of this party: what follows comes with its use'),
    within: within.optional(),
    met: events.optional().describe('what fulfils it in time'),
    cancel: events.optional().describe('what ends it with neither fulfilment nor consequence'),
    expires: events.optional().describe('what takes the ground of a right away'),
    recurring: z.boolean().optional().describe('being met, or running out, starts the next run'),
    tolled: z.boolean().optional().describe('stands still in force majeure; by default duties and silence do'),
    roll: z.boolean().optional().describe('false: a last day off does not move'),
    survives: z.boolean().optional().describe('goes on, and may start, after the end of the contract'),
    then: consequences.optional().describe('at once; with a term, when it has run out; of a right, with its use'),
    fulfilled: consequences.optional().describe('when it is met'),
  })
  .meta({ id: 'rule' });

const reading = z
  .strictObject({
    chosen: z.string(),
    why: z.string(),
    other: z.string().optional(),
    settles: z.array(z.string()).optional(),
  })
  .meta({ id: 'reading' });

/** What a sentence can bring about, in the words of `says`. */
export const OUTCOMES = [
  'restrict',
  'fine',
  'penalty',
  'amendment applies',
  'contract ends',
  'accepted',
  'refused',
  'admitted',
  'consented',
] as const;

export const KINDS = [
  'formation',
  'obligation',
  'power',
  'presumption',
  'restriction',
  'accrual',
  'term',
  'notice',
  'amendment',
  'termination',
  'dispute',
  'force-majeure',
  'retention',
  'liability',
  'money',
  'signature',
  'security',
] as const;

const cite = z.union([
  z.string(),
  z
    .strictObject({ to: z.string(), expects: z.enum(KINDS).optional(), means: z.string().optional() })
    .describe(
      'a reference that misses: the number that stands there, the kind that the sentence expects, the clause that is meant',
    ),
]);

const saying = z
  .strictObject({
    on: events,
    when: condition.optional(),
    within: z.string().optional(),
    then: z.enum(OUTCOMES).optional(),
  })
  .describe(
    'what the sentence says where the rule does not follow it; nothing is executed, lint compares it with the rules',
  );

const clause = z
  .strictObject({
    kind: z.enum(KINDS),
    title: titles,
    source: z.string().optional().describe('numbers of the document, where the reference is not the number'),
    cites: z.array(cite).optional().describe('numbers that the document itself names here'),
    says: z.array(saying).min(1).optional(),
    slips: z
      .array(z.strictObject({ writes: z.string(), means: z.string() }))
      .min(1)
      .optional()
      .describe('words of the document that cannot be meant as they stand, and what must be meant'),
    was: z
      .union([z.string(), z.array(z.string()).min(1)])
      .optional()
      .describe(
        'its numbers in the editions before, the nearest first, where they were others; `new`: it is none of theirs',
      ),
    why: z.string().min(1).optional().describe('why there is no rule: the clause has nothing to execute'),
    reading: z.union([reading, z.array(reading)]).optional(),
    rule: z.union([rule, z.array(rule).min(1)]).optional(),
  })
  .meta({ id: 'clause' });

const columns = z
  .strictObject({
    languages: z.array(z.string()).min(2),
    numbers: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    differences: z.array(z.object({ clause: z.string() }).catchall(z.string())).optional(),
    addresses: z.record(z.string(), z.string()).optional(),
  })
  .describe('where the language columns of the document differ: numbers of provisions, substance, addresses');

export const offerSchema = z.strictObject({
  offer: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: titles,
  operator: z.looseObject({ name: z.string(), bin: z.string().optional(), place: z.string().optional() }),
  zone: z.string(),
  calendar: z.string(),
  hours: z
    .strictObject({ weekdays: z.string(), saturday: z.string().optional() })
    .optional()
    .describe('hours of work, "09:00-18:00", in which terms in working hours run; weekdays: on every working day'),
  languages: z.array(z.enum(['kk', 'ru', 'en'])).min(1),
  published: z.string().optional(),
  formation: z.array(z.string()).min(1).describe('accepted ways of formation, as facts'),
  functions: z.array(z.string()).min(1),
  numbering: z.record(z.string(), z.string()).optional(),
  notices: z.record(z.string(), z.unknown()).optional(),
  'force majeure': z.strictObject({ notice: z.string().optional(), evidence: z.boolean().optional() }).optional(),
  facts: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe('more types of facts, each with a JSON Schema for its data'),
  columns: columns.optional(),
  'other clauses': z
    .record(z.string(), z.enum([...KINDS, 'definition']))
    .optional()
    .describe('numbers of the document that have no entry here, and what kind of provision each is'),
  clauses: z.record(z.string(), clause),
});

export type OfferFile = z.infer<typeof offerSchema>;
export type ClauseFile = z.infer<typeof clause>;
export type RuleFile = z.infer<typeof rule>;
export type ConsequenceFile = z.infer<typeof consequence>;
