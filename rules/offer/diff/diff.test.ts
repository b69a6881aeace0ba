import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { offerFile, offerIds } from '../../../compose/library.js';
import { isRefusal } from '../../law/refusal.js';
import { compileOffer } from '../compile.js';
import type { CompiledOffer } from '../types.js';
import { CHANGES, diffOffers, type Change } from './index.js';

function compiled(text: string): CompiledOffer {
  const offer = compileOffer(text, 'offer.yaml');
  if (isRefusal(offer)) throw new Error(`${offer.code}: ${offer.message} (${offer.where})`);
  return offer;
}

const text = (id: string): string => readFileSync(offerFile(id), 'utf8');

type Edit = readonly [was: string | RegExp, is: string];

/** What the edits of an offer's text change, clause by clause. */
function changes(id: string, ...edits: readonly Edit[]): readonly Change[] {
  let now = text(id);
  for (const [was, is] of edits) {
    expect(now.search(typeof was === 'string' ? was.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : was)).toBeGreaterThan(
      0,
    );
    now = now.replace(was, is);
  }
  return diffOffers(compiled(text(id)), compiled(now)).changes;
}

const told = (found: readonly Change[]): readonly (readonly unknown[])[] =>
  found.map(({ code, from, to, favours, says }) => [code, from, to, favours, says]);

/** The text of one clause, up to the next one. */
const whole = (ref: string): RegExp => new RegExp(`  "${ref.replaceAll('.', '\\.')}":\\n(?:    .*\\n|\\n)+`);

/** An offer of one duty with this term, in these hours of work. */
const office = (within: string, hours: string | null): CompiledOffer =>
  compiled(`offer: office
title: { kk: а, ru: а, en: a }
operator: { name: Office LLP }
zone: Asia/Almaty
calendar: KZ
${hours === null ? '' : `hours: ${hours}\n`}languages: [kk]
formation: [participant.registered]
functions: [portal]
clauses:
  "1":
    kind: formation
    title: { kk: а, ru: а, en: a }
    rule: { on: participant.registered, subject: contract, then: { contract: concluded } }
  "2":
    kind: obligation
    title: { kk: а, ru: а, en: a }
    rule: { on: invoice.presented, debtor: participant, within: ${within}, met: settled, then: { notify: late, to: both } }
`);

