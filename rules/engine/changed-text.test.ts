import { expect, test } from 'vitest';
import { lockers, tell, type Told } from '../../test/lives/lockers.js';

/*
 * Two texts of one offer that differ in one respect, and a contract that comes under the second. What goes on, what opens under which text, and what
 * must not happen twice or not at all.
 */

const signed = { type: 'agreement.signed', at: '2026-03-30T10:00:00+05:00' };
const at = (day: string): string => `2026-${day}T10:00:00+05:00`;
const midnight = (day: string): string => `2026-${day}T00:00:00+05:00`;
const invoice = (subject: string, day: string, type = 'invoice.presented') => ({
  type,
  at: at(day),
  subject,
  data: { kind: 'other', amount: '1000.00', currency: 'KZT' },
});
const adopt = (edition: string, day: string, recordedAt?: string) => ({
  type: 'edition.adopted',
  at: midnight(day),
  ...(recordedAt === undefined ? {} : { recordedAt: midnight(recordedAt) }),
  data: { edition },
});
const published = (edition: string, day: string, more = {}) => ({
  type: 'amendment.published',
  at: at(day),
  subject: 'A-1',
  data: { edition, ...more },
});
const fact = (type: string, day: string, subject?: string, data?: object) => ({
  type,
  at: at(day),
  ...(subject === undefined ? {} : { subject }),
  ...(data === undefined ? {} : { data }),
});

/** The two texts, which differ in this one value. */
const both = <T>(before: T, after: T, text: (value: T) => ReturnType<typeof lockers>) => ({
  lockers: text(before),
  two: text(after),
});

const pay = (days = 5) => ({
  '2.1': { on: 'invoice.presented', debtor: 'participant', within: `${days} bank days`, met: 'settled' },
});
const close = (on: string, days = 10) => ({
  kind: 'restriction',
  on,
  holder: 'operator',
  within: `more than ${days} calendar days`,
  met: 'settled',
  then: { restrict: ['portal'], until: 'settled' },
});
const byNotice = {
  '3.1': {
    kind: 'amendment',
    on: 'amendment.published',
    debtor: 'participant',
    within: '12 calendar days',
    tolled: false,
    met: 'amendment.objected',
    then: { amendment: 'applies', named: true },
    fulfilled: { amendment: 'refused' },
  },
};
const atOnce = { '3.1': { kind: 'amendment', on: 'amendment.published', then: { amendment: 'applies' } } };
const cleaning = (within = '1 month') => ({
  on: 'conclusion',
  debtor: 'operator',
  recurring: true,
  within,
  met: { on: 'a.happened', subject: 'any' },
});
const naming = {
  on: 'conclusion',
  debtor: 'participant',
  within: '6 months',
  met: { on: 'b.happened', subject: 'any' },
  then: { notify: 'name-not-confirmed', to: 'participant' },
};
const laterOf = (...facts: readonly string[]) => ({
  '6.1': {
    'later of': facts,
    subject: 'contract',
    debtor: 'operator',
    within: '3 calendar days',
    met: { on: 'd.happened', subject: 'any' },
  },
});
const four = {
  facts: Object.fromEntries(['a', 'b', 'c', 'd'].map((one) => [`${one}.happened`, { type: 'object' }])),
};
const notice = (days: number) => ({
  '8.1': {
    kind: 'force-majeure',
    on: 'forcemajeure.began',
    debtor: 'named',
    within: `${days} calendar days`,
    met: 'forcemajeure.notified',
  },
});
const onNotice = { 'force majeure': { notice: '8.1' } };
const event = (subject: string, began: string, ended: string, notified: string) => [
  fact('forcemajeure.began', began, subject, { by: 'participant' }),
  fact('forcemajeure.ended', ended, subject, { by: 'participant' }),
  fact('forcemajeure.notified', notified, subject, { by: 'participant' }),
];

const ending = { kind: 'power', on: 'doubt.raised', holder: 'operator', then: { contract: 'ends' } };
const blocking = {
  kind: 'power',
  on: 'doubt.raised',
  holder: 'operator',
  then: { restrict: ['portal'], until: 'doubt.cleared' },
};
const firstOfMonth = {
  kind: 'amendment',
  on: 'amendment.published',
  then: { amendment: 'applies', named: false, 'next month': true },
};
const inspecting = { ...cleaning('6 months'), met: { on: 'b.happened', subject: 'any' } };

