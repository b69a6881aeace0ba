import fc from 'fast-check';
import type { Fact } from '../../rules/facts/fact.js';
import { BIRTH } from './random-life.js';
import { readable } from './readable.js';

/**
 * Lives of money: invoices, payments that come early, in parts, divided, too much or late, reversals, cancellations,
 * force majeure with and without its notice, facts known late, voids and voids of voids. Each keeps the order of the
 * world: nothing is reversed before it was credited, and nothing ends before it began.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 00:00 of the first day. */
const START = BIRTH - 10 * HOUR;

type Draft = Pick<Fact, 'type' | 'at' | 'subject' | 'data'>;

/** Any hour of some days, with a liking for midnight and for a millisecond before it. */
const moment = (days: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: days * 24 }).map((hours) => hours * HOUR) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: days }).map((count) => count * DAY) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: days }).map((count) => count * DAY - 1) },
  );
const after = fc.oneof(moment(12), moment(120));
const SUBJECTS = ['INV-1', 'INV-2', 'INV-3'] as const;
const KINDS = ['subscription', 'credit', 'subscription'] as const;
const money = (tiyn: number): string => `${Math.floor(tiyn / 100)}.${String(tiyn % 100).padStart(2, '0')}`;

const invoice = fc.record({
  from: moment(100),
  tiyn: fc.constantFrom(1, 99, 12_345, 10_000_000, 3_000_050, 777_777),
  again: fc.option(fc.record({ after, tiyn: fc.constantFrom(1, 500_000) }), { freq: 8 }),
  cancelled: fc.option(after, { freq: 6 }),
});
const payment = fc.record({
  invoice: fc.nat({ max: 2 }),
  other: fc.option(fc.nat({ max: 2 }), { freq: 6 }),
  unmatched: fc.constantFrom(false, false, false, false, false, true),
  part: fc.constantFrom(1, 1, 1, 0.5, 0.5, 0.3, 1.2),
  early: fc.constantFrom(false, false, false, false, true),
  /** Put off to the next midnight, where terms run out. */
  atMidnight: fc.constantFrom(false, false, true),
  after,
  reversals: fc.array(fc.record({ after, part: fc.constantFrom(1, 1, 0.4) }), { maxLength: 2 }),
});
const event = fc.record({
  by: fc.constantFrom('participant', 'participant', 'operator', 'both'),
  from: moment(130),
  lasts: fc.option(fc.oneof(moment(4), moment(40)), { freq: 5 }),
  notice: fc.option(
    fc.record({
      after: moment(14),
      by: fc.constantFrom('participant', 'participant', 'operator', 'both'),
      evidence: fc.constantFrom(true, true, true, false),
    }),
    { freq: 5 },
  ),
});

/** Money lives of an offer whose payment term starts on `presented`. */
export const moneyLives = (presented: 'invoice.presented' | 'invoice.received'): fc.Arbitrary<readonly Fact[]> =>
  fc
    .record({
      invoices: fc.array(invoice, { minLength: 1, maxLength: 3 }),
      payments: fc.array(payment, { maxLength: 5 }),
      events: fc.array(event, { maxLength: 2 }),
      delays: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: moment(40) }), {
        minLength: 60,
        maxLength: 60,
      }),
      voids: fc.array(fc.record({ of: fc.nat(), after: moment(60) }), { maxLength: 2 }),
    })
    .map((life) =>
      readable(recorded([...billed(life.invoices, presented), ...paid(life), ...life.events.flatMap(hit)], life)),
    );

type Life = {
  readonly invoices: readonly (typeof invoice extends fc.Arbitrary<infer T> ? T : never)[];
  readonly payments: readonly (typeof payment extends fc.Arbitrary<infer T> ? T : never)[];
};

const billed = (invoices: Life['invoices'], presented: string): readonly (Draft & { readonly key?: string })[] =>
  invoices.flatMap((one, position) => {
    const subject = SUBJECTS[position] as string;
    const at = START + DAY + one.from;
    const bill = (moment: number, tiyn: number): Draft => ({
      type: presented,
      at: moment,
      subject,
      data: { kind: KINDS[position], amount: money(tiyn), currency: 'KZT' },
    });
    return [
      bill(at, one.tiyn),
      ...(one.again === null ? [] : [bill(at + one.again.after + 1, one.again.tiyn)]),
      ...(one.cancelled === null ? [] : [{ type: 'invoice.cancelled', at: at + one.cancelled, subject, data: {} }]),
    ];
  });

