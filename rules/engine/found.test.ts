import { expect, it } from 'vitest';
import { BIRTH, lawOf } from '../../test/lives/random-life.js';
import { lawOfFile } from '../../test/lives/random-offer.js';
import type { Fact, ReceiptType } from '../facts/fact.js';
import { foldActs, judge, latestOf, liveOut, receiptOf, reconcile, simulate } from './index.js';
import type { Law } from './types.js';

/** What random lives have found, made as small as it gets. */
const registered: Fact = {
  id: 'f0',
  type: 'participant.registered',
  at: BIRTH,
  recordedAt: BIRTH,
  subject: 'contract',
  data: { eds: true },
};
const fact = (id: string, type: string, at: string, data: Fact['data'] = {}, subject = 'contract'): Fact => ({
  id,
  type,
  at: Date.parse(at),
  recordedAt: Date.parse(at),
  subject,
  data,
});
const at = (text: string) => ({ asOf: Date.parse(text), knownAt: Date.parse(text) });

it('idocs: a suspension at the wish of the participant that would end before it begins is none, and its end is no instant at which something happens', () => {
  const law = lawOf('idocs');
  const wish = { from: '2026-03-22T00:00:00+05:00', until: '2026-03-21' };
  const view = at('2026-03-21T00:00:00+05:00');
  const wished = [registered, fact('f1', 'suspension.requested', '2026-03-21T00:00:00+05:00', wish)];
  const { outcome } = simulate(law, wished, view);
  expect(outcome.restrictions).toEqual([]);
  expect(outcome.next).toBe(simulate(law, [registered], view).outcome.next);
});

it('avtomektep 10.2: a second publication under the name of a change that applies is another change, and moves nothing of the first', () => {
  const law = lawOf('avtomektep');
  // Published on Monday 2 March: seven days end on Monday 9 March, a day off, so on the 10th.
  const published = [
    registered,
    fact('f1', 'amendment.published', '2026-03-02T12:00:00+05:00'),
    fact('f2', 'amendment.published', '2026-03-12T00:00:00+05:00'),
  ];
  const { amendments } = judge(law, published, at('2026-03-12T00:00:00+05:00')).outcome;
  expect(amendments).toEqual([
    {
      subject: 'contract',
      publishedAt: '2026-03-02T12:00:00+05:00',
      appliesAt: '2026-03-11T00:00:00+05:00',
      state: 'applies',
    },
    {
      subject: 'contract',
      publishedAt: '2026-03-12T00:00:00+05:00',
      // Seven days end on Thursday 19 March.
      appliesAt: '2026-03-20T00:00:00+05:00',
      state: 'pending',
    },
  ]);
});

it('edoc 5.9: fine and penalty that were taken back at one instant stand in one order, whatever the order of the list', () => {
  const law = lawOf('edoc');
  const invoice = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  const view = at('2026-04-02T00:00:00+05:00');
  const known = Date.parse('2026-03-26T09:00:00+05:00');
  const record = liveOut(
    law,
    [
      registered,
      fact('f1', 'agreement.signed', '2026-03-02T10:00:00+05:00'),
      // Both become known when all is over, so that both documents are drawn at one instant.
      { ...fact('f2', 'invoice.presented', '2026-03-12T11:00:00+05:00', invoice, 'A'), recordedAt: known },
      { ...fact('f3', 'payment.credited', '2026-03-25T11:00:00+05:00', invoice, 'A'), recordedAt: known },
      fact('f4', 'fact.voided', '2026-04-01T00:00:00+05:00', { fact: 'f2', reason: 'a mistake' }),
    ],
    view,
  );
  const { ledger } = judge(law, record, view).outcome;
  expect(ledger.entries.filter((one) => one.kind === 'credit').map((one) => one.amount)).toEqual(['8650.00', '600.00']);
  expect(judge(law, record.toReversed(), view).outcome.ledger).toEqual(ledger);
});

it('what comes with the lapse of another clause at the due instant itself is late', () => {
  const title = { kk: 'тармақ', ru: 'пункт', en: 'clause' };
  const clause = (kind: string, rule: Readonly<Record<string, unknown>>) => ({ kind, title, rule });
  const term = { on: 'act.received', within: '3 calendar days' };
  const law = lawOfFile(
    {
      offer: 'small',
      title,
      operator: { name: 'Nobody LLP' },
      zone: 'Asia/Almaty',
      calendar: 'KZ',
      languages: ['en'],
      formation: ['participant.registered'],
      functions: ['portal'],
      clauses: {
        '1': clause('formation', { on: 'participant.registered', then: { contract: 'concluded' } }),
        '2': clause('obligation', { ...term, debtor: 'operator', then: { notify: 'late' } }),
        '3': clause('obligation', { ...term, debtor: 'participant', met: 'lapse of 2' }),
      },
    },
    'automatic',
  ) as Law;
  const received = [registered, fact('f1', 'act.received', '2026-03-16T10:00:00+05:00', {}, 'A')];
  const { timelines } = judge(law, received, at('2026-03-20T00:00:00+05:00')).outcome;
  expect(timelines.map(({ clause: ref, state, lastDay }) => [ref, state, lastDay])).toEqual([
    ['2', 'lapsed', '2026-03-19'],
    ['3', 'lapsed', '2026-03-19'],
  ]);
});

