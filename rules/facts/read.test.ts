import { describe, expect, test } from 'vitest';
import { zoneOf } from '../law/zone.js';
import { readFacts, type ReadContext } from './read.js';

const zone = zoneOf('Asia/Almaty');
const scenario: ReadContext = { zone, mode: 'scenario' };
const server: ReadContext = {
  zone,
  mode: 'server',
  now: Date.UTC(2026, 2, 12, 6),
  hashId: (text) => `h${text.length}`,
};
const at = '2026-03-12T11:00:00+05:00';
const invoice = {
  type: 'invoice.presented',
  at,
  subject: 'INV-1',
  data: { kind: 'subscription', amount: '100000.00', currency: 'KZT' },
};

describe('reading facts of a scenario', () => {
  test('gives ids by position, the contract as subject and the instant as what is known', () => {
    expect(
      readFacts(
        [
          { type: 'portal.visited', on: '2026-03-12' },
          { ...invoice, recordedAt: '2026-03-13T00:00:00Z' },
        ],
        scenario,
      ),
    ).toEqual([
      {
        id: 'f1',
        type: 'portal.visited',
        at: Date.UTC(2026, 2, 11, 19),
        recordedAt: Date.UTC(2026, 2, 11, 19),
        subject: 'contract',
        data: {},
      },
      {
        id: 'f2',
        type: 'invoice.presented',
        at: Date.UTC(2026, 2, 12, 6),
        recordedAt: Date.UTC(2026, 2, 13),
        subject: 'INV-1',
        data: invoice.data,
      },
    ]);
  });

  test('a day in Almaty before 1 March 2024 began an hour earlier', () => {
    expect(readFacts({ type: 'portal.visited', on: '2024-02-29' }, scenario)).toMatchObject([
      { at: Date.UTC(2024, 1, 28, 18) },
    ]);
  });

  test('an offer may declare more types, with a JSON Schema for their data', () => {
    const schema = {
      type: 'object',
      properties: { lesson: { type: 'integer', minimum: 1 } },
      required: ['lesson'],
      additionalProperties: false,
    };
    const context = { ...scenario, declared: [{ type: 'lesson.missed', schema }] };
    expect(readFacts({ type: 'lesson.missed', at, data: { lesson: 3 } }, context)).toMatchObject([
      { data: { lesson: 3 } },
    ]);
    expect(readFacts({ type: 'lesson.missed', at, data: { lesson: 0 } }, context)).toMatchObject({
      code: 'fact.invalid_data',
      where: 'facts[0].data.lesson',
    });
  });
});

describe('reading facts on a server', () => {
  test('sets what is known from its own clock and an id from the content', () => {
    expect(readFacts(invoice, server)).toMatchObject([
      { id: expect.stringMatching(/^h\d+$/), recordedAt: Date.UTC(2026, 2, 12, 6) },
    ]);
  });

  test('the id is made of the content, whatever the order of its fields', () => {
    const keyed = { ...server, hashId: (text: string) => text };
    const turned = {
      data: { currency: 'KZT', amount: '100000.00', kind: 'subscription' },
      subject: 'INV-1',
      at: '2026-03-12T06:00:00Z',
      type: invoice.type,
    };
    expect(readFacts(turned, keyed)).toEqual(readFacts(invoice, keyed));
  });

  test('a fact exactly 5 minutes ahead is taken, a millisecond more is not', () => {
    expect(readFacts({ ...invoice, at: '2026-03-12T11:05:00+05:00' }, server)).toHaveLength(1);
    expect(readFacts({ ...invoice, at: '2026-03-12T11:05:00.001+05:00' }, server)).toMatchObject({
      code: 'fact.in_future',
      where: 'facts[0].at',
    });
  });

  test('the same fact twice in one request is told twice and is one', () => {
    expect(
      readFacts(
        [
          { ...invoice, id: 'a' },
          { ...invoice, id: 'a' },
        ],
        server,
      ),
    ).toMatchObject([{ id: 'a' }, { id: 'a' }]);
  });

  test('without its clock it is a mistake of the program', () => {
    expect(() => readFacts(invoice, { zone, mode: 'server' })).toThrow(TypeError);
  });
});

