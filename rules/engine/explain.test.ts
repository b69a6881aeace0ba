import { describe, expect, it } from 'vitest';
import { lawOf } from '../../test/lives/random-life.js';
import type { Fact } from '../facts/fact.js';
import { explain, liveOut, sayProof } from './index.js';

const at = (text: string): number => Date.parse(`${text}+05:00`);
const fact = (id: string, type: string, when: string, data: Fact['data'] = {}): Fact => ({
  id,
  type: type as Fact['type'],
  at: at(when),
  recordedAt: at(when),
  subject: 'contract',
  data,
});

describe('the proof of what fell away', () => {
  it('adr 5.1.1.10: names the void and what it took away, and no clock of the contract that has nothing to do with it', () => {
    const law = lawOf('adr');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'termination.sent', '2026-03-02T10:00:00', { by: 'operator' }),
      fact('f3', 'fact.voided', '2026-03-10T10:00:00', { fact: 'f2', reason: 'sent to another client' }),
    ];
    const view = { asOf: at('2026-03-11T00:00:00'), knownAt: at('2026-03-11T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '5.1.1.10~contract~1~restrict');
    expect(proof).toMatchObject({ state: 'fell away', undoneAt: '2026-03-10T10:00:00+05:00' });
    expect(proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step))).toEqual(['f2', 'f3']);
    expect(proof === null ? [] : sayProof(proof, 'en')).toContain('Fact f3: a fact was voided (f2), 10.03.2026 10:00.');
  });

  it.each([
    [
      'a decision that overturned it',
      'review.decided',
      '2026-04-17T10:00:00',
      { decision: 'overturn' },
      '2026-04-17T10:00:00',
    ],
    ['a cancelled invoice', 'invoice.cancelled', '2026-04-12T10:00:00', {}, '2026-04-17T10:00:00'],
    [
      'money in time',
      'payment.credited',
      '2026-04-12T10:00:00',
      { amount: '100.00', currency: 'KZT' },
      '2026-04-17T10:00:00',
    ],
  ] as const)('avtomektep 4.2.5: names %s', (_, type, when, data, known) => {
    const law = lawOf('avtomektep');
    const about = (one: Fact): Fact => ({ ...one, subject: 'A' });
    const facts = [
      fact('f1', 'participant.registered', '2026-03-02T10:00:00'),
      about(
        fact('f2', 'invoice.presented', '2026-04-06T10:00:00', { kind: 'other', amount: '100.00', currency: 'KZT' }),
      ),
      about(fact('f3', 'review.requested', '2026-04-15T10:00:00', { clauses: ['4.2.5'] })),
      { ...about(fact('f4', type, when, data)), recordedAt: at(known) },
    ];
    const view = { asOf: at('2026-04-18T00:00:00'), knownAt: at('2026-04-18T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '4.2.5~A~1~restrict');
    expect(proof).toMatchObject({ state: 'fell away', undoneAt: '2026-04-17T10:00:00+05:00' });
    expect(proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step))).toContain('f4');
  });

  it('avtomektep 4.2.5: names the money, known late, that had come before a person used the right', () => {
    const law = { ...lawOf('avtomektep'), policy: { id: 'leave', decide: () => 'leave' as const } };
    const about = (one: Fact): Fact => ({ ...one, subject: 'A' });
    const money = { kind: 'other', amount: '100.00', currency: 'KZT' };
    const facts = [
      fact('f1', 'participant.registered', '2026-03-02T10:00:00'),
      about(fact('f2', 'invoice.presented', '2026-04-06T10:00:00', money)),
      about(fact('f3', 'right.used', '2026-04-17T10:00:00', { clause: '4.2.5' })),
      { ...about(fact('f4', 'payment.credited', '2026-04-16T10:00:00', money)), recordedAt: at('2026-04-20T10:00:00') },
    ];
    const view = { asOf: at('2026-04-21T00:00:00'), knownAt: at('2026-04-21T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '4.2.5~A~1~restrict');
    expect(proof?.state).toBe('fell away');
    expect(proof?.steps.at(-1)).toMatchObject({ id: 'f4' });
  });
});