const CHANGES: Readonly<Record<string, Told>> = {
  'an adoption that was corrected for the same instant starts nothing': {
    editions: { lockers: lockers(pay()), two: lockers({ ...pay(), '4.1': naming }) },
    facts: [signed, { id: 'wrong', ...adopt('two', '04-07') }, adopt('lockers', '04-07', '04-08')],
    checks: [
      {
        asOf: midnight('10-20'),
        offer: { edition: 'lockers' },
        none: [{ timelines: [{ edition: 'two' }] }, { effects: [{ clause: '4.1' }] }],
      },
    ],
  },
  'a contract that ends at the instant of an adoption ends under its old text': {
    editions: both(5, 1, (years) =>
      lockers({
        '9.1': {
          kind: 'termination',
          on: 'termination.received',
          subject: 'contract',
          within: '10 calendar days',
          tolled: false,
          then: { contract: 'ends' },
        },
        '9.9': {
          kind: 'retention',
          on: 'end',
          subject: 'contract',
          within: `${years} years`,
          then: { notify: 'x', to: 'participant' },
        },
      }),
    ),
    // Ten days to Saturday 11 April, moved to Monday the 13th.
    facts: [signed, fact('termination.received', '04-01', undefined, { by: 'participant' }), adopt('two', '04-14')],
    checks: [
      {
        asOf: midnight('04-21'),
        contract: { endedAt: midnight('04-14') },
        offer: { edition: 'lockers' },
        timelines: [{ clause: '9.9', edition: 'lockers', lastDay: '2031-04-13' }],
      },
    ],
  },
  'all that opens at the midnight of a change opens under the new text, wherever its clause stands': {
    editions: both(10, 30, (days) =>
      lockers({
        ...pay(),
        '2.2': close('lapse of 2.1', days),
        ...byNotice,
        '5.1': { on: 'loss.notified', debtor: 'participant', within: '5 bank days', met: 'settled' },
        '5.2': close('lapse of 5.1', days),
      }),
    ),
    facts: [
      signed,
      published('two', '04-01'),
      invoice('INV-1', '04-06'),
      fact('loss.notified', '04-06', 'L-1', { amount: '5.00', currency: 'KZT' }),
    ],
    checks: [
      {
        asOf: midnight('04-14'),
        offer: { edition: 'two' },
        timelines: [
          { clause: '2.1', state: 'lapsed', lastDay: '2026-04-13' },
          { clause: '2.2', opened: midnight('04-14'), edition: 'two', lastDay: '2026-05-13' },
          { clause: '5.2', opened: midnight('04-14'), edition: 'two', lastDay: '2026-05-13' },
        ],
      },
    ],
  },
  'what a publication starts that applies at once, it starts under the old text; how that counts is of no matter to the new':
    {
      editions: {
        lockers: lockers({
          ...atOnce,
          '3.2': {
            on: 'amendment.published',
            debtor: 'participant',
            within: '3 calendar days',
            roll: false,
            met: 'b.happened',
          },
        }),
        two: lockers({
          ...atOnce,
          '3.2': { on: 'invoice.presented', debtor: 'participant', within: '3 calendar days', met: 'settled' },
        }),
      },
      facts: [signed, published('two', '04-01'), invoice('INV-1', '04-02')],
      checks: [
        {
          asOf: midnight('04-03'),
          timelines: [
            { clause: '3.2', subject: 'A-1', edition: 'lockers', lastDay: '2026-04-04' },
            // Three days to Sunday 5 April, moved to Monday.
            { clause: '3.2', subject: 'INV-1', edition: 'two', lastDay: '2026-04-06' },
          ],
        },
      ],
    },
  'the later of two, of which the new text names another: both must have come': {
    editions: {
      lockers: lockers(laterOf('a.happened', 'b.happened'), four),
      two: lockers(laterOf('b.happened', 'c.happened'), four),
    },
    facts: [signed, fact('a.happened', '04-02'), adopt('two', '04-07'), fact('c.happened', '04-08')],
    checks: [{ asOf: midnight('04-09'), none: [{ timelines: [{ clause: '6.1' }] }] }],
  },
  'the later of two in another order is the same': {
    editions: {
      lockers: lockers(laterOf('a.happened', 'b.happened'), four),
      two: lockers(laterOf('b.happened', 'a.happened'), four),
    },
    facts: [signed, fact('a.happened', '04-02'), adopt('two', '04-07'), fact('b.happened', '04-08')],
    checks: [{ asOf: midnight('04-09'), timelines: [{ clause: '6.1', edition: 'two' }] }],
  },
  'the later of two that had both come does not start again when the new text asks for a third': {
    editions: {
      lockers: lockers(laterOf('a.happened', 'b.happened'), four),
      two: lockers(laterOf('a.happened', 'b.happened', 'c.happened'), four),
    },
    facts: [
      signed,
      fact('a.happened', '04-02'),
      fact('b.happened', '04-03'),
      fact('d.happened', '04-04'),
      adopt('two', '04-07'),
      fact('c.happened', '04-08'),
    ],
    checks: [{ asOf: midnight('04-09'), none: [{ timelines: [{ clause: '6.1', edition: 'two' }] }] }],
  },
  'a recurring duty that a text had dropped begins anew under a text that has it': {
    editions: { lockers: lockers({ ...pay(), '2.3': cleaning() }), two: lockers(pay()) },
    facts: [signed, adopt('two', '04-07'), adopt('lockers', '05-20')],
    checks: [
      {
        asOf: midnight('05-10'),
        timelines: [{ clause: '2.3', state: 'lapsed', lastDay: '2026-04-30' }],
        none: [{ timelines: [{ clause: '2.3', state: 'running' }] }],
      },
      {
        asOf: midnight('05-21'),
        timelines: [{ clause: '2.3', state: 'running', opened: midnight('05-20'), lastDay: '2026-06-20' }],
      },
    ],
  },
  'a duty that did not concern this participant, and now does, counts from the adoption': {
    editions: {
      lockers: lockers({
        '7.1': { ...naming, when: { all: [{ fact: 'participant.resident', operator: 'equal', value: false }] } },
      }),
      two: lockers({ '7.1': naming }),
    },
    participant: { kind: 'legal-entity', resident: true },
    facts: [signed, adopt('two', '04-07')],
    checks: [{ asOf: midnight('04-08'), timelines: [{ clause: '7.1', edition: 'two', opened: midnight('04-07') }] }],
  },
  'a duty of one time that becomes one of every month begins with the adoption': {
    editions: {
      lockers: lockers({ '2.3': { ...cleaning('5 calendar days'), recurring: false } }),
      two: lockers({ '2.3': cleaning() }),
    },
    facts: [signed, adopt('two', '04-20')],
    checks: [{ asOf: midnight('04-21'), timelines: [{ clause: '2.3', edition: 'two', lastDay: '2026-05-20' }] }],
  },
  'a rule that is put before another in its clause changes nothing of that one': {
    editions: {
      lockers: lockers({ '2.3': { rules: [cleaning()] } }),
      two: lockers({
        '2.3': {
          rules: [{ on: 'invoice.presented', debtor: 'operator', within: '2 bank days' }, cleaning('2 months')],
        },
      }),
    },
    facts: [signed, adopt('two', '04-07')],
    checks: [
      {
        asOf: midnight('05-02'),
        timelines: [
          { clause: '2.3', run: '2026-03-30', edition: 'lockers', state: 'lapsed', lastDay: '2026-04-30' },
          { clause: '2.3', run: '2026-05-01', edition: 'two', state: 'running', lastDay: '2026-06-30' },
        ],
        none: [{ timelines: [{ clause: '2.3', run: '2026-04-07' }] }],
      },
    ],
  },
  'another debtor makes no second run of what one subject has once': {
    editions: both('participant', 'named', (debtor) =>
      lockers({ '5.1': { on: 'breach.recorded', debtor, within: '10 calendar days', met: 'breach.cured' } }),
    ),
    facts: [
      signed,
      fact('breach.recorded', '04-02', 'B-1', { by: 'participant' }),
      adopt('two', '04-05'),
      fact('breach.recorded', '04-07', 'B-1', { by: 'participant' }),
    ],
    checks: [
      {
        asOf: midnight('04-08'),
        timelines: [{ clause: '5.1', subject: 'B-1', edition: 'lockers' }],
        none: [{ timelines: [{ clause: '5.1', edition: 'two' }] }],
      },
    ],
  },
  'a number that is used for something else does not take over what waited for the old': {
    editions: {
      lockers: lockers({ ...pay(), '2.2': close('lapse of 2.1') }),
      two: lockers({
        '2.1': { on: 'claim.received', debtor: 'operator', within: '3 bank days', met: 'claim.answered' },
        '2.2': { kind: 'liability', on: 'lapse of 2.1', subject: 'contract', then: { contract: 'ends' } },
        '2.3': pay()['2.1'],
        '2.4': close('lapse of 2.3'),
      }),
    },
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-07')],
    checks: [{ asOf: midnight('04-24'), contract: { state: 'active' }, access: { portal: { open: true } } }],
  },
  'a clause that says what number it had goes on for the old one': {
    editions: {
      lockers: lockers({ ...pay(), '2.2': close('lapse of 2.1') }),
      two: lockers({
        '2.1': { on: 'claim.received', debtor: 'operator', within: '3 bank days', met: 'claim.answered' },
        '2.2': { kind: 'liability', on: 'lapse of 2.1', subject: 'contract', then: { contract: 'ends' } },
        '2.3': { ...pay()['2.1'], was: '2.1' },
        '2.4': { ...close('lapse of 2.3'), was: '2.2' },
      }),
    },
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-07'), invoice('INV-1', '04-08')],
    checks: [
      // Five bank days to 13 April, more than ten days to the 23rd.
      {
        asOf: midnight('04-24'),
        contract: { state: 'active' },
        timelines: [
          { clause: '2.1', subject: 'INV-1', edition: 'lockers', state: 'lapsed', lastDay: '2026-04-13' },
          { clause: '2.4', subject: 'INV-1', edition: 'two', state: 'lapsed', lastDay: '2026-04-23' },
        ],
        access: { portal: { open: false, causes: [{ clause: '2.4' }] } },
        none: [{ timelines: [{ clause: '2.3' }] }],
      },
    ],
  },
  'a second publication of a pending change brings no other text: nobody was given time for that': {
    editions: {
      lockers: lockers({ ...pay(), ...byNotice }),
      two: lockers({ ...pay(3), ...byNotice }),
      three: lockers({ ...pay(4), ...byNotice }),
    },
    facts: [signed, published('two', '04-01'), published('three', '04-10')],
    checks: [{ asOf: midnight('04-20'), offer: { edition: 'two' } }],
  },
  'a recurring duty that gains a consequence is woken for': {
    editions: {
      lockers: lockers({ '2.3': cleaning() }),
      two: lockers({ '2.3': { ...cleaning(), then: { notify: 'not-cleaned', to: 'both' } } }),
    },
    facts: [signed, adopt('two', '04-10')],
    checks: [
      {
        asOf: midnight('06-02'),
        effects: [
          { clause: '2.3', kind: 'notify', at: midnight('05-31'), performedAt: midnight('05-31'), state: 'done' },
        ],
        none: [{ effects: [{ at: midnight('05-01') }] }],
      },
    ],
  },
  'what a person chose under a number stands when its provision gets another': {
    editions: {
      lockers: lockers({ '5.1': ending }),
      two: lockers({ '5.2': { ...ending, was: '5.1' } }),
    },
    facts: [
      signed,
      fact('doubt.raised', '04-04'),
      fact('right.used', '04-05', undefined, { clause: '5.1' }),
      adopt('two', '04-02', '04-08'),
    ],
    checks: [
      { asOf: midnight('04-09'), contract: { state: 'ended' }, rights: [{ clause: '5.2', state: 'used' }], cases: [] },
    ],
  },
  'a hold, a review and a release mean the provision of the number that they name': {
    editions: {
      lockers: lockers({ ...pay(), '2.2': close('lapse of 2.1', 5), '5.1': blocking }),
      two: lockers({
        ...pay(),
        '2.3': { ...close('lapse of 2.1', 5), was: '2.2' },
        '5.2': { ...blocking, was: '5.1' },
      }),
    },
    facts: [
      signed,
      invoice('INV-1', '04-06'),
      fact('hold.placed', '04-07', 'INV-1', { clauses: ['2.2'] }),
      fact('doubt.raised', '04-07', 'D-1'),
      fact('doubt.raised', '04-07', 'D-2'),
      fact('review.decided', '04-08', 'D-1', { clauses: ['5.1'], decision: 'overturn' }),
      adopt('two', '04-09'),
      fact('right.released', '04-10', 'D-2', { clause: '5.2' }),
    ],
    checks: [
      { asOf: midnight('04-10'), access: { portal: { open: false, causes: [{ subject: 'D-2' }] } } },
      // Five days late on 18 April, and held.
      {
        asOf: midnight('04-20'),
        rights: [{ clause: '2.3', subject: 'INV-1', state: 'open' }],
        access: { portal: { open: true } },
      },
    ],
  },
  'a number that is used for another clause takes nothing away from that one': {
    editions: {
      lockers: lockers({ '5.1': blocking }),
      two: lockers({
        '5.1': {
          kind: 'security',
          on: 'key.compromised',
          holder: 'operator',
          then: { restrict: ['portal'], until: 'key.resumed' },
          was: 'new',
        },
        '5.2': { ...blocking, was: '5.1' },
      }),
    },
    facts: [
      signed,
      fact('doubt.raised', '04-02', 'KEY-1'),
      fact('doubt.cleared', '04-03', 'KEY-1'),
      adopt('two', '04-07'),
      fact('key.compromised', '04-08', 'KEY-1'),
      fact('doubt.raised', '04-09', 'KEY-1'),
    ],
    checks: [
      { asOf: midnight('04-09'), access: { portal: { open: false, causes: [{ clause: '5.1', subject: 'KEY-1' }] } } },
      // One doubt about one subject opens the right once, under whichever number.
      { asOf: midnight('04-10'), none: [{ rights: [{ clause: '5.2' }] }] },
    ],
  },
  'a number that became free and is used again takes nothing from the clause that left it': {
    editions: {
      lockers: lockers({ ...pay(), '2.9': close('lapse of 2.1', 5) }),
      two: lockers({ '2.2': { ...pay()['2.1'], was: '2.1' }, '2.9': close('lapse of 2.2', 5) }),
      three: lockers({
        '2.1': { on: 'loss.notified', debtor: 'participant', within: '5 bank days', met: 'settled' },
        '2.2': pay()['2.1'],
        '2.9': close('lapse of 2.2', 5),
      }),
    },
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-07'), adopt('three', '04-08')],
    checks: [{ asOf: midnight('04-19'), access: { portal: { open: false, causes: [{ clause: '2.9' }] } } }],
  },
  'back under the text of before, numbers that were swapped are swapped back': {
    editions: {
      two: lockers({
        '2.1': { on: 'loss.notified', debtor: 'participant', within: '5 bank days', met: 'settled', was: '2.2' },
        '2.2': { ...pay()['2.1'], was: '2.1' },
        '2.9': close('lapse of 2.2', 5),
      }),
      one: lockers({
        ...pay(),
        '2.2': { on: 'loss.notified', debtor: 'participant', within: '5 bank days', met: 'settled' },
        '2.9': close('lapse of 2.1', 5),
      }),
    },
    facts: [
      signed,
      invoice('INV-1', '04-06'),
      fact('loss.notified', '04-06', 'L-1', { amount: '5.00', currency: 'KZT' }),
      adopt('one', '04-07'),
    ],
    checks: [
      {
        asOf: midnight('04-19'),
        access: { portal: { open: false, causes: [{ subject: 'INV-1' }] } },
        none: [{ rights: [{ subject: 'L-1' }] }],
      },
    ],
  },
  'one kind and one debtor do not make two clauses the same': {
    editions: {
      lockers: lockers(pay()),
      two: lockers({
        '2.1': { on: 'details.changed', debtor: 'participant', within: '3 bank days', met: 'details.notified' },
        '2.2': { kind: 'liability', on: 'lapse of 2.1', subject: 'contract', then: { contract: 'ends' } },
      }),
    },
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-07')],
    checks: [{ asOf: midnight('04-24'), contract: { state: 'active' } }],
  },
  'of two changes of one instant the one that was published later holds, whatever they are called': {
    editions: {
      lockers: lockers({ ...pay(), '3.1': firstOfMonth }),
      two: lockers({ ...pay(3), '3.1': firstOfMonth }),
      three: lockers({ ...pay(4), '3.1': firstOfMonth }),
    },
    facts: [
      signed,
      { ...published('two', '04-10'), subject: 'tariffs' },
      { ...published('three', '04-20'), subject: 'corrected-tariffs' },
    ],
    checks: [{ asOf: midnight('05-01'), offer: { edition: 'three' } }],
  },
  'a decision for the instant of a change that became known after it holds': {
    editions: {
      lockers: lockers({ ...pay(), '3.1': firstOfMonth }),
      two: lockers({ ...pay(3), '3.1': firstOfMonth }),
      three: lockers({ ...pay(4), '3.1': firstOfMonth }),
    },
    facts: [signed, published('two', '04-10'), adopt('three', '05-01', '05-03')],
    checks: [
      { asOf: midnight('05-02'), offer: { edition: 'two' } },
      { asOf: midnight('05-03'), offer: { edition: 'three' } },
    ],
  },
  'of two duties of a clause the one that a text drops ends, and the other goes on': {
    editions: {
      lockers: lockers({ '4.1': { rules: [cleaning(), inspecting] } }),
      two: lockers({ '4.1': { rules: [inspecting] } }),
    },
    facts: [signed, adopt('two', '04-07')],
    checks: [
      {
        asOf: midnight('11-01'),
        timelines: [
          { clause: '4.1', run: '2026-03-30', lastDay: '2026-04-30', state: 'lapsed' },
          { clause: '4.1', run: '2026-03-30', lastDay: '2026-09-30', state: 'lapsed' },
          { clause: '4.1', run: '2026-10-01', lastDay: '2027-03-30', edition: 'two' },
        ],
        none: [{ timelines: [{ run: '2026-05-01' }] }],
      },
    ],
  },
  'duties that change places in their clause go on each for itself': {
    editions: {
      lockers: lockers({ '4.1': { rules: [cleaning(), inspecting] } }),
      two: lockers({ '4.1': { rules: [inspecting, cleaning()] } }),
    },
    facts: [signed, adopt('two', '04-07')],
    checks: [
      {
        asOf: midnight('05-02'),
        timelines: [
          { clause: '4.1', run: '2026-05-01', lastDay: '2026-05-30', edition: 'two' },
          { clause: '4.1', run: '2026-03-30', lastDay: '2026-09-30', edition: 'lockers', state: 'running' },
        ],
      },
    ],
  },
  'who accepts after a publication accepts the text as it is then': {
    editions: { lockers: lockers({ ...pay(), ...byNotice }), two: lockers({ ...pay(3), ...byNotice }) },
    facts: [published('two', '03-20'), signed, invoice('INV-1', '04-06')],
    checks: [
      {
        asOf: midnight('04-07'),
        offer: { edition: 'two' },
        timelines: [{ clause: '2.1', subject: 'INV-1', edition: 'two', lastDay: '2026-04-09' }],
      },
    ],
  },
  'a clause that is added asks its conditions of what concluded the contract': {
    editions: {
      lockers: lockers(pay(), { formation: ['participant.registered'] }, 'participant.registered'),
      two: lockers(
        { ...pay(), '7.1': { ...naming, when: { all: [{ fact: 'phone', operator: 'equal', value: false }] } } },
        { formation: ['participant.registered'] },
        'participant.registered',
      ),
    },
    facts: [fact('participant.registered', '03-30', undefined, { phone: false }), adopt('two', '04-07')],
    checks: [{ asOf: midnight('04-08'), timelines: [{ clause: '7.1', edition: 'two', opened: midnight('04-07') }] }],
  },
  'a change that a chain of clauses applies comes before all else of its instant, too': {
    editions: both(10, 30, (days) =>
      lockers({
        ...pay(),
        '2.2': close('lapse of 2.1', days),
        '3.1': {
          kind: 'amendment',
          on: 'amendment.published',
          debtor: 'participant',
          within: '12 calendar days',
          met: 'amendment.objected',
        },
        '3.2': { kind: 'amendment', on: 'lapse of 3.1', then: { amendment: 'applies' } },
      }),
    ),
    facts: [signed, published('two', '04-01'), invoice('INV-1', '04-06')],
    checks: [{ asOf: midnight('04-14'), timelines: [{ clause: '2.2', edition: 'two', lastDay: '2026-05-13' }] }],
  },
  'a party in place of the other makes no second run of what one subject has once': {
    editions: both('participant', 'operator', (debtor) =>
      lockers({ '5.1': { on: 'breach.recorded', debtor, within: '10 calendar days', met: 'breach.cured' } }),
    ),
    facts: [
      signed,
      fact('breach.recorded', '04-02', 'B-1'),
      adopt('two', '04-05'),
      fact('breach.recorded', '04-07', 'B-1'),
    ],
    checks: [{ asOf: midnight('04-08'), none: [{ timelines: [{ clause: '5.1', edition: 'two' }] }] }],
  },
  'a run whose lapse ends the contract has no runs behind it, though the new text would let it run on in silence': {
    editions: {
      lockers: lockers({ '4.1': { ...cleaning(), then: { contract: 'ends' } } }),
      two: lockers({ '4.1': cleaning() }),
    },
    facts: [signed, adopt('two', '04-07')],
    checks: [
      {
        asOf: midnight('12-01'),
        contract: { state: 'ended', endedAt: midnight('05-01') },
        none: [{ timelines: [{ run: '2026-06-01' }] }],
      },
    ],
  },
  'a clause that started by something else and now counts from the conclusion counts from the adoption': {
    editions: {
      lockers: lockers({ '7.1': { ...naming, on: 'a.happened', subject: 'contract' } }),
      two: lockers({ '7.1': naming }),
    },
    facts: [signed, fact('a.happened', '04-01'), fact('b.happened', '04-02'), adopt('two', '04-07')],
    checks: [{ asOf: midnight('04-08'), timelines: [{ clause: '7.1', edition: 'two' }] }],
  },
  'force majeure that begins at the instant of a change at once comes under the old text, in its clock and in its tolls':
    {
      editions: {
        lockers: lockers({ ...pay(), ...atOnce, ...notice(5) }, onNotice),
        two: lockers({ ...pay(), ...atOnce, ...notice(10) }, onNotice),
      },
      facts: [
        signed,
        invoice('INV-1', '04-09'),
        published('two', '04-10', { law: true }),
        ...event('FM-1', '04-10', '04-12', '04-18'),
      ],
      checks: [
        {
          asOf: midnight('04-19'),
          timelines: [
            { clause: '8.1', edition: 'lockers', state: 'lapsed' },
            { clause: '2.1', tolledDays: 0 },
          ],
        },
      ],
    },
  'force majeure that moves changes, which move what force majeure comes under, is followed to its end': {
    editions: both(3, 9, (days) =>
      lockers(
        {
          ...pay(),
          '3.1': { ...byNotice['3.1'], within: '10 calendar days', tolled: true, roll: false },
          ...notice(days),
        },
        onNotice,
      ),
    ),
    facts: [
      signed,
      adopt('two', '04-01'),
      ...event('FM-1', '04-02', '04-05', '04-09'),
      { ...published('lockers', '04-01'), subject: 'A-1' },
      ...event('FM-2', '04-13', '04-16', '04-20'),
      { ...published('two', '04-12'), subject: 'A-2' },
      ...event('FM-3', '04-24', '04-27', '05-01'),
      { ...published('lockers', '04-23'), subject: 'A-3' },
      ...event('FM-4', '05-05', '05-08', '05-12'),
    ],
    checks: [
      {
        asOf: midnight('06-01'),
        // 6 to 12 and 17 to 19 April are ten days, FM-1 and FM-2 toll the others. A-2: 17 to 26 April. FM-3 began under lockers (three days
        // for notice, on day seven it was late), so A-3 counts 24 April to 3 May.
        amendments: [
          { subject: 'A-1', appliesAt: midnight('04-20') },
          { subject: 'A-2', appliesAt: midnight('04-27') },
          { subject: 'A-3', appliesAt: midnight('05-04') },
        ],
        timelines: [
          { clause: '8.1', subject: 'FM-2', edition: 'two', state: 'met' },
          { clause: '8.1', subject: 'FM-3', edition: 'lockers', state: 'lapsed' },
          { clause: '8.1', subject: 'FM-4', edition: 'lockers', state: 'lapsed' },
        ],
      },
    ],
  },
  'a second breach is the second, under whichever text the first was': {
    editions: Object.fromEntries(
      ['lockers', 'two'].map((name) => [
        name,
        lockers({
          '6.1': {
            kind: 'liability',
            on: 'breach.recorded',
            subject: 'contract',
            when: { all: [{ fact: 'ordinal', operator: 'greaterThanInclusive', value: 2 }] },
            again: true,
            then: { notify: `second-breach-${name}`, to: 'participant' },
          },
        }),
      ]),
    ),
    facts: [
      signed,
      fact('breach.recorded', '04-02', 'B-1'),
      adopt('two', '04-05'),
      fact('breach.recorded', '04-07', 'B-2'),
    ],
    checks: [
      {
        asOf: midnight('04-08'),
        effects: [{ clause: '6.1', kind: 'notify', data: { what: 'second-breach-two', to: 'participant' } }],
      },
    ],
  },
  'a penalty that runs goes on under the text that it began under, to its cap': {
    editions: both(['0.1 %', '5 %'], ['1 %', '10 %'], ([penalty, cap]) =>
      lockers({
        ...pay(),
        '5.9': {
          kind: 'restriction',
          on: 'lapse of 2.1',
          holder: 'operator',
          within: 'more than 2 calendar days',
          then: [{ penalty, of: 'invoice', cap }],
        },
      }),
    ),
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-20')],
    checks: [{ asOf: midnight('07-01'), ledger: { balance: { KZT: '1050.00' } } }],
  },
  'functions that a text drops or adds are those that access speaks of': {
    editions: both('outgoing', 'incoming', (other) =>
      lockers(
        { ...pay(), '2.2': { ...close('lapse of 2.1', 5), then: { restrict: [other], until: 'settled' } } },
        { functions: ['portal', other] },
      ),
    ),
    facts: [signed, invoice('INV-1', '04-06'), adopt('two', '04-25')],
    checks: [
      { asOf: midnight('04-24'), access: { outgoing: { open: false } } },
      { asOf: midnight('04-26'), access: { portal: { open: true }, incoming: { open: true } } },
    ],
  },
};

