import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../law/refusal.js';
import { compileOffer } from '../compile.js';
import { LINT_CODES, lintOffer, type Finding } from './index.js';
import { lintPage } from './page.js';

type Yaml = Readonly<Record<string, unknown>>;

const TITLE = { kk: 'а', ru: 'а', en: 'a' };
const clause = (kind: string, rest: Yaml): Yaml => ({ kind, title: TITLE, ...rest });
const text = (rest: Yaml = {}): Yaml => clause('formation', { why: 'nothing happens by it', ...rest });
const CONCLUDED = clause('formation', {
  rule: { on: 'participant.registered', subject: 'contract', then: { contract: 'concluded' } },
});

/** Lint of an offer of these clauses, of which 1 concludes the contract. */
function found(clauses: Yaml, head: Yaml = {}): readonly Finding[] {
  const file = {
    offer: 'made-up',
    title: TITLE,
    operator: { name: 'Made Up LLP' },
    zone: 'Asia/Almaty',
    calendar: 'KZ',
    languages: ['kk', 'ru'],
    formation: ['participant.registered'],
    functions: ['portal', 'archive'],
    ...head,
    clauses: { 'c/1': CONCLUDED, ...clauses },
  };
  const offer = compileOffer(JSON.stringify(file, null, 1), 'made-up.yaml');
  if (isRefusal(offer)) throw new Error(`${offer.code}: ${offer.message} (${offer.where})`);
  return lintOffer(offer);
}

const codes = (findings: readonly Finding[]): readonly string[] => findings.map((finding) => finding.code);

const claim = (within: string, then?: Yaml): Yaml =>
  clause(then === undefined ? 'obligation' : 'presumption', {
    rule: {
      on: 'claim.received',
      debtor: 'named',
      within,
      met: 'claim.answered',
      ...(then === undefined ? {} : { then }),
    },
  });
const closing = (more: Yaml): Yaml =>
  clause('restriction', { rule: { on: 'doubt.raised', holder: 'operator', ...more } });
const UNTIL_CLEARED = { then: { restrict: ['portal'], until: 'doubt.cleared' } };