const payment = { type: 'payment.credited', at, data: { amount: '10.00', currency: 'KZT' } };
const refused: readonly [
  claim: string,
  input: unknown,
  mode: ReadContext,
  code: string,
  where: string,
  words: RegExp,
][] = [
  ['an unknown type', { type: 'invoice.lost', at }, scenario, 'fact.unknown_type', 'facts[0].type', /invoice\.lost/],
  ['a receipt', { type: 'effect.performed', at }, scenario, 'fact.internal_type', 'facts[0].type', /engine/],
  ['an adopted edition', { type: 'edition.adopted', at }, server, 'fact.internal_type', 'facts[0].type', /engine/],
  ['no instant', { type: 'portal.visited' }, scenario, 'fact.invalid_instant', 'facts[0]', /exactly one/],
  [
    'both instant and day',
    { type: 'portal.visited', at, on: '2026-03-12' },
    scenario,
    'fact.invalid_instant',
    'facts[0]',
    /exactly one/,
  ],
  [
    'an instant without offset',
    { type: 'portal.visited', at: '2026-03-12T11:00:00' },
    scenario,
    'fact.invalid_instant',
    'facts[0].at',
    /offset/,
  ],
  [
    'a day that does not exist',
    { type: 'portal.visited', on: '2026-02-30' },
    scenario,
    'fact.invalid_instant',
    'facts[0].on',
    /no such day/,
  ],
  [
    'an unreadable recordedAt',
    { type: 'portal.visited', at, recordedAt: 'today' },
    scenario,
    'fact.invalid_instant',
    'facts[0].recordedAt',
    /not an instant/,
  ],
  [
    'known before it happened',
    { ...invoice, recordedAt: '2026-03-12T10:00:00+05:00' },
    scenario,
    'fact.in_future',
    'facts[0].at',
    /5 minutes/,
  ],
  [
    'a forged recordedAt',
    { ...invoice, recordedAt: at },
    server,
    'fact.recorded_at_forbidden',
    'facts[0].recordedAt',
    /server/,
  ],
  ['a payment without an id', payment, server, 'fact.id_required', 'facts[0].id', /bank/],
  [
    'one id for two facts on a server',
    [
      { ...invoice, id: 'a' },
      { ...payment, id: 'a' },
    ],
    server,
    'fact.conflict',
    'facts[1].id',
    /facts\[0\]/,
  ],
  [
    'a given id that is a default one',
    [invoice, { ...payment, id: 'f1' }],
    scenario,
    'fact.duplicate_id',
    'facts[1].id',
    /f1/,
  ],
  [
    'an amount with one digit',
    { ...invoice, data: { ...invoice.data, amount: '100.0' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.amount',
    /two digits/,
  ],
  [
    'an amount of nothing',
    { ...invoice, data: { ...invoice.data, amount: '0.00' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.amount',
    /above zero/,
  ],
  [
    'a negative amount',
    { ...invoice, data: { ...invoice.data, amount: '-1.00' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.amount',
    /above zero/,
  ],
  [
    'an amount as a number',
    { ...invoice, data: { ...invoice.data, amount: 100 } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.amount',
    /decimal string/,
  ],
  [
    'a missing amount',
    { ...invoice, data: { kind: 'other', currency: 'KZT' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.amount',
    /decimal string/,
  ],
  [
    'a currency in small letters',
    { ...invoice, data: { ...invoice.data, currency: 'kzt' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.currency',
    /three capital/,
  ],
  [
    'a kind that is none',
    { ...invoice, data: { ...invoice.data, kind: 'gift' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.kind',
    /subscription, credit, other/,
  ],
  [
    'a party that is none',
    { type: 'claim.received', at, data: { by: 'bank' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.by',
    /participant, operator/,
  ],
  [
    'both where one must answer',
    { type: 'claim.received', at, data: { by: 'both' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.by',
    /participant, operator/,
  ],
  [
    'a field that is not there',
    { ...invoice, data: { ...invoice.data, sum: '1.00' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.sum',
    /allowed: .*amount, currency, kind/,
  ],
  [
    'a day where an instant must stand',
    { type: 'amendment.published', at, data: { effective: '2026-04-01' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.effective',
    /instant/,
  ],
  [
    'an instant where a day must stand',
    { type: 'termination.sent', at, data: { effective: at } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.effective',
    /day/,
  ],
  [
    'text where yes or no must stand',
    { type: 'participant.registered', at, data: { phone: 'no' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.phone',
    /true or false/,
  ],
  [
    'more set against invoices than was paid',
    { ...payment, data: { ...payment.data, allocate: [{ invoice: 'A', amount: '10.01' }] } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.allocate',
    /more against/,
  ],
  [
    'a wrong amount in a list',
    { ...payment, data: { ...payment.data, allocate: [{ invoice: 'A', amount: '1' }] } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.allocate[0].amount',
    /two digits/,
  ],
  [
    'a void of nothing',
    { type: 'fact.voided', at, data: { reason: 'r' } },
    scenario,
    'fact.invalid_data',
    'facts[0].data.fact',
    /text/,
  ],
  [
    'the character NUL',
    { type: 'portal.visited', at, subject: 'a\0' },
    scenario,
    'fact.invalid',
    'facts[0].subject',
    /NUL/,
  ],
  [
    'half a surrogate pair',
    { type: 'portal.visited', at, data: { note: '\ud800' } },
    scenario,
    'fact.invalid',
    'facts[0].data.note',
    /Unicode/,
  ],
  [
    'an unknown field',
    { type: 'portal.visited', at, when: at },
    scenario,
    'fact.invalid',
    'facts[0].when',
    /allowed: id, type, at, on/,
  ],
  ['no fact at all', [null], scenario, 'fact.invalid', 'facts[0]', /object/],
  [
    'a type that is a property of every object',
    { type: 'constructor', at },
    scenario,
    'fact.unknown_type',
    'facts[0].type',
    /constructor/,
  ],
];

describe('refusing facts', () => {
  test.each(refused)('%s', (_claim, input, context, code, where, words) => {
    const answer = readFacts(input, context);
    expect(answer).toMatchObject({ code, where, message: expect.stringMatching(words) });
  });

  test('one wrong fact refuses the whole list and is located in it', () => {
    expect(readFacts([invoice, { type: 'portal.visited', at }, { type: 'x', at }], scenario)).toMatchObject({
      where: 'facts[2].type',
    });
  });
});