test.each(Object.entries(CHANGES))('%s', (_name, told) => {
  const result = tell(told);
  expect(result.failures).toEqual([]);
  expect(result.passed).toBe(told.checks.length);
});

test('data of a fact are taken when any text that is known declares them so', () => {
  const strict = (name: string) => ({
    facts: {
      'locker.cleaned': {
        type: 'object',
        additionalProperties: false,
        properties: { [name]: { type: 'string' } },
        required: [name],
      },
    },
  });
  const cleaned = (name: string) => fact('locker.cleaned', '04-01', undefined, { [name]: 'Aigul' });
  const under = (...names: readonly string[]) =>
    tell({
      editions: { lockers: lockers(pay(), strict('by')), two: lockers(pay(), strict('cleaner')) },
      facts: [signed, ...names.map(cleaned)],
      checks: [{ asOf: midnight('04-02'), offer: { edition: 'lockers' } }],
    });
  expect(under('by', 'cleaner').failures).toEqual([]);
  expect(() => under('whom')).toThrow(/fact\.invalid_data/);
});

test('a check that names an edition that is none is refused: under none it would hold for ever', () => {
  const misspelt = (check: object) =>
    tell({
      editions: { lockers: lockers(pay()), two: lockers(pay(3)) },
      facts: [signed],
      checks: [{ asOf: midnight('04-02'), ...check }],
    });
  expect(() => misspelt({ none: [{ timelines: [{ edition: 'tow' }] }] })).toThrow(/"tow" is none of the editions/);
  expect(() => misspelt({ offer: { edition: 'tow' } })).toThrow(/scenario\.edition/);
});
