import { expect } from 'vitest';
import type { Outcome, TimelineView } from '../../rules/engine/outcome.js';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import type { Rule } from '../../rules/offer/types.js';
import { dayOf, midnight, seenAt } from '../model/record.js';
import { count, plus, type ModelTerm } from '../model/terms.js';
import { countWork, type Office } from '../model/work.js';

/** The last year of which the model has the days off. */
const LAST = '2027-12-01';
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Lives are lived after 1 March 2024. */
const ALMATY = 5 * HOUR;

/**
 * Every run of every offer counted again by the slow model: from the day on which it opened, or from the last day of what
 * lapsed, or of the contract. Runs that force majeure could toll, and terms that a fact or another clause bounds, are left
 * to the other properties.
 */
export function everyTermIsCounted(law: Law, record: readonly Fact[], outcome: Outcome, asOf: number): void {
  const tolled = seenAt(record, asOf, asOf).some((fact) => fact.type === 'forcemajeure.began');
  for (const run of outcome.timelines) {
    const rules = law.offer.rules.filter((rule) => rule.clause === run.clause && rule.within !== null);
    const [rule] = rules;
    if (rules.length !== 1 || rule?.within?.form !== 'term' || (tolled && rule.tolled)) continue;
    const { term } = rule.within;
    if (term.kind !== 'length') continue;
    const opened = Date.parse(run.opened);
    if (term.unit === 'working hours') {
      const { weekdays, saturday } = law.offer.hours;
      const office: Office = {
        weekdays: [weekdays.opens, weekdays.closes],
        saturday: saturday === null ? null : [saturday.opens, saturday.closes],
      };
      const began = (opened + ALMATY) / MINUTE;
      if (Number.isInteger(began))
        expect([run.clause, run.opened, Date.parse(run.due ?? '')]).toEqual([
          run.clause,
          run.opened,
          countWork(term.n * 60, began, office).due * MINUTE - ALMATY,
        ]);
      continue;
    }
    if (term.unit === 'hours') {
      if (startsOf(rule, run, outcome).every((day) => day === dayOf(opened)))
        expect([run.clause, run.opened, Date.parse(run.due ?? '')]).toEqual([
          run.clause,
          run.opened,
          opened + term.n * HOUR,
        ]);
      continue;
    }
    // In months and years a recurring term counts from its anchor.
    if (rule.recurring && !['calendar days', 'working days', 'bank days', 'weeks'].includes(term.unit)) continue;
    const counted: ModelTerm = { ...term, noRoll: term.noRoll || rule.noRoll };
    const possible = startsOf(rule, run, outcome).map((day) => lastOf(counted, day));
    if (possible.length === 0 || possible.some((day) => day > LAST) || (run.lastDay ?? '') > LAST) continue;
    expect([run.clause, run.subject, run.opened, possible.find((day) => day === run.lastDay) ?? possible]).toEqual([
      run.clause,
      run.subject,
      run.opened,
      run.lastDay,
    ]);
    expect([run.clause, run.due]).toEqual([
      run.clause,
      law.offer.zone.format(midnight(plus(run.lastDay as string, 1))),
    ]);
  }
}

const known = new Map<string, string>();

/** The model's last day, counted once for each term and day; what ends beyond its lists is not looked for. */
function lastOf(term: ModelTerm, day: string): string {
  const key = `${JSON.stringify(term)} ${day}`;
  const found = known.get(key) ?? (term.n > 2 && term.unit === 'years' ? '9999' : (count(term, day)?.last ?? ''));
  known.set(key, found);
  return found;
}

/** The days 0 that this run can have been counted from, by what may have started it. */
function startsOf(rule: Rule, run: TimelineView, outcome: Outcome): readonly string[] {
  const opened = Date.parse(run.opened);
  const lapsedNow = (clause: string): readonly string[] =>
    outcome.timelines
      .filter((one) => one.clause === clause && one.state === 'lapsed' && one.closed === run.opened)
      .map((one) => one.lastDay ?? '');
  const former = rule.recurring
    ? outcome.timelines.filter((one) => one !== run && one.clause === run.clause && one.closed === run.opened)
    : [];
  if (former.length > 0) return former.map((one) => (one.state === 'lapsed' ? (one.lastDay ?? '') : dayOf(opened)));
  return rule.on.flatMap(({ what }) => {
    if (what.on === 'lapse') return lapsedNow(what.ref);
    if (what.on === 'end') return [dayOf(opened - 1)];
    return [dayOf(opened)];
  });
}
