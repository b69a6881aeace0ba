import { describe, expect, it } from 'vitest';
import { loadOffer, offerIds } from '../../../compose/library.js';
import { isRefusal } from '../../law/refusal.js';
import type { CompiledOffer } from '../types.js';
import { lintOffer, publishable } from './index.js';

function shipped(id: string): CompiledOffer {
  const offer = loadOffer(id);
  if (isRefusal(offer)) throw new Error(`${offer.code}: ${offer.message} (${offer.where})`);
  return offer;
}

/** What the five documents are known to have wrong, found by reading them. */
const KNOWN: readonly (readonly [offer: string, code: string, clauses: readonly string[], says: string])[] = [
  ['avtomektep', 'mis-aimed-reference', ['8.2', '9.1'], '8.1 must be meant'],
  ['avtomektep', 'mis-aimed-reference', ['8.4', '9.1'], '8.1 must be meant'],
  ['avtomektep', 'mis-aimed-reference', ['8.5', '9.1'], '8.1 must be meant'],
  ['avtomektep', 'mis-aimed-reference', ['10.1'], '10.1 names 2.4'],
  ['avtomektep', 'duplicate-number', ['4.2.3'], 'the ru column gives the number 4.2.3 to 2 provisions'],
  ['avtomektep', 'columns-differ', ['4.2.3', '4.2.5', '8.3'], '8.3 (kk 9.3, ru 8.3)'],
  ['avtomektep', 'columns-differ', ['8.1'], 'frees who proves it'],
  ['avtomektep', 'two-addresses', ['4.1.2', '6.2'], 'info@havtomektep.kz (6.2)'],
  ['avtomektep', 'two-terms', ['9.1', '10.7'], '9.1 says 7 working days and 10.7 says 10 working days'],
  ['adr', 'two-terms', ['10.3', '10.5-10.6'], '10.3 says 2 working days and 10.5-10.6 says at once'],
  ['adr', 'mis-aimed-reference', ['10.8', '3.6'], 'of kind termination is expected'],
  ['adr', 'mis-aimed-reference', ['11.4-11.17'], '11.14 must be meant'],
  ['uchet-edo', 'two-terms', ['9.1'], '9.1 says 5 calendar days and another sentence of it says at once'],
  ['uchet-edo', 'mis-aimed-reference', ['8.2', '7.1-7.2'], '8.1 must be meant'],
  ['uchet-edo', 'unit-not-named', ['8.1'], '"30 days"'],
  ['uchet-edo', 'ends-after-what-it-guards', ['9.1', '9.7'], '9.7 (1 working day) can end after 9.1'],
  ['edoc', 'two-sanctions', ['5.9', '6.2'], '5.9 and 6.2 both give a fine'],
  ['edoc', 'two-terms', ['4.2/suspend', '5.9'], 'restrict portal'],
  ['edoc', 'ends-before-it-begins', ['8.4/settle'], '5 working days before the day in "effective"'],
  ['idocs', 'two-terms', ['4.3', '4.6/block'], '4.6/block says 3 calendar days'],
  ['idocs', 'unit-not-named', ['4.10'], '"3 days"'],
  ['uchet-edo', 'slip-of-the-pen', ['4.2'], '"signs the act" must be meant'],
  ['idocs', 'slip-of-the-pen', ['4.9'], 'the client sends it to the operator'],
  ['idocs', 'slip-of-the-pen', ['14.3'], 'a sentence without its verb'],
  ['edoc', 'slip-of-the-pen', ['10.3'], 'full settlement belongs to the end'],
  ['adr', 'slip-of-the-pen', ['5.1.1/5.1.2'], 'the operator must (5.1.1)'],
];

describe('the five documents', () => {
  it.each(KNOWN)('%s: %s at %j is found', (id, code, clauses, says) => {
    const found = lintOffer(shipped(id)).filter(
      (finding) => finding.code === code && JSON.stringify(finding.clauses) === JSON.stringify(clauses),
    );
    expect(found.map((finding) => finding.message)).toEqual([expect.stringContaining(says)]);
  });

  it.each(offerIds())('%s: each finding has a recorded reading, which stands at one of its clauses', (id) => {
    const findings = lintOffer(shipped(id));
    expect(findings.filter((finding) => !finding.silenced)).toEqual([]);
    for (const { reading, clauses } of findings) {
      expect(reading?.chosen).toBeTruthy();
      expect(clauses).toContain(reading?.clause);
    }
    expect(publishable(findings)).toBe(true);
  });

  it.each(offerIds())('%s: without its readings the conflicts stop publication', (id) => {
    const offer = shipped(id);
    const bare = { ...offer, clauses: offer.clauses.map((clause) => ({ ...clause, readings: [] })) };
    const findings = lintOffer(bare);
    expect(findings.map(({ code, clauses }) => [code, clauses])).toEqual(
      lintOffer(offer).map(({ code, clauses }) => [code, clauses]),
    );
    expect(findings.some((finding) => finding.silenced)).toBe(false);
    expect(publishable(findings)).toBe(false);
  });
});