describe('the proof of a lift', () => {
  it('adr 5.1.1.4: names the doubt that closed access and what cleared it', () => {
    const law = lawOf('adr');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'doubt.raised', '2026-03-02T10:00:00'),
      fact('f3', 'doubt.cleared', '2026-03-03T10:00:00'),
    ];
    const view = { asOf: at('2026-03-04T00:00:00'), knownAt: at('2026-03-04T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '5.1.1.4~contract~1~lift');
    expect(proof).toMatchObject({ kind: 'lift', at: '2026-03-03T10:00:00+05:00', state: 'stands' });
    expect(proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step))).toEqual(['f2', 'right', 'f3']);
  });
});

describe('the proof of what a second invoice decides', () => {
  it('uchet-edo 4.3: names the late access that keeps the year which ran out from closing anything', () => {
    const law = lawOf('uchet-edo');
    const facts: Fact[] = [
      fact('f1', 'participant.registered', '2025-01-12T10:00:00', { eds: true }),
      { ...fact('f2', 'access.opened', '2025-02-02T10:00:00'), subject: 'INV-1' },
      {
        ...fact('f3', 'access.opened', '2026-02-02T18:00:00'),
        subject: 'INV-2',
        recordedAt: at('2026-02-05T09:00:00'),
      },
      { ...fact('f4', 'access.opened', '2026-02-06T09:00:00'), subject: 'INV-3' },
    ];
    const view = { asOf: at('2026-02-07T00:00:00'), knownAt: at('2026-02-07T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '4.3~INV-1~1~restrict');
    expect(proof).toMatchObject({ state: 'fell away', undoneAt: '2026-02-05T09:00:00+05:00' });
    const said = proof === null ? [] : sayProof(proof, 'en');
    expect(said).toContain('Fact f3: access was given, INV-2, 02.02.2026 18:00, known from 05.02.2026 09:00.');
    expect(said.filter((one) => one.startsWith('Term of clause 2.3 (INV-2) is running.'))).toHaveLength(1);
    expect(said.filter((one) => one.includes('INV-3'))).toEqual([]);
  });
});

describe('the proof of what a person chose', () => {
  it('uchet-edo 8.2: names the fact by which the right was used', () => {
    const law = lawOf('uchet-edo');
    const facts: Fact[] = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00', { eds: true }),
      { ...fact('f2', 'breach.recorded', '2026-02-02T10:00:00'), subject: 'B-1' },
      { ...fact('f3', 'right.used', '2026-02-06T10:00:00', { clause: '8.2' }), subject: 'B-1', by: 'operator' },
    ];
    const view = { asOf: at('2026-02-07T00:00:00'), knownAt: at('2026-02-07T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '8.2~B-1~1~notify');
    expect(proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step))).toEqual(['f2', 'right', 'f3']);
  });
});

describe('the proof of what closes access', () => {
  const names = (proof: ReturnType<typeof explain>) =>
    proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step === 'clock' ? step.clause : step.step));

  it('avtomektep 4.2.3: works close access because they began and because they were announced in time, and the days are counted back', () => {
    const law = lawOf('avtomektep');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'maintenance.planned', '2026-06-01T10:00:00', { starts: '2026-06-15T02:00:00+05:00' }),
      fact('f3', 'maintenance.announced', '2026-06-12T18:00:00'),
      fact('f4', 'maintenance.began', '2026-06-15T02:00:00'),
    ];
    const view = { asOf: at('2026-06-15T03:00:00'), knownAt: at('2026-06-15T03:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '4.2.3~contract~1~restrict');
    expect(names(proof)).toEqual(['f2', '4.2.3', 'f3', 'f4']);
    expect(proof?.steps[1]).toMatchObject({
      state: 'met',
      lastDay: '2026-06-12',
      derivation: { lastDay: '2026-06-12' },
    });
  });

  it('avtomektep 4.2.5: a block that a reversal resumed names the money that had ended it and the reversal, and its lift the money that came then', () => {
    const law = lawOf('avtomektep');
    const money = { kind: 'subscription', amount: '10000.00', currency: 'KZT' };
    const about = (one: Fact): Fact => ({ ...one, subject: 'A' });
    const facts = [
      fact('f1', 'participant.registered', '2026-03-02T10:00:00'),
      about(fact('f2', 'invoice.presented', '2026-04-06T10:00:00', money)),
      about(fact('f3', 'payment.credited', '2026-04-16T10:00:00', money)),
      about(fact('f4', 'payment.reversed', '2026-04-20T10:00:00', { payment: 'f3' })),
      about(fact('f5', 'payment.credited', '2026-04-24T10:00:00', money)),
    ];
    const view = { asOf: at('2026-04-25T00:00:00'), knownAt: at('2026-04-25T00:00:00') };
    const record = liveOut(law, facts, view);
    const proofOf = (key: string) => names(explain(law, record, view, key));
    expect(proofOf('4.2.5~A~1~restrict')).toEqual(['f2', '4.2.5', 'right']);
    expect(proofOf('4.2.5~A~1~restrict~f4')).toEqual(['f2', '4.2.5', 'right', 'f3', 'f4']);
    expect(proofOf('4.2.5~A~1~lift~f4')).toEqual(['f2', '4.2.5', 'right', 'f3', 'f4', 'f5']);
  });
});