it('avtomektep 5.2: what the policy chose about the contract does not use a right of the same clause that a hold keeps', () => {
  const law = lawOf('avtomektep');
  const view = at('2026-03-09T00:00:00+05:00');
  const { outcome } = simulate(
    law,
    [
      registered,
      fact('f1', 'hold.placed', '2026-03-02T12:00:00+05:00', {}, 'A'),
      fact('f2', 'breach.recorded', '2026-03-05T10:00:00+05:00', {}, 'A'),
      fact('f3', 'breach.recorded', '2026-03-08T10:00:00+05:00'),
      fact('f4', 'breach.cured', '2026-03-08T12:00:00+05:00'),
    ],
    view,
  );
  expect(outcome.rights.map(({ subject, state }) => [subject, state])).toEqual([
    ['A', 'open'],
    ['contract', 'used'],
  ]);
  expect(outcome.access['portal']?.open).toBe(true);
});

it('edoc 5.9: the penalty of an invoice that was cancelled reaches no cap, and nothing wakes for it', () => {
  const law = lawOf('edoc');
  const invoice = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  const view = at('2026-04-15T12:00:00+05:00');
  const facts = [
    registered,
    fact('f1', 'agreement.signed', '2026-03-02T10:00:00+05:00'),
    fact('f2', 'invoice.presented', '2026-03-12T11:00:00+05:00', invoice, 'A'),
    fact('f3', 'invoice.cancelled', '2026-04-15T11:00:00+05:00', {}, 'A'),
  ];
  // The last day is 19 March, so that the fiftieth late day would be 8 May.
  const { outcome } = simulate(law, facts, view);
  expect(outcome.next).not.toBe('2026-05-08T00:00:00+05:00');
  expect(outcome.wakeAt).not.toBe('2026-05-08T00:00:00+05:00');
});

it('edoc 5.9: a penalty whose invoice turns out to be in another currency is taken back whole and claimed anew; no sum is of both', () => {
  const invoice = { kind: 'subscription', amount: '1000.00', currency: 'USD' };
  const known = Date.parse('2026-04-01T00:00:00+05:00');
  const view = at('2026-04-02T00:00:00+05:00');
  const tenge = fact(
    'f5',
    'invoice.presented',
    '2026-03-03T11:00:00+05:00',
    { ...invoice, amount: '500000.00', currency: 'KZT' },
    'A',
  );
  const record = [
    registered,
    fact('f1', 'rate.published', '2026-03-01T10:00:00+05:00', { currency: 'USD', date: '2026-03-03', rate: '500' }),
    fact('f2', 'invoice.presented', '2026-03-03T11:00:00+05:00', invoice, 'A'),
    fact('f3', 'payment.credited', '2026-03-25T11:00:00+05:00', { amount: '1000.00', currency: 'USD' }, 'A'),
    fact('f4', 'fact.voided', '2026-04-01T00:00:00+05:00', { fact: 'f2', reason: 'it was in tenge' }),
    { ...tenge, recordedAt: known },
  ];
  const law = lawOf('edoc');
  const { effects, ledger } = judge(law, liveOut(law, record, view), view).outcome;
  const sent = effects
    .filter(({ key }) => key.endsWith('penalty'))
    .map(({ kind, data }) => [kind, data['amount'], data['currency']]);
  expect(sent.toSorted()).toEqual([
    ['claim', '14.00', 'USD'],
    ['claim', '7000.00', 'KZT'],
    ['credit', '14.00', 'USD'],
  ]);
  // The fine of two MCI stands beside it.
  expect(ledger.balance).toEqual({ KZT: '15650.00', USD: '0.00' });
});

it('edoc 10.2.4: an end that the parties have agreed away ends nothing, though the court names its very day', () => {
  const ends = (id: string, type: string, on: string, effective: string) => fact(id, type, on, { effective });
  const record = [
    registered,
    ends('f1', 'termination.agreed', '2026-03-03T10:00:00+05:00', '2026-03-20'),
    ends('f2', 'termination.agreed', '2026-03-04T10:00:00+05:00', '2026-04-20'),
    ends('f3', 'court.decided', '2026-03-05T10:00:00+05:00', '2026-03-20'),
  ];
  const { access, contract } = simulate(lawOf('edoc'), record, at('2026-03-21T00:00:00+05:00')).outcome;
  expect(contract.endedAt).toBe('2026-03-21T00:00:00+05:00');
  expect(access['outgoing']!.causes).toEqual([
    { clause: '10.2.4', subject: 'contract', since: '2026-03-21T00:00:00+05:00' },
  ]);
});

