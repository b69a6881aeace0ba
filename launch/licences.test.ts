import { expect, test } from 'vitest';
import { unknownLicences } from './licences.mjs';

test('every package has a licence that is allowed or was looked at', () => {
  expect(unknownLicences()).toEqual([]);
});

test('a copyleft package, one without a licence, and a choice with one bad half are named', () => {
  const packages = {
    '': { version: '1.0.0' },
    'node_modules/good': { version: '1.0.0', license: '(MIT AND ISC)' },
    'node_modules/a/node_modules/copyleft': { version: '2.0.0', license: 'GPL-3.0-only' },
    'node_modules/@scope/silent': { version: '3.0.0' },
    'node_modules/half': { version: '4.0.0', license: 'MIT and AGPL-3.0' },
  };
  expect(unknownLicences({ packages })).toEqual([
    'copyleft 2.0.0: GPL-3.0-only',
    '@scope/silent 3.0.0: none given',
    'half 4.0.0: MIT and AGPL-3.0',
  ]);
});
