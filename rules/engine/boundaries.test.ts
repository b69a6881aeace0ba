import { describe, expect, it } from 'vitest';
import type { Fact } from '../facts/fact.js';
import { calendarOf } from '../law/calendar.js';
import { compileOffer } from '../offer/compile.js';
import { BUILT_IN } from '../policy/builtin.js';
import type { Policy } from '../policy/types.js';
import { judge, undoingOf, undoneBy } from './index.js';
import type { EffectKind } from './outcome.js';
import type { Law } from './types.js';

/** Small offers for what the five do not have, or have only together with much else. */
function lawOf(clauses: string, policy: string): Law {
  const text = `
offer: small
title: { kk: s, ru: s, en: s }
operator: { name: Somebody }
zone: Asia/Almaty
calendar: KZ
languages: [en]
formation: [participant.registered]
functions: [portal]
clauses:
  "1": { kind: formation, title: { kk: t, ru: t, en: t }, rule: { on: participant.registered, subject: contract, then: { contract: concluded } } }
${clauses}`;
  const offer = compileOffer(text, 'small.yaml');
  if ('code' in offer) throw new Error(`${offer.code}: ${offer.message}`);
  return { offer, calendar: calendarOf('KZ'), policy: BUILT_IN[policy] as Policy, participant: {} };
}

const at = (text: string): number => Date.parse(`${text}+05:00`);
const fact = (id: string, type: string, moment: string, subject: string, data: Fact['data'] = {}): Fact => ({
  id,
  type,
  at: at(moment),
  recordedAt: at(moment),
  subject,
  data,
});
const BEGUN = fact('f0', 'participant.registered', '2026-03-02T10:00:00', 'contract');
const title = 'title: { kk: t, ru: t, en: t }';

describe('the earlier of a term and a period', () => {
  const law = lawOf(
    `
  "2": { kind: term, ${title}, rule: { on: act.received, within: 3 working days } }
  "3": { kind: obligation, ${title}, rule: { on: [act.received, lapse of 3], debtor: operator, again: always, within: { term: 4 working days, or earlier: "2" } } }`,
    'automatic',
  );

  it('a period that runs out at this instant is over and cuts no new term short', () => {
    const moment = at('2026-03-14T00:00:00');
    const facts = [BEGUN, fact('f1', 'act.received', '2026-03-10T11:00:00', 'ACT-1')];
    const { timelines } = judge(law, facts, { asOf: moment, knownAt: moment }).outcome;
    expect(timelines.map(({ clause, state, lastDay }) => [clause, state, lastDay])).toEqual([
      ['2', 'lapsed', '2026-03-13'],
      ['3', 'lapsed', '2026-03-13'],
      ['3', 'running', '2026-03-19'],
    ]);
  });
});

describe('a right to block and to claim that names no end of its own', () => {
  const law = lawOf(
    `
  "2": { kind: obligation, ${title}, rule: { on: invoice.presented, debtor: participant, within: 3 calendar days, met: settled } }
  "3": { kind: accrual, ${title}, rule: { on: lapse of 2, holder: operator, then: [{ restrict: [portal], until: settled }, { fine: 2 MCI }] } }
  "4": { kind: restriction, ${title}, rule: { on: lapse of 2, holder: operator, then: { restrict: [portal], until: settled } } }`,
    'ask',
  );

  it('stays open for the money after the payment; one that only blocks goes with the debt (reading 10)', () => {
    const money = { kind: 'subscription', amount: '100.00', currency: 'KZT' };
    const facts = [
      BEGUN,
      fact('f1', 'invoice.presented', '2026-03-10T11:00:00', 'INV-1', money),
      fact('f2', 'payment.credited', '2026-03-20T11:00:00', 'INV-1', money),
    ];
    const view = { asOf: at('2026-03-21T00:00:00'), knownAt: at('2026-03-21T00:00:00') };
    expect(judge(law, facts, view).outcome.rights.map(({ clause, state }) => [clause, state])).toEqual([
      ['3', 'asked'],
      ['4', 'expired'],
    ]);
  });
});

describe('how an effect is taken back', () => {
  it.each<[EffectKind, ReturnType<typeof undoingOf>, EffectKind]>([
    ['restrict', 'level', 'lift'],
    ['lift', 'level', 'restrict'],
    ['claim', 'compensable', 'credit'],
    ['invoice', 'compensable', 'credit'],
    ['notify', 'irrevocable', 'correct'],
    ['prepare', 'irrevocable', 'correct'],
    ['register', 'irrevocable', 'correct'],
    ['request-signature', 'will', 'correct'],
  ])('%s: %s, by %s', (kind, way, by) => {
    expect([undoingOf(kind), undoneBy(kind)]).toEqual([way, by]);
  });
});
