import { describe, expect, test } from 'vitest';
import { forbidden, mismatches } from './match.js';
import type { Pattern } from './scenario.js';

const outcome = {
  contract: { state: 'active', endedAt: null },
  timelines: [
    { clause: '5.4', subject: 'INV-1', state: 'lapsed', lastDay: '2026-03-19', due: '2026-03-20T00:00:00+05:00' },
    { clause: '5.4', subject: 'INV-2', state: 'running', lastDay: '2026-03-31', due: '2026-04-01T00:00:00+05:00' },
  ],
  restrictions: [{ clause: '4.3', subject: 'INV-1', functions: ['outgoing', 'internal'], to: null }],
  access: {
    portal: { open: false, causes: [{ clause: '5.9', subject: 'INV-1' }] },
    archive: { open: true, causes: [] },
  },
  ledger: { balance: { KZT: '138750.00' } },
};

describe('what a check expects', () => {
  const holds: readonly [claim: string, pattern: Pattern][] = [
    ['nothing named', {}],
    ['one field of an object', { contract: { state: 'active' } }],
    ['an absent instant', { contract: { endedAt: null } }],
    [
      'entries of a list in any order',
      {
        timelines: [
          { subject: 'INV-2', state: 'running' },
          { subject: 'INV-1', state: 'lapsed' },
        ],
      },
    ],
    ['an instant in another offset', { timelines: [{ due: '2026-03-19T19:00:00Z' }] }],
    ['some functions of a restriction', { restrictions: [{ functions: ['internal'] }] }],
    ['a cause', { access: { portal: { open: false, causes: [{ clause: '5.9' }] } } }],
    ['an empty list', { access: { archive: { causes: [] } } }],
  ];
  test.each(holds)('holds: %s', (_claim, pattern) => expect(mismatches(pattern, outcome)).toEqual([]));

  const fails: readonly [claim: string, pattern: Pattern, path: string, got: unknown][] = [
    ['another value', { contract: { state: 'ended' } }, 'contract.state', 'active'],
    ['money in another form', { ledger: { balance: { KZT: '138750' } } }, 'ledger.balance.KZT', '138750.00'],
    ['a currency that is not there', { ledger: { balance: { USD: '1.00' } } }, 'ledger.balance.USD', null],
    [
      'an instant a second off',
      { timelines: [{ subject: 'INV-1', due: '2026-03-20T00:00:01+05:00' }] },
      'timelines[0]',
      [outcome.timelines[0]],
    ],
    [
      'two fields of different entries',
      { timelines: [{ subject: 'INV-2', state: 'lapsed' }] },
      'timelines[0]',
      outcome.timelines,
    ],
    ['an empty list that is not', { restrictions: [] }, 'restrictions', outcome.restrictions],
    [
      'a function that stays open',
      { restrictions: [{ functions: ['incoming'] }] },
      'restrictions[0]',
      outcome.restrictions,
    ],
    ['a part that is not there', { access: { incoming: { open: true } } }, 'access.incoming', null],
  ];
  test.each(fails)('fails: %s', (_claim, pattern, path, got) => {
    expect(mismatches(pattern, outcome)).toEqual([expect.objectContaining({ path, got })]);
  });
});

describe('what a check says must not be there', () => {
  const absent: readonly [claim: string, pattern: Pattern][] = [
    ['another subject', { restrictions: [{ clause: '4.3', subject: 'INV-2' }] }],
    ['an end that has not come', { contract: { state: 'ended' } }],
    ['a cause that closes nothing here', { access: { portal: { causes: [{ clause: '4.2/block' }] } } }],
    ['a list that is not in the outcome', { rights: [{ clause: '5.9' }] }],
  ];
  test.each(absent)('holds: %s', (_claim, pattern) => expect(forbidden(pattern, outcome)).toEqual([]));

  const present: readonly [claim: string, pattern: Pattern, paths: readonly string[]][] = [
    ['an entry', { restrictions: [{ clause: '4.3' }] }, ['restrictions[0]']],
    [
      'each innermost pattern counts by itself',
      { timelines: [{ clause: '9' }, { state: 'running' }] },
      ['timelines[1]'],
    ],
    ['every entry that is met', { timelines: [{ clause: '5.4' }] }, ['timelines[0]', 'timelines[1]']],
    ['any entry at all', { restrictions: [{}] }, ['restrictions[0]']],
    ['a closed function', { access: { portal: { open: false } } }, ['access.portal']],
    ['a cause', { access: { portal: { causes: [{ clause: '5.9' }] } } }, ['access.portal.causes[0]']],
    ['an open end', { restrictions: [{ to: null }] }, ['restrictions[0]']],
  ];
  test.each(present)('fails: %s', (_claim, pattern, paths) => {
    expect(forbidden(pattern, outcome).map(({ path }) => path)).toEqual(paths);
  });
});