describe('the proof of silence', () => {
  it.each([
    ['en', 'It counts as consented to: clause 10.4 «Silence is consent to the new version»'],
    ['ru', 'Считается, что согласие дано: пункт 10.4 «'],
    ['kk', 'Келісім берілген деп есептеледі: 10.4-тармақ «'],
  ] as const)(
    'avtomektep 10.4: tells the seven days of 10.2 and the later instant that was named (%s)',
    (language, head) => {
      const law = lawOf('avtomektep');
      const facts = [
        fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
        fact('f2', 'amendment.published', '2026-04-08T10:00:00', { effective: '2026-06-01T00:00:00+05:00' }),
      ];
      const view = { asOf: at('2026-06-01T00:00:00'), knownAt: at('2026-06-01T00:00:00') };
      const proof = explain(law, liveOut(law, facts, view), view, '10.4~contract~1~presume');
      expect(proof?.steps.map((step) => (step.step === 'fact' ? step.id : step.step))).toEqual(['f2', 'clock']);
      expect(proof?.steps[1]).toMatchObject({ clause: '10.2', state: 'lapsed', lastDay: '2026-04-15' });
      const said = proof === null ? [] : sayProof(proof, language);
      expect(said[0]).toContain(head);
      expect(said[1]).toContain('(01.06.2026 00:00)');
    },
  );
});

describe('the proof of a right', () => {
  it('avtomektep 5.2: tells how it stands', () => {
    const law = lawOf('avtomektep');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'breach.recorded', '2026-04-08T10:00:00'),
    ];
    const view = { asOf: at('2026-04-09T00:00:00'), knownAt: at('2026-04-09T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '5.2~contract~1~operator');
    expect(proof === null ? [] : sayProof(proof, 'en').slice(1)).toEqual([
      'Fact f2: a breach was recorded, 08.04.2026 10:00.',
      'Right under clause 5.2 (the operator): 08.04.2026 10:00, used 08.04.2026 10:00.',
    ]);
  });
});

