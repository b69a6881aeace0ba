import { expect, test } from 'vitest';
import { expectLivesAsSimulated } from './as-simulated.js';

test.each([
  'edoc/02-late-by-more-than-15-days',
  'edoc/11-bank-tells-late',
  'edoc/24-force-majeure-known-late',
  'edoc/5-9-slow-and-failing-hands',
  'edoc/5-9-reversed-and-voided',
  'edoc/policy-changed',
  'idocs/02-nauryz-warning-and-block',
  'idocs/10-late-news-of-late-money',
  'idocs/4-6-paid-in-time-known-late-then-voided',
  'idocs/4-6-warning-sent-late',
  'idocs/4-6-warning-that-fails',
  'uchet-edo/15-act-facts-that-come-late',
  'uchet-edo/26-force-majeure-told-late-and-heard-late',
])('%s lives as it is simulated', async (path) => {
  expect(await expectLivesAsSimulated(path)).toBe(true);
});
