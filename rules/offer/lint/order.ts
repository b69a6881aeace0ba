import { formatDay } from '../../law/day.js';
import { formatTerm } from '../../law/term.js';
import type { AnyTerm, Day } from '../../law/types.js';
import type { CompiledOffer, Rule, Within } from '../types.js';
import { practiceOf } from '../usual.js';
import { apart } from './apart.js';
import type { Raw } from './finding.js';
import { groupBy } from '../group.js';
import { happeningName } from './words.js';

/** Terms in the wrong order: over before they begin, or over after what they are there to come before. */
export function order(offer: CompiledOffer): readonly Raw[] {
  return [...offer.rules.flatMap(tiedToNamedDay), ...guards(offer)];
}

function tiedToNamedDay(rule: Rule): readonly Raw[] {
  const { within, clause } = rule;
  if (within?.form === 'before')
    return [
      {
        code: 'ends-before-it-begins',
        clauses: [clause],
        message: `${clause} ends ${formatTerm(within.term)} the day in "${within.field}", and nothing keeps that day so far away: the term can be over before it begins`,
      },
    ];
  if (within?.form === 'named' && within.earlierToo)
    return [
      {
        code: 'ends-before-it-begins',
        clauses: [clause],
        message: `${clause} lets an earlier day in "${within.field}" stand in place of ${rule.withinText}: the term can be over before it begins`,
      },
    ];
  return [];
}

/** Pairs from the same start of which the first is there to come before the second. */
function guards(offer: CompiledOffer): readonly Raw[] {
  const found: Raw[] = [];
  const started = offer.rules.filter((rule) => !rule.all && termOf(rule.within) !== null);
  const pairs = new Map<Rule, Set<Rule>>(started.map((rule) => [rule, new Set()]));
  const starts = started.flatMap((rule) => rule.on.map((event) => ({ rule, name: happeningName(event.what) })));
  for (const group of groupBy(starts, (start) => start.name).values())
    for (const first of group)
      for (const second of group) if (guarding(first.rule, second.rule)) pairs.get(first.rule)?.add(second.rule);
  for (const [first, guarded] of pairs)
    for (const second of guarded) {
      if (apart([first.whenSource], [second.whenSource])) continue;
      const from = counterexample(offer, first, second);
      if (from === null) continue;
      found.push({
        code: 'ends-after-what-it-guards',
        clauses: [first.clause, second.clause].sort((a, b) => positionOf(offer, a) - positionOf(offer, b)),
        message: `${first.clause} (${first.withinText}) can end after ${second.clause} (${second.withinText}), which it should come before: both from ${formatDay(from.day)}, the last days are ${formatDay(from.first)} and ${formatDay(from.second)}`,
      });
    }
  return found;
}

const positionOf = (offer: CompiledOffer, ref: string): number =>
  offer.clauses.findIndex((clause) => clause.ref === ref);

/**
 * The first, when it is met, takes the second back (an objection, the change); or what meets the first would have kept the second from
 * speaking (an answer, the silence).
 */
function guarding(first: Rule, second: Rule): boolean {
  if (first.clause === second.clause) return false;
  const takesBack = second.cancel.some((event) => event.what.on === 'met' && event.what.ref === first.clause);
  if (takesBack) return true;
  if (first.then.length > 0 || first.holder !== null || second.holder !== null) return false;
  const answers = new Set(first.met.map((event) => happeningName(event.what)));
  const speaks = second.then.some((one) => one.do === 'presume' || one.do === 'apply' || one.do === 'end');
  return speaks && [...second.met, ...second.cancel].some((event) => answers.has(happeningName(event.what)));
}

const termOf = (within: Within | null): AnyTerm | null =>
  within === null || within.form === 'open' || within.form === 'end' || within.form === 'before' ? null : within.term;

/** A day from which the first term ends after the second. */
function counterexample(
  offer: CompiledOffer,
  first: Rule,
  second: Rule,
): { readonly day: Day; readonly first: Day; readonly second: Day } | null {
  const mine = termOf(first.within);
  const theirs = termOf(second.within);
  if (mine === null || theirs === null) return null;
  const { days, lastDay } = practiceOf(offer);
  for (const day of days) {
    const a = lastDay(mine, first.noRoll, day);
    const b = lastDay(theirs, second.noRoll, day);
    if (a > b) return { day, first: a, second: b };
  }
  return null;
}