describe('a proof as sentences', () => {
  it('adr 10.10.1: a day that the notice names is said to hold in place of the counted thirtieth', () => {
    const law = lawOf('adr');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'termination.sent', '2026-05-04T16:00:00', { by: 'operator', effective: '2026-05-10' }),
    ];
    const view = { asOf: at('2026-05-11T00:00:00'), knownAt: at('2026-05-11T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '10.13~contract~1~restrict');
    expect(proof?.steps.at(-1)).toMatchObject({ step: 'clock', lastDay: '2026-05-10', instead: 'named' });
    expect(proof === null ? '' : sayProof(proof, 'en').at(-1)).toMatch(
      /The notice names another day, which holds: the last day is 10\.05\.2026; from 11\.05\.2026 00:00 the term has run out\.$/,
    );
  });

  it.each([
    ['en', 'A restriction is in force that closes no function: clause 8.7-8.8 «'],
    ['ru', 'Действует ограничение, которое функций не закрывает: пункт 8.7-8.8 «'],
    ['kk', 'Функцияларды жаппайтын шектеу қойылды: 8.7-8.8-тармақ «'],
  ] as const)('adr 8.7-8.8: one key is suspended and no function is said to be closed (%s)', (language, head) => {
    const law = lawOf('adr');
    const facts = [
      fact('f1', 'participant.registered', '2026-01-12T10:00:00'),
      fact('f2', 'key.compromised', '2026-03-02T10:00:00'),
    ];
    const view = { asOf: at('2026-03-03T00:00:00'), knownAt: at('2026-03-03T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, '8.7-8.8~contract~1~restrict');
    expect(proof === null ? '' : sayProof(proof, language)[0]).toContain(head);
  });

  it.each([
    ['fine', 'kk', ['Сомасы: 8650.00 KZT.', 'Айыппұл — 2 АЕК; АЕК кешіктірілген бірінші күнгі мөлшерінде алынады.']],
    ['fine', 'ru', ['Сумма: 8650.00 KZT.', 'Штраф — 2 МРП; МРП берётся на первый день просрочки.']],
    ['fine', 'en', ['Amount: 8650.00 KZT.', 'The fine is 2 MCI; the MCI is that of the first late day.']],
    [
      'penalty',
      'kk',
      [
        'Сомасы: 300.00 KZT.',
        'Кешіктірілген күндер және олар есептелетін сома: 14.04.2026–16.04.2026 (100000.00 KZT). Осы талаптағы күндер саны: 3.',
      ],
    ],
    [
      'penalty',
      'ru',
      [
        'Сумма: 300.00 KZT.',
        'Дни просрочки и сумма, с которой они считаются: 14.04.2026–16.04.2026 (100000.00 KZT). Здесь предъявлено дней: 3.',
      ],
    ],
    [
      'f4',
      'en',
      [
        'Amount: 100.00 KZT.',
        'Days of delay, with what they are taken from: 14.04.2026–16.04.2026 (100000.00 KZT), 27.04.2026 (100000.00 KZT). Of them 1 is claimed here.',
      ],
    ],
  ] as const)('edoc 5.9: how the sum of a claim came about (%s, %s)', (slot, language, sentences) => {
    const law = lawOf('edoc');
    const about = (one: Fact): Fact => ({ ...one, subject: 'INV-1' });
    const money = { amount: '100000.00', currency: 'KZT' };
    const facts = [
      fact('f1', 'participant.registered', '2026-03-02T10:00:00'),
      about(fact('f2', 'invoice.presented', '2026-04-06T10:00:00', { kind: 'subscription', ...money })),
      about(fact('f3', 'payment.credited', '2026-04-16T10:00:00', money)),
      about(fact('f4', 'payment.reversed', '2026-04-27T10:00:00', { payment: 'f3', amount: '20000.00' })),
      about(fact('f5', 'payment.credited', '2026-04-27T15:00:00', { amount: '20000.00', currency: 'KZT' })),
    ];
    const view = { asOf: at('2026-04-28T00:00:00'), knownAt: at('2026-04-28T00:00:00') };
    const proof = explain(law, liveOut(law, facts, view), view, `5.9~INV-1~1~claim~${slot}`);
    expect(proof === null ? [] : sayProof(proof, language).slice(1, 3)).toEqual(sentences);
  });
});
