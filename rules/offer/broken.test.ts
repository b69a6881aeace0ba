import { describe, expect, it } from 'vitest';
import { isRefusal } from '../law/refusal.js';
import { compileOffer } from './compile.js';

const HEAD = `offer: broken
title: { kk: а, ru: а, en: a }
operator: { name: Broken LLP }
zone: Asia/Almaty
calendar: KZ
languages: [kk]
formation: [participant.registered]
functions: [portal]
clauses:
`;
/** A clause of six lines; the rule stands on its fourth. */
const clause = (ref: string, rule: string, kind = 'notice'): string =>
  `  "${ref}":\n    kind: ${kind}\n    title: { kk: а, ru: а, en: a }\n    rule: ${rule}\n`;
const GOOD = clause(
  '1',
  '{ on: participant.registered, subject: contract, then: { contract: concluded } }',
  'formation',
);
const inRule = (rule: string): string => HEAD + GOOD + clause('2', rule);

/** What is broken, the code, and where the refusal says it is. */
const BROKEN: readonly (readonly [what: string, text: string, code: string, where: string])[] = [
  ['not YAML', `${HEAD}  "1: {`, 'offer.yaml', 'x.yaml:1'],
  ['a tab as indentation', `${HEAD}\t"1":\n`, 'offer.yaml', 'x.yaml:10'],
  ['a number that stands twice', HEAD + GOOD + GOOD, 'offer.yaml', 'x.yaml:14'],
  ['two documents', `${HEAD}${GOOD}---\n${HEAD}${GOOD}`, 'offer.yaml', 'x.yaml:1'],
  ['nothing', '', 'offer.form', 'x.yaml:1'],
  ['a list', '- a\n- b\n', 'offer.form', 'x.yaml:1'],
  ['an unknown word', inRule('{ on: act.received, untill: settled }'), 'offer.form', 'x.yaml:17 clauses["2"].rule'],
  [
    'an unknown kind',
    HEAD + clause('1', '{ on: act.received }', 'notise'),
    'offer.form',
    'x.yaml:11 clauses["1"].kind',
  ],
  [
    'a wrong unit',
    inRule('{ on: act.received, within: 5 moons, met: act.signed }'),
    'term.unreadable',
    'x.yaml:17 clauses["2"].rule.within',
  ],
  [
    'days of no kind',
    inRule('{ on: act.received, within: 5 days, met: act.signed }'),
    'term.bare_days',
    'x.yaml:17 clauses["2"].rule.within',
  ],
  [
    'a term of a thousand years',
    inRule('{ on: act.received, within: 1000 years }'),
    'term.too_long',
    'x.yaml:17 clauses["2"].rule.within',
  ],
  [
    'hours of work that close before they open',
    (HEAD + GOOD).replace('languages', "hours: { weekdays: '18:00-09:00' }\nlanguages"),
    'hours.unreadable',
    'x.yaml:6 hours.weekdays',
  ],
  [
    'a Saturday of no hours',
    (HEAD + GOOD).replace('languages', "hours: { weekdays: '09:00-18:00', saturday: morning }\nlanguages"),
    'hours.unreadable',
    'x.yaml:6 hours.saturday',
  ],
  [
    'short hours that make a term long',
    inRule('{ on: act.received, within: 30000 working hours }').replace(
      'languages',
      "hours: { weekdays: '09:00-10:00' }\nlanguages",
    ),
    'term.too_long',
    'x.yaml:18 clauses["2"].rule.within',
  ],
  [
    'hours of work that are counted back',
    inRule('{ on: act.received, within: 4 working hours before }'),
    'term.before_unit',
    'x.yaml:17 clauses["2"].rule.within',
  ],
  ['something that never happens', inRule('{ on: whenever }'), 'offer.happening', 'x.yaml:17 clauses["2"].rule.on'],
  [
    'a question until the end of a month',
    inRule('{ on: act.received, then: { ask: what now, until: month end } }'),
    'offer.happening',
    'x.yaml:17 clauses["2"].rule.then[0].until',
  ],
  [
    'an unknown operator',
    inRule('{ on: act.received, when: { fact: amount, operator: above, value: 3 } }'),
    'offer.condition',
    'x.yaml:17 clauses["2"].rule.when',
  ],
  [
    'a penalty that is none',
    inRule('{ on: act.received, then: { penalty: a lot, of: unpaid } }'),
    'offer.percent',
    'x.yaml:17 clauses["2"].rule.then[0].penalty',
  ],
  ['a clause that is not there', inRule('{ on: lapse of 9 }'), 'offer.unknown_clause', 'x.yaml:15 clauses["2"]'],
  [
    'an end that waits for a clause that is not there',
    inRule('{ on: act.received, then: { restrict: [portal], until: met of 9 } }'),
    'offer.unknown_clause',
    'x.yaml:15 clauses["2"]',
  ],
  [
    'neither rule nor reason',
    `${HEAD}  "1": { kind: notice, title: { kk: а, ru: а, en: a } }\n`,
    'offer.no_rule',
    'x.yaml:10 clauses["1"]',
  ],
  ['a rule without a start', inRule('{ then: { notify: x } }'), 'offer.no_start', 'x.yaml:17 clauses["2"].rule'],
  ['an unknown zone', (HEAD + GOOD).replace('Asia/Almaty', 'Asia/Atlantis'), 'zone.unknown', 'x.yaml:4 zone'],
  ['an unknown calendar', (HEAD + GOOD).replace('KZ', 'ZZ'), 'calendar.unknown', 'x.yaml:5 calendar'],
  [
    'a schema that is none',
    (HEAD + GOOD).replace('clauses:', 'facts: { door.opened: { type: door } }\nclauses:'),
    'offer.fact_schema',
    'x.yaml:9 facts["door.opened"]',
  ],
  [
    'a closing whose own performance closes again',
    inRule('{ on: performance of 2 restrict, again: always, then: { restrict: [portal], until: settled } }'),
    'offer.cycle',
    'x.yaml:15 clauses["2"]',
  ],
  [
    'two clauses that start each other',
    inRule('{ on: opening of 3, holder: operator }') + clause('3', '{ on: opening of 2, holder: operator }'),
    'offer.cycle',
    'x.yaml:15 clauses["2"]',
  ],
  [
    'a clause that starts itself',
    inRule('{ on: [act.received, application], then: { amendment: applies } }'),
    'offer.cycle',
    'x.yaml:15 clauses["2"]',
  ],
  [
    'two clocks of which each ends no later than the other',
    inRule('{ on: act.received, within: { term: 3 hours, or earlier: "3" } }') +
      clause('3', '{ on: act.received, within: { term: 3 hours, or earlier: "2" } }'),
    'offer.cycle',
    'x.yaml:15 clauses["2"]',
  ],
];