/** Each code: clauses that have the finding, and the same mended. */
const CASES: readonly (readonly [code: string, wrong: Yaml, right: Yaml, head?: Yaml, rightHead?: Yaml])[] = [
  ['dangling-reference', { '2.1': text({ cites: ['9.9'] }) }, { '2.1': text({ cites: ['9'] }), '9.1': text() }],
  ['dangling-reference', { '2.1': text({ cites: ['3.1.2'] }) }, { '2.1': text({ cites: ['3.1.2'] }), '3.1': text() }],
  [
    'dangling-reference',
    { '2.1': text({ cites: ['2.7'] }), '2.2-2.6': text() },
    { '2.1': text({ cites: ['2.5'] }), '2.2-2.6': text() },
  ],
  [
    'dangling-reference',
    { '2.1': text({ cites: ['9.9'] }) },
    { '2.1': text({ cites: ['9.9'] }) },
    {},
    { 'other clauses': { '9.9': 'definition' } },
  ],
  [
    'mis-aimed-reference',
    { '2.1': text({ cites: [{ to: '2.2', expects: 'dispute' }] }), '2.2': text() },
    { '2.1': text({ cites: [{ to: '2.2', expects: 'formation' }] }), '2.2': text() },
  ],
  ['unknown-clause', { '2.1': text({ cites: [{ to: '2.2', means: '7.7' }] }), '2.2': text() }, { '2.2': text() }],
  ['slip-of-the-pen', { '2.1': text({ slips: [{ writes: 'contract', means: 'act' }] }) }, { '2.1': text() }],
  ['duplicate-number', { '2.1-2.4': text(), '2.3': text() }, { '2.1-2.4': text(), '2.5': text() }],
  [
    'duplicate-number',
    { '2.1': text() },
    { '2.1': text() },
    { columns: { languages: ['kk', 'ru'], numbers: { '2.1': { ru: '2.1' }, payment: { ru: '2.1, again' } } } },
    { columns: { languages: ['kk', 'ru'], numbers: { '2.1': { ru: '2.1', kk: '2.1' } } } },
  ],
  [
    'columns-differ',
    { '2.1': text() },
    { '2.1': text() },
    { columns: { languages: ['kk', 'ru'], differences: [{ clause: '2.1', kk: 'sent', ru: 'received' }] } },
  ],
  [
    'two-addresses',
    { '2.1': text(), '2.2': text() },
    { '2.1': text(), '2.2': text() },
    { columns: { languages: ['kk', 'ru'], addresses: { '2.1': 'a@x.kz', '2.2': 'a@xx.kz' } } },
    { columns: { languages: ['kk', 'ru'], addresses: { '2.1': 'a@x.kz', '2.2': 'a@x.kz' } } },
  ],
  [
    'two-terms',
    { '2.1': claim('7 working days'), '2.2': claim('10 working days', { presume: 'admitted' }) },
    { '2.1': claim('10 working days'), '2.2': claim('10 working days', { presume: 'admitted' }) },
  ],
  [
    'two-terms',
    { '2.1': claim('4 working hours'), '2.2': claim('4 hours', { presume: 'admitted' }) },
    { '2.1': claim('4 working hours'), '2.2': claim('4 working hours', { presume: 'admitted' }) },
    { hours: { weekdays: '09:00-18:00', saturday: '09:00-13:00' } },
  ],
  ['two-sanctions', sanctioned({ penalty: '0.2 %', of: 'unpaid' }), sanctioned({ notify: 'late', to: 'participant' })],
  [
    'silence-with-two-meanings',
    {
      '2.1': claim('10 working days', { presume: 'refused' }),
      '2.2': claim('10 working days', { presume: 'admitted' }),
    },
    { '2.1': claim('10 working days', { presume: 'refused' }) },
  ],
  [
    'unit-not-named',
    {
      '2.1': {
        ...claim('10 working days', { presume: 'refused' }),
        says: [{ on: 'claim.received', within: '10 days' }],
      },
    },
    { '2.1': claim('10 working days', { presume: 'refused' }) },
  ],
  [
    'never-starts',
    { '2.1': clause('notice', { rule: { on: 'lapse of 2.2', then: { notify: 'x' } } }), '2.2': closing(UNTIL_CLEARED) },
    { '2.1': clause('notice', { rule: { on: 'use of 2.2', then: { notify: 'x' } } }), '2.2': closing(UNTIL_CLEARED) },
  ],
  [
    'never-happens',
    {
      '2.1': clause('obligation', {
        rule: { on: 'loss.notified', debtor: 'participant', within: 'open', met: ['settled', 'lapse of 2.2'] },
      }),
      '2.2': text(),
    },
    {
      '2.1': clause('obligation', {
        rule: { on: 'loss.notified', debtor: 'participant', within: 'open', met: 'settled' },
      }),
    },
  ],
  [
    'never-stops',
    { '2.1': clause('obligation', { rule: { on: 'conclusion', debtor: 'operator', within: 'open' } }) },
    {
      '2.1': clause('obligation', {
        rule: { on: 'conclusion', debtor: 'operator', within: 'open', met: { on: 'access.opened', subject: 'any' } },
      }),
    },
  ],
  [
    'lapse-without-consequence',
    { '2.1': claim('20 calendar days') },
    {
      '2.1': claim('20 calendar days'),
      '2.2': clause('dispute', { rule: { on: 'lapse of 2.1', then: { ask: 'to court?' } } }),
    },
  ],
  [
    'restriction-without-end',
    { '2.1': closing({ then: { restrict: ['portal'] } }) },
    { '2.1': closing(UNTIL_CLEARED) },
  ],
  [
    'ends-before-it-begins',
    { '2.1': insured({ term: '30 calendar days before', before: 'expires' }) },
    { '2.1': insured('30 calendar days') },
  ],
  ['ends-after-what-it-guards', guarded('1 working day'), guarded('1 calendar day')],
  [
    'ends-after-what-it-guards',
    { '2.1': claim('7 working days'), '2.2': claim('7 calendar days', { presume: 'admitted' }) },
    { '2.1': claim('7 calendar days'), '2.2': claim('7 working days', { presume: 'admitted' }) },
  ],
  [
    'unknown-fact',
    { '2.1': closing({ on: 'doubt.raisd', ...UNTIL_CLEARED }), '2.2': closing(UNTIL_CLEARED) },
    { '2.1': closing(UNTIL_CLEARED) },
  ],
  [
    'unknown-field',
    { '2.1': closing({ when: { fact: 'colour', operator: 'equal', value: 'red' }, ...UNTIL_CLEARED }) },
    { '2.1': closing({ when: { fact: 'by', operator: 'equal', value: 'operator' }, ...UNTIL_CLEARED }) },
  ],
  [
    'unknown-function',
    { '2.1': closing({ then: { restrict: ['gate'], until: 'doubt.cleared' } }) },
    { '2.1': closing(UNTIL_CLEARED) },
  ],
  [
    'impossible-condition',
    {
      '2.1': closing({
        on: 'consent.withdrawn',
        when: { fact: 'purpose', operator: 'equal', value: 'fun' },
        then: { restrict: ['portal'], until: 'consent.given' },
      }),
    },
    {
      '2.1': closing({
        on: 'consent.withdrawn',
        when: { fact: 'purpose', operator: 'equal', value: 'data' },
        then: { restrict: ['portal'], until: 'consent.given' },
      }),
    },
  ],
  ['formation-without-rule', {}, {}, { formation: ['participant.registered', 'agreement.signed'] }],
  [
    'settles-nothing',
    { '2.1': text({ reading: { chosen: 'a', why: 'b', settles: ['two-terms'] } }) },
    { '2.1': text({ reading: { chosen: 'a', why: 'b' } }) },
  ],
];