const paid = (life: Life): readonly (Draft & { readonly key?: string })[] =>
  life.payments.flatMap((one, position) => {
    const chosen = life.invoices[one.invoice % life.invoices.length] as Life['invoices'][number];
    const subject = SUBJECTS[one.invoice % life.invoices.length] as string;
    const second = one.other === null ? null : one.other % life.invoices.length;
    const mine = Math.max(1, Math.round(chosen.tiyn * one.part));
    const divided = second !== null && SUBJECTS[second] !== subject;
    const theirs = divided ? (life.invoices[second] as Life['invoices'][number]).tiyn : 0;
    const hour = Math.max(BIRTH, START + DAY + chosen.from + (one.early ? -5 * DAY : one.after));
    const at = one.atMidnight ? START + Math.ceil((hour - START) / DAY) * DAY : hour;
    const key = `payment ${position}`;
    const amount = { amount: money(mine + theirs), currency: 'KZT' };
    const allocate = [
      { invoice: subject, amount: money(mine) },
      { invoice: SUBJECTS[second ?? 0], amount: money(theirs) },
    ];
    const credit: Draft & { readonly key: string } = {
      key,
      type: 'payment.credited',
      at,
      subject: divided || one.unmatched ? 'contract' : subject,
      data: divided ? { ...amount, allocate } : amount,
    };
    let moment = at;
    const back = one.reversals.map((reversal): Draft => {
      moment += reversal.after;
      const part =
        divided || reversal.part === 1
          ? {}
          : { amount: money(Math.max(1, Math.round(mine * reversal.part))), currency: 'KZT' };
      return { type: 'payment.reversed', at: moment, subject: 'contract', data: { payment: key, ...part } };
    });
    return [credit, ...back];
  });

const hit = (one: typeof event extends fc.Arbitrary<infer T> ? T : never, position: number): readonly Draft[] => {
  const at = START + DAY + one.from;
  const about = (type: string, moment: number, data: Fact['data']): Draft => ({
    type,
    at: moment,
    subject: `FM-${position + 1}`,
    data,
  });
  return [
    about('forcemajeure.began', at, { by: one.by }),
    ...(one.lasts === null ? [] : [about('forcemajeure.ended', at + one.lasts, { by: one.by })]),
    ...(one.notice === null
      ? []
      : [about('forcemajeure.notified', at + one.notice.after, { by: one.notice.by, evidence: one.notice.evidence })]),
  ];
};

function recorded(
  drafts: readonly (Draft & { readonly key?: string })[],
  life: {
    readonly delays: readonly number[];
    readonly voids: readonly { readonly of: number; readonly after: number }[];
  },
): readonly Fact[] {
  const ids = new Map(drafts.map((draft, position) => [draft.key ?? `#${position}`, `f${position + 1}`]));
  const facts: Fact[] = drafts.map(({ key: _, ...draft }, position) => ({
    ...draft,
    id: `f${position + 1}`,
    recordedAt: draft.at + (life.delays[position] ?? 0),
    data: 'payment' in draft.data ? { ...draft.data, payment: ids.get(String(draft.data['payment'])) } : draft.data,
  }));
  for (const one of life.voids) {
    const target = facts[one.of % facts.length] as Fact;
    const at = target.recordedAt + one.after;
    facts.push({
      id: `f${facts.length + 1}`,
      type: 'fact.voided',
      at,
      recordedAt: at,
      subject: 'contract',
      data: { fact: target.id, reason: 'a mistake' },
    });
  }
  return [
    {
      id: 'f0',
      type: 'participant.registered',
      at: BIRTH,
      recordedAt: BIRTH,
      subject: 'contract',
      data: { eds: true },
    },
    ...facts,
  ];
}

/** An instant of such a life, midnights preferred; within the year whose monthly index is known. */
export const moneyInstants: fc.Arbitrary<number> = moment(290).map((after) => BIRTH - 10 * HOUR + after);
