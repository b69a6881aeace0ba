import { parseTerm } from '../../law/term.js';
import type { CompiledOffer, Who } from '../types.js';
import { apart } from './apart.js';
import type { Raw } from './finding.js';
import { groupBy } from '../group.js';
import { sentencesOf, type Sentence } from './sentence.js';

/** Sentences that pull apart: two terms for one thing, two sanctions for one default, a silence that means two things; terms without a unit. */
export function conflicts(offer: CompiledOffer): readonly Raw[] {
  const found: Raw[] = [];
  const byTrigger = groupBy(sentencesOf(offer), (sentence) => sentence.on[0] as string);
  for (const group of byTrigger.values())
    for (const [position, one] of group.entries())
      for (const other of group.slice(position + 1)) if (comparable(one, other)) found.push(...clashes(one, other));
  return [...unique(found), ...withoutUnit(offer)];
}

/** Two rules of one clause are the author's own parts of one provision; a rule and what its clause says are not. */
function comparable(one: Sentence, other: Sentence): boolean {
  if (one.clause === other.clause && one.rule !== null && other.rule !== null) return false;
  return together(one.who, other.who) && !apart(one.conditions, other.conditions);
}

/** Whether both can be about the same party. */
const together = (one: Who | null, other: Who | null): boolean =>
  !(one === 'participant' && other === 'operator') && !(one === 'operator' && other === 'participant');

const shared = (left: readonly string[], right: readonly string[]): readonly string[] =>
  left.filter((name) => right.includes(name));

const silences = (sentence: Sentence): readonly string[] =>
  sentence.brings.filter((name) => name.startsWith('silence: '));

function clashes(one: Sentence, other: Sentence): readonly Raw[] {
  const clauses = one.clause === other.clause ? [one.clause] : [one.clause, other.clause];
  const found: Raw[] = [];
  const same = shared(one.brings, other.brings);
  // A penalty that starts at once and a fine that starts at once are one sanction each; the same one twice is two.
  const sanctions = same.filter((name) => name === 'fine' || name === 'penalty');
  if (sanctions.length > 0)
    found.push({
      code: 'two-sanctions',
      clauses,
      message: `${one.clause} and ${other.clause} both give a ${sanctions.join(' and a ')} for "${one.on[0]}"`,
    });
  const meanings = [silences(one), silences(other)] as const;
  if (meanings[0].length > 0 && meanings[1].length > 0 && shared(...meanings).length === 0)
    found.push({
      code: 'silence-with-two-meanings',
      clauses,
      message: `after "${one.on[0]}" silence counts as ${meaning(meanings[0])} in ${one.clause} and as ${meaning(meanings[1])} in ${other.clause}`,
    });
  const things = [
    ...same.filter((name) => name !== 'restrict' || one.rule === null || other.rule === null),
    ...(one.right || other.right ? [] : shared(one.met, other.met)),
  ].filter((name) => name !== 'fine' && name !== 'penalty');
  if (things.length > 0 && one.term !== null && other.term !== null && one.term !== other.term)
    found.push({
      code: 'two-terms',
      clauses,
      message: `after "${one.on[0]}" ${one.clause} says ${one.term} and ${other.clause === one.clause ? 'another sentence of it' : other.clause} says ${other.term} for the same thing (${things.join(', ')})`,
    });
  return found;
}

const meaning = (names: readonly string[]): string => names.map((name) => name.replace('silence: ', '')).join(' and ');

/** One finding for a pair of clauses, however many of their happenings it concerns. */
function unique(found: readonly Raw[]): readonly Raw[] {
  return [...groupBy(found, (raw) => `${raw.code} ${raw.clauses.join(' ')}`).values()].map((same) => same[0] as Raw);
}

function withoutUnit(offer: CompiledOffer): readonly Raw[] {
  return Object.entries(offer.file.clauses).flatMap(([ref, clause]) =>
    (clause.says ?? []).flatMap((saying): readonly Raw[] => {
      const term = saying.within === undefined || saying.within === 'at once' ? null : parseTerm(saying.within);
      if (term === null || !('code' in term) || term.code !== 'term.bare_days') return [];
      return [{ code: 'unit-not-named', clauses: [ref], message: `${ref} says "${saying.within}" and not which days` }];
    }),
  );
}