describe('two editions', () => {
  it.each(offerIds())('%s and itself differ in nothing', (id) => {
    const offer = compiled(text(id));
    expect(diffOffers(offer, offer)).toMatchObject({ changes: [], middle: [] });
  });

  it('a right that opens sooner is better for its holder', () => {
    expect(told(changes('edoc', ['within: more than 15 calendar days', 'within: more than 10 calendar days']))).toEqual(
      [
        [
          'term-shorter',
          '4.2/suspend',
          '4.2/suspend',
          'operator',
          'more than 15 calendar days becomes more than 10 calendar days',
        ],
      ],
    );
  });

  it('a duty with more time is better for the debtor; weeks and calendar days measure each other', () => {
    expect(told(changes('idocs', [/within: 7 calendar days(?=\n        met: settled)/, 'within: 2 weeks']))).toEqual([
      ['term-longer', '4.6', '4.6', 'participant', '7 calendar days becomes 2 weeks'],
    ]);
  });

  it('a shorter answer to the participant’s silence is worse for the participant', () => {
    expect(
      told(changes('uchet-edo', [/within: 3 working days(?=\n        met: \[act)/, 'within: 2 working days'])),
    ).toEqual([['term-shorter', '4.2', '4.2', 'operator', '3 working days becomes 2 working days']]);
  });

  it('units that differ are not compared in days; what they come to is counted', () => {
    const [change, ...others] = changes('edoc', ['within: 5 bank days', 'within: 7 calendar days']);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ code: 'term-in-other-unit', from: '5.4', favours: 'unclear' });
    expect(change?.says).toMatch(
      /^5 bank days becomes 7 calendar days; these cannot be compared in days; in practice the new term ends most often on the same day: later from \d+ % of all days and earlier from \d+ %/,
    );
  });

  it('units that differ and always go one way say for whom it is better', () => {
    expect(changes('edoc', ['within: 5 bank days', 'within: 30 calendar days'])).toMatchObject([
      { code: 'term-in-other-unit', favours: 'participant' },
    ]);
    expect(changes('edoc', ['within: 5 bank days', 'within: 1 calendar day'])).toMatchObject([
      { code: 'term-in-other-unit', favours: 'operator' },
    ]);
  });

  it('hours of work are measured against each other, and not against days', () => {
    const shorter = diffOffers(office('8 working hours', null), office('4 working hours', null)).changes;
    expect(told(shorter)).toEqual([['term-shorter', '2', '2', 'operator', '8 working hours becomes 4 working hours']]);
    const [other] = diffOffers(office('1 working day', null), office('8 working hours', null)).changes;
    expect(other?.says).toMatch(
      /^1 working day becomes 8 working hours; these cannot be compared in days; in practice/,
    );
  });

  it('the same hours of work are another term where the office has other hours', () => {
    const hours = "{ weekdays: '10:00-14:00' }";
    const found = diffOffers(office('8 working hours', null), office('8 working hours', hours)).changes;
    expect(told(found)).toEqual([
      ['head-other', null, null, 'unclear', 'hours of work: "09:00-18:00" becomes "10:00-14:00"'],
      [
        'term-in-other-unit',
        '2',
        '2',
        'participant',
        expect.stringMatching(
          /^8 working hours, counted in 10:00-14:00 in place of 09:00-18:00; in practice .* later from/,
        ),
      ],
    ]);
    expect(diffOffers(office('3 working days', null), office('3 working days', hours)).changes).toHaveLength(1);
    expect(
      diffOffers(office('8 working hours', null), office('8 working hours', "{ weekdays: '09:00-18:00' }")).changes,
    ).toEqual([]);
  });

  it('fine, rate, base and cap of a penalty cost more or less', () => {
    const more = changes(
      'edoc',
      ['{ fine: 2 MCI }', '{ fine: 3 MCI }'],
      ['penalty: 0.1 %, of: invoice, cap: 5 %', 'penalty: 0.2 %, of: unpaid'],
    );
    expect(told(more).map(([code, , , favours, says]) => [code, favours, says])).toEqual([
      ['costs-more', 'operator', 'fine: 2 MCI becomes 3 MCI'],
      ['costs-more', 'operator', 'penalty a day: 0.1 % becomes 0.2 %'],
      ['costs-less', 'participant', 'penalty is taken of the invoice, now of what is unpaid'],
      ['costs-more', 'operator', 'cap of the penalty: 5 % becomes none'],
    ]);
    expect(told(changes('edoc', ['        - { fine: 2 MCI }\n', '']))).toEqual([
      ['costs-less', '5.9', '5.9', 'participant', 'fine: 2 MCI becomes none'],
    ]);
  });

  it('a closing that shuts more, or ends later, is better for the operator', () => {
    const closing = /restrict: \[outgoing, internal\], until: debt settled/;
    expect(told(changes('idocs', [closing, 'restrict: [portal], until: account settled']))).toEqual([
      ['closes-more', '4.6/block', '4.6/block', 'operator', 'closes portal too'],
      ['opens-otherwise', '4.6/block', '4.6/block', 'operator', 'open again by debt settled; now by account settled'],
    ]);
    expect(
      told(changes('idocs', [closing, 'restrict: [outgoing], until: settled'])).map(([code, , , favours]) => [
        code,
        favours,
      ]),
    ).toEqual([
      ['closes-less', 'participant'],
      ['opens-otherwise', 'participant'],
    ]);
  });

  it('a right of either party that becomes one of the operator is lost to the participant', () => {
    expect(told(changes('edoc', ['holder: either', 'holder: operator']))).toEqual([
      ['right-lost', '8.4', '8.4', 'operator', 'a right of either party becomes one of the operator'],
    ]);
  });

  it('silence that means something else is said', () => {
    expect(told(changes('uchet-edo', ['presume: refused', 'presume: admitted']))).toEqual([
      ['silence-means-other', '7.3', '7.3', 'unclear', 'silence: refused becomes admitted'],
    ]);
  });

  it('a duty that is gone, and the other way round a new one', () => {
    const old = compiled(text('edoc'));
    const now = compiled(text('edoc').replace(whole('6.5'), ''));
    const gone = [
      'duty-gone',
      '6.5',
      null,
      'participant',
      'the participant: on loss.notified, 10 working days, met by settled',
    ];
    expect(told(diffOffers(old, now).changes)).toEqual([gone]);
    expect(told(diffOffers(now, old).changes)).toEqual([['duty-new', null, '6.5', 'operator', gone[4]]]);
  });

  it('a clause that only moved to another number is said to have moved', () => {
    expect(told(changes('edoc', ['  "11.2":', '  "11.9":']))).toEqual([
      ['clause-renamed', '11.2', '11.9', 'neither', '11.2 is now 11.9; nothing else has changed in it'],
    ]);
  });

  it('a clause that says what number it had is compared with that one, and what runs is carried on', () => {
    const renumbered = (was: string) =>
      diffOffers(
        compiled(text('edoc')),
        compiled(text('edoc').replaceAll('4.3/read', '4.3/look').replace('  "4.3/look":', `  "4.3/look":${was}`)),
      );
    const silent = renumbered('');
    expect(silent.changes).toMatchObject([{ code: 'clause-renamed', from: '4.3/read', to: '4.3/look' }]);
    const torn = /^4\.3\/look is not taken for 4\.3\/read: .* write was: '4\.3\/read' in it\.$/;
    expect(silent.middle).toContainEqual(expect.stringMatching(torn));
    const said = renumbered('\n    was: "4.3/read"');
    expect(said.changes.map(({ code, from, to }) => [code, from, to])).toEqual([
      ['clause-renamed', '4.3/read', '4.3/look'],
    ]);
    expect(said.middle).not.toContainEqual(expect.stringMatching(torn));
  });

  it('longer notice of a change is better for the participant', () => {
    expect(
      told(changes('adr', [/within: 2 working days(?=\n      then: \{ amendment)/, 'within: 10 working days'])),
    ).toEqual([['term-longer', '10.3', '10.3', 'participant', '2 working days becomes 10 working days']]);
  });

  it('the head of the offer is compared too', () => {
    expect(told(changes('edoc', ['zone: Asia/Almaty', 'zone: Asia/Tashkent']))).toEqual([
      ['head-other', null, null, 'unclear', 'zone: "Asia/Almaty" becomes "Asia/Tashkent"'],
    ]);
  });

  it('says what it means in the middle of a clock, and how the old edition lets the change in', () => {
    const old = compiled(text('edoc'));
    const now = compiled(text('edoc').replace('within: 5 bank days', 'within: 3 bank days'));
    const { middle, favours } = diffOffers(old, now);
    expect(middle[0]).toMatch(
      /^A clock or a right of 5\.4 that is open when the edition is adopted keeps the old text/,
    );
    expect(middle.at(-1)).toContain('4.2/amend (at once, or at the instant it names)');
    expect(favours).toEqual({ participant: 0, operator: 1, both: 0, neither: 0, unclear: 0 });
  });

  it('names every change in three languages', () => {
    for (const names of Object.values(CHANGES)) expect(new Set(Object.values(names)).size).toBe(3);
    const [change] = changes('edoc', ['{ fine: 2 MCI }', '{ fine: 3 MCI }']);
    expect(change?.what).toEqual({
      en: 'default costs more',
      ru: 'нарушение стоит дороже',
      kk: 'бұзушылық қымбаттады',
    });
    expect(Object.keys(change?.title ?? {}).sort()).toEqual(['en', 'kk', 'ru']);
  });

  it('two offers of different operators are compared without an error', () => {
    const found = diffOffers(compiled(text('edoc')), compiled(text('idocs')));
    expect(found.changes.length).toBeGreaterThan(60);
    expect(new Set(found.changes.map((change) => change.from ?? change.to ?? 'head')).size).toBeGreaterThan(60);
  });
});
