import { describe, expect, test } from 'vitest';
import { readScenario } from './read.js';

const head = 'title: t\noffer: edoc\nfacts: []\n';
const read = (text: string) => readScenario(text, 'a.yaml');

describe('reading a scenario', () => {
  test('policy, participant and knownAt have defaults', () => {
    expect(read(`${head}checks: [ { asOf: "2026-03-20T00:00:00+05:00", contract: { state: active } } ]`)).toEqual({
      file: 'a.yaml',
      title: 't',
      offer: 'edoc',
      policy: 'automatic',
      editions: {},
      policies: {},
      participant: {},
      facts: [],
      performance: {},
      checks: [
        {
          asOf: Date.UTC(2026, 2, 19, 19),
          knownAt: Date.UTC(2026, 2, 19, 19),
          expected: { contract: { state: 'active' } },
          none: [],
          where: 'a.yaml:4 checks[0]',
        },
      ],
    });
  });

  test('a clause that nobody quoted is read as it is written', () => {
    const scenario = read(`${head}checks: [ { asOf: "2026-03-20T00:00:00Z", timelines: [ { clause: 5.10 } ] } ]`);
    expect(scenario).toMatchObject({ checks: [{ expected: { timelines: [{ clause: '5.10' }] } }] });
  });
});

const check = (text: string) => `${head}checks: [ { asOf: "2026-03-20T00:00:00+05:00", ${text} } ]`;
const wrong: readonly [claim: string, text: string, code: string, where: RegExp][] = [
  ['YAML that is none', 'title: [', 'scenario.yaml', /a\.yaml:1$/],
  ['a key twice', `${head}offer: adr`, 'scenario.yaml', /a\.yaml:4$/],
  ['an alias', 'title: &t x\noffer: *t\nfacts: []', 'scenario.yaml', /a\.yaml:2$/],
  ['nesting without end', `${head}why: ${'['.repeat(200)}`, 'scenario.yaml', /a\.yaml$/],
  ['lists in lists on one line', `${head}checks:\n${'- '.repeat(200)}x`, 'scenario.yaml', /a\.yaml$/],
  ['more than two million characters', ' '.repeat(2_000_001), 'scenario.too_large', /a\.yaml$/],
  ['an empty file', '', 'scenario.form', /a\.yaml:1$/],
  ['no offer', 'title: t\nfacts: []', 'scenario.form', /offer/],
  ['an unknown field', `${head}cheks: []`, 'scenario.form', /a\.yaml:4 cheks$/],
  [
    'a participant with more than there is',
    `${head}participant: { sex: m }`,
    'scenario.form',
    /a\.yaml:4 participant\.sex$/,
  ],
  [
    'an asOf without offset',
    `${head}checks: [ { asOf: "2026-03-20T00:00:00" } ]`,
    'scenario.form',
    /a\.yaml:4 checks\[0\]\.asOf$/,
  ],
  ['a misspelt part', check('timeline: []'), 'scenario.unknown_part', /checks\[0\]\.timeline$/],
  [
    'a misspelt part under none',
    check('none: [ { restrictions: [ { clauses: x } ] } ]'),
    'scenario.unknown_part',
    /none\[0\]\.restrictions\[0\]\.clauses$/,
  ],
  ['next', check('next: null'), 'scenario.unknown_part', /checks\[0\]\.next$/],
  ['a key', check('effects: [ { key: a } ]'), 'scenario.unknown_part', /effects\[0\]\.key$/],
  ['a property of every object', check('constructor: x'), 'scenario.unknown_part', /constructor$/],
  [
    'an object where a list must stand',
    check('timelines: { clause: "5.4" }'),
    'scenario.form',
    /checks\[0\]\.timelines$/,
  ],
  [
    'text where a truth must stand',
    check('access: { portal: { open: "no" } }'),
    'scenario.form',
    /access\.portal\.open$/,
  ],
  ['a performance of another kind', `${head}performance: { k: { slow: true } }`, 'scenario.form', /performance\.k$/],
];

test.each(wrong)('refused: %s', (_claim, text, code, where) => {
  expect(read(text)).toMatchObject({ code, where: expect.stringMatching(where) });
});