it('uchet-edo 9.5: a guide that is published after a change has applied is a change of its own, each time', () => {
  const guide = (id: string, on: string, effective: string) => fact(id, 'guide.published', on, { effective });
  const record = [
    registered,
    guide('f1', '2026-03-03T10:00:00+05:00', '2026-03-20'),
    guide('f2', '2026-04-03T10:00:00+05:00', '2026-04-20'),
  ];
  const { amendments } = judge(lawOf('uchet-edo'), record, at('2026-05-02T00:00:00+05:00')).outcome;
  expect(amendments.map(({ appliesAt, state }) => [appliesAt, state])).toEqual([
    ['2026-03-20T00:00:00+05:00', 'applies'],
    ['2026-04-20T00:00:00+05:00', 'applies'],
  ]);
});

const receipt = (id: string, type: string, operation: string, content: Fact['data'], fingerprint: string) =>
  fact(id, type, `2026-04-0${id}T00:00:00+05:00`, {
    ...{ key: 'k', generation: 1, operation, kind: 'claim', clause: '5.9', subject: 'A' },
    ...{ legalAt: '2026-04-01T00:00:00+05:00', content, fingerprint },
  });

it('a correction that was performed and then confirmed is one document', () => {
  const more = { amount: '40.00', stands: { amount: '140.00' } };
  const histories = foldActs(
    [
      receipt('1', 'effect.performed', 'do', { amount: '100.00' }, 'one'),
      receipt('2', 'effect.claimed', 'correct', more, 'two'),
      receipt('3', 'effect.performed', 'correct', more, 'two'),
      receipt('4', 'effect.confirmed', 'correct', more, 'two'),
    ],
    Date.parse,
  );
  const act = latestOf(histories.get('k'))!;
  expect([act.content, act.corrections.map(({ said }) => said)]).toEqual([{ amount: '140.00' }, [more]]);
});

it('a document that is confirmed after it was corrected, or taken back, stays corrected or taken back', () => {
  const said = { amount: '100.00' };
  const after = (type: string, operation: string, content: Fact['data'], fingerprint: string) =>
    latestOf(
      foldActs(
        [
          receipt('1', 'effect.performed', 'do', said, 'one'),
          receipt('2', type, operation, content, fingerprint),
          receipt('3', 'effect.confirmed', 'do', said, 'one'),
        ],
        Date.parse,
      ).get('k'),
    )!;
  const more = { amount: '40.00', stands: { amount: '140.00' } };
  expect(after('effect.performed', 'correct', more, 'two')).toMatchObject({
    content: { amount: '140.00' },
    fingerprint: 'two',
  });
  expect(after('effect.claimed', 'correct', more, 'two').pending).toBe('correct');
  expect(after('effect.performed', 'undo', said, 'one').state).toBe('undone');
});

it('adr 9.10-9.11: a question that time alone puts to a person is something to wake for', () => {
  const law = lawOf('adr');
  const record = [registered, fact('f1', 'conflict.received', '2026-03-02T11:00:00+05:00', { by: 'participant' }, 'C')];
  const { wakeAt, wakeClause } = judge(law, record, at('2026-03-03T00:00:00+05:00'));
  expect([new Date(wakeAt!).toISOString(), wakeClause]).toEqual(['2026-03-10T19:00:00.000Z', '9.7 C']);
  const { outcome } = judge(law, record, { asOf: wakeAt!, knownAt: wakeAt! });
  expect(outcome.cases.map(({ clause, subject }) => [clause, subject])).toEqual([['9.10-9.11', 'C']]);
});

it('a correction that nobody answered for, or that could not be made, is tried no more and waits for a person', () => {
  const law = lawOf('edoc');
  const invoice = { kind: 'subscription', amount: '100000.00', currency: 'KZT' };
  const money = { amount: '100000.00', currency: 'KZT' };
  const about = (one: Fact): Fact => ({ ...one, subject: 'A' });
  // Five bank days end on Monday 13 April; three days of delay, drawn on the 16th. Then the bank tells of money on the 15th.
  const facts = [
    registered,
    about(fact('f1', 'invoice.presented', '2026-04-06T10:00:00+05:00', invoice)),
    about(fact('f2', 'payment.credited', '2026-04-16T10:00:00+05:00', money)),
    {
      ...about(fact('f3', 'payment.credited', '2026-04-15T10:00:00+05:00', money)),
      recordedAt: Date.parse('2026-04-20T10:00:00+05:00'),
    },
  ];
  const lived = liveOut(law, facts, at('2026-04-16T10:00:00+05:00'));
  const view = at('2026-04-20T10:00:00+05:00');
  const told = [...lived, facts[3]!];
  const [step] = reconcile(judge(law, told, view));
  expect(step).toMatchObject({ operation: 'correct', sends: 'credit', content: { amount: '100.00', days: 1 } });
  const after = (type: ReceiptType) => judge(law, [...told, receiptOf(law, step!, type, view.asOf, view.asOf)], view);
  for (const type of ['effect.unknown', 'effect.failed', 'effect.refused'] as const) {
    const waiting = after(type);
    expect([type, reconcile(waiting)]).toEqual([type, []]);
    expect(waiting.outcome.cases.map(({ key }) => key)).toEqual([step!.key]);
  }
  const done = after('effect.performed');
  expect([reconcile(done), done.outcome.cases]).toEqual([[], []]);
});