function sanctioned(second: Yaml): Yaml {
  return {
    '2.1': clause('obligation', {
      rule: { on: 'invoice.presented', debtor: 'participant', within: '5 bank days', met: 'settled' },
    }),
    '2.2': clause('accrual', {
      rule: { on: 'lapse of 2.1', holder: 'operator', then: { penalty: '0.1 %', of: 'invoice' } },
    }),
    '2.3': clause('accrual', { rule: { on: 'lapse of 2.1', holder: 'operator', then: second } }),
  };
}

function insured(within: unknown): Yaml {
  const met = { on: 'certificate.renewed', after: 'opening' };
  return clause('obligation', {
    rule: { on: 'certificate.registered', debtor: 'participant', within, met, then: { notify: 'late' } },
  });
}

/** 2.2 keeps a change away; 2.1 brings it five days after it is published. */
function guarded(within: string): Yaml {
  return {
    '2.1': clause('amendment', {
      rule: {
        on: 'amendment.published',
        within: '5 calendar days',
        roll: false,
        cancel: 'met of 2.2',
        then: { amendment: 'applies' },
      },
    }),
    '2.2': clause('power', {
      rule: { on: 'amendment.published', debtor: 'participant', within, roll: false, met: 'amendment.objected' },
    }),
  };
}

describe('lint', () => {
  const cases = CASES.map(([code, wrong, right, head, rightHead]) => ({ code, wrong, right, head, rightHead }));
  it.each(cases)('$code is found, and is gone when it is mended', ({ code, wrong, right, head, rightHead }) => {
    expect(codes(found(wrong, head))).toContain(code);
    expect(codes(found(right, rightHead))).not.toContain(code);
  });

  it('has a case for every code', () => {
    const told = new Set(CASES.map(([code]) => code));
    expect(Object.keys(LINT_CODES).filter((code) => !told.has(code))).toEqual([]);
  });

  it('finds nothing in an offer that is in order', () => {
    expect(found({ '2.1': claim('10 working days', { presume: 'refused' }), '2.2': closing(UNTIL_CLEARED) })).toEqual(
      [],
    );
  });

  it('takes conditions that exclude each other for two cases, and not for two terms', () => {
    const invoice = (kind: string, within: string): Yaml =>
      clause('obligation', {
        rule: {
          on: 'invoice.presented',
          when: { fact: 'kind', operator: 'equal', value: kind },
          debtor: 'participant',
          within,
          met: 'settled',
          then: { ask: 'late?' },
        },
      });
    expect(
      codes(found({ '2.1': invoice('subscription', '5 bank days'), '2.2': invoice('credit', '3 working days') })),
    ).toEqual([]);
    expect(
      codes(found({ '2.1': invoice('credit', '5 bank days'), '2.2': invoice('credit', '3 working days') })),
    ).toEqual(['two-terms']);
  });

  it('follows a warning back to the lapse that sends it', () => {
    const clauses = {
      '2.1': clause('obligation', {
        rule: {
          on: 'invoice.presented',
          debtor: 'participant',
          within: '7 calendar days',
          met: 'settled',
          then: { notify: 'warning' },
        },
      }),
      '2.2': closing({
        on: 'performance of 2.1 notify',
        within: '3 calendar days',
        met: 'settled',
        then: { restrict: ['portal'], until: 'settled' },
      }),
      '2.3': closing({ on: 'lapse of 2.1', then: { restrict: ['portal'], until: 'settled' } }),
    };
    expect(found(clauses).map(({ code, clauses: refs }) => [code, refs])).toEqual([['two-terms', ['2.2', '2.3']]]);
  });
});

it('docs/lint.md names every code (vitest -u writes it)', async () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'lint.md');
  await expect(lintPage()).toMatchFileSnapshot(file);
});

describe('a reading', () => {
  const two = (first: Yaml, second: Yaml = {}): readonly Finding[] =>
    found({
      '2.1': { ...claim('7 working days'), ...first },
      '2.2': { ...claim('10 working days', { presume: 'admitted' }), ...second },
      '2.3': text({ reading: { chosen: 'the longer', why: 'it says what follows', settles: ['two-terms:2.1'] } }),
    }).filter((finding) => finding.code === 'two-terms');
  const reading = (settles: readonly string[]): Yaml => ({
    reading: { chosen: 'the shorter', why: 'it is the duty', settles },
  });

  it('settles by the code, by the other clause, or from afar by both', () => {
    expect(two(reading(['two-terms']))[0]?.reading?.clause).toBe('2.1');
    expect(two(reading(['2.2']))[0]?.reading?.clause).toBe('2.1');
    expect(two({}, reading(['2.1']))[0]?.reading?.clause).toBe('2.2');
    expect(two({})[0]?.reading?.clause).toBe('2.3');
  });

  it('does not settle what it does not name', () => {
    const findings = found({
      '2.1': { ...claim('7 working days'), ...reading(['two-sanctions', '2.3']) },
      '2.2': claim('10 working days', { presume: 'admitted' }),
      '2.3': text(reading(['two-terms'])),
    });
    expect(findings.find((finding) => finding.code === 'two-terms')).toMatchObject({ silenced: false, reading: null });
    expect(codes(findings).filter((code) => code === 'settles-nothing')).toHaveLength(2);
  });
});