/** Texts that a reader without bounds would die of. */
const BOMBS: readonly (readonly [what: string, make: () => string, code: string])[] = [
  ['10 MB of nested lists', () => '['.repeat(10_000_000), 'offer.too_large'],
  ['1.9 million nested lists', () => '['.repeat(1_900_000), 'offer.too_deep'],
  ['nested maps', () => '{a: '.repeat(400_000), 'offer.too_deep'],
  ['nested lists without brackets', () => `${'- '.repeat(900_000)}a`, 'offer.too_deep'],
  ['nested keys', () => `${'? '.repeat(900_000)}a`, 'offer.too_deep'],
  [
    'indentation without end',
    () => Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    'offer.too_deep',
  ],
  ['brackets that a text hides', () => `a: "${']'.repeat(1000)}"\nb: ${'['.repeat(100_000)}`, 'offer.too_deep'],
  [
    'an alias bomb',
    () =>
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, step) => `b${step}: &b${step} [${step === 0 ? '*a, *a' : `*b${step - 1}, *b${step - 1}`}]`).join('\n')}\n`,
    'offer.alias',
  ],
  ['an anchor within itself', () => 'a: &a [*a]\n', 'offer.alias'],
  ['a merge key', () => 'a: &a { x: 1 }\nb: { <<: *a }\n', 'offer.alias'],
  ['a chain of 5,000 clauses in a circle', chain, 'offer.cycle'],
];

function chain(): string {
  const clauses = Array.from({ length: 5000 }, (_, step) =>
    clause(`c/${step}`, `{ on: opening of c/${(step + 1) % 5000}, holder: operator }`),
  );
  return HEAD + clauses.join('');
}

describe('a broken offer', () => {
  it.each(BROKEN)('with %s is refused with its place', (_what, text, code, where) => {
    const refused = compileOffer(text, 'x.yaml');
    expect(isRefusal(refused) ? [refused.code, refused.where] : 'compiled').toEqual([
      code,
      expect.stringContaining(where),
    ]);
    expect(isRefusal(refused) && refused.message.length).toBeGreaterThan(10);
  });

  it.each(BOMBS)('of %s is refused and does not hang', { timeout: 30_000 }, (_what, make, code) => {
    const refused = compileOffer(make(), 'x.yaml');
    expect(isRefusal(refused) ? [refused.code, refused.where] : 'compiled').toEqual([
      code,
      expect.stringMatching(/^x\.yaml/),
    ]);
  });

  it('names the circle in its order', () => {
    const text =
      inRule('{ on: opening of 4, holder: operator }') +
      clause('3', '{ on: opening of 2, holder: operator }') +
      clause('4', '{ on: opening of 3, holder: operator }');
    expect(compileOffer(text, 'x.yaml')).toMatchObject({ message: expect.stringContaining('2 > 3 > 4 > 2') });
  });

  it('is not broken by a circle that takes time', () => {
    const text =
      inRule('{ on: [act.received, lapse of 3], within: 3 hours }') +
      clause('3', '{ on: lapse of 2, within: 3 hours }');
    expect(isRefusal(compileOffer(text, 'x.yaml'))).toBe(false);
  });
});
