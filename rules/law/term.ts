import { clip } from './day.js';
import { refuse } from './refusal.js';
import type { AnyTerm, NextMonth, Refusal, Term, Unit } from './types.js';

/** The longest term of each unit that is read: a hundred years. What is longer is a slip of the pen. */
export const LONGEST: Readonly<Record<Unit, number>> = {
  hours: 876_600,
  'working hours': 225_000,
  'calendar days': 36_525,
  'working days': 25_000,
  'bank days': 25_000,
  weeks: 5_218,
  'half-months': 2_435,
  months: 1_200,
  quarters: 400,
  'half-years': 200,
  years: 100,
};

export const NEXT_MONTH: NextMonth = { kind: 'first day of the next month' };

const UNITS = new Map<string, Unit>(
  (Object.keys(LONGEST) as Unit[]).flatMap((unit) => [
    [unit, unit],
    [unit.slice(0, -1), unit],
  ]),
);
const SHAPE =
  /^(more than )?(\S+) ((?:calendar |working |bank )?[a-z-]+)( before)?( ?, that day included)?( ?, no roll)?$/;
const FORM = '[more than] N <unit> [before] [, that day included] [, no roll]';
const KINDS = 'calendar days, working days or bank days';

const read = new Map<string, AnyTerm>();

/**
 * Reads a term as an offer writes it, for example `5 bank days`, `more than 15 calendar days`, `5 working days before`,
 * `3 working days, that day included`, `first day of the next month`. The same text gives the same object.
 * Refuses bare "days": the law has three kinds.
 */
export function parseTerm(text: string): AnyTerm | Refusal {
  const known = read.get(text);
  if (known !== undefined) return known;
  const term = parse(text);
  // Offers hold a few hundred terms; a stream of made-up ones must not grow the memory without end.
  if (!('code' in term) && text.length < 120) {
    if (read.size > 20_000) read.clear();
    read.set(text, term);
  }
  return term;
}

/** The term in its one canonical spelling: `1 month`, `5 bank days, no roll`. `parseTerm` reads it back as it was. */
export function formatTerm(term: AnyTerm): string {
  if (term.kind !== 'length') return term.kind;
  const unit = term.n === 1 ? term.unit.slice(0, -1) : term.unit;
  const before = term.before ? ' before' : '';
  const inclusive = term.inclusive ? ', that day included' : '';
  return `${term.moreThan ? 'more than ' : ''}${term.n} ${unit}${before}${inclusive}${term.noRoll ? ', no roll' : ''}`;
}

function parse(text: string): AnyTerm | Refusal {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === NEXT_MONTH.kind) return NEXT_MONTH;
  const match = SHAPE.exec(words);
  if (match === null) return unreadable(text, words);
  const [, moreThan, number = '', word = '', before, inclusive, noRoll] = match;
  // `bank days` without a number: the kind of days stands where the number should.
  if (UNITS.has(`${number} ${word}`)) return unreadable(text, words);
  const unit = UNITS.get(word);
  if (unit === undefined) {
    if (word === 'days' || word === 'day') {
      return refuse(
        'term.bare_days',
        `"${clip(text)}" does not say which days: write ${KINDS}; the law counts each differently.`,
      );
    }
    return unreadable(text, words);
  }
  if (!/^[1-9]\d*$/.test(number)) {
    return refuse(
      'term.number',
      `"${clip(number)}" is not a number of ${unit}: it must be a positive whole number, 1 or more.`,
    );
  }
  const n = Number(number);
  if (n > LONGEST[unit]) {
    return refuse(
      'term.too_long',
      `${clip(number)} ${unit} is longer than a hundred years (at most ${LONGEST[unit]} ${unit}).`,
    );
  }
  if (moreThan !== undefined && before !== undefined) {
    return refuse(
      'term.more_than_before',
      `"${clip(text)}" says both "more than" and "before": "more than" opens after a day has passed, "before" counts back from one.`,
    );
  }
  if (unit === 'working hours' && before !== undefined) {
    return refuse(
      'term.before_unit',
      `"before" cannot stand with working hours: they run forward from an instant; count back in hours, or in working or bank days.`,
    );
  }
  if (unit === 'working hours' && inclusive !== undefined) {
    return refuse(
      'term.inclusive_unit',
      `"that day included" cannot stand with working hours: they run from the instant itself and not from a day; leave it out.`,
    );
  }
  if (inclusive !== undefined && isMonths(unit)) {
    return refuse(
      'term.inclusive_unit',
      `"that day included" cannot stand with ${unit}: they end on the corresponding day and are not counted in days; use it with days, weeks or half-months.`,
    );
  }
  return length(n, unit, moreThan !== undefined, before !== undefined, inclusive !== undefined, noRoll !== undefined);
}

function length(n: number, unit: Unit, moreThan: boolean, before: boolean, inclusive: boolean, noRoll: boolean): Term {
  return { kind: 'length', n, unit, moreThan, before, inclusive, noRoll };
}

/** Units that end on a corresponding day-of-month (174(1)-(3)). */
function isMonths(unit: Unit): boolean {
  return unit === 'months' || unit === 'quarters' || unit === 'half-years' || unit === 'years';
}

/** Says what of a text is no term: the spelling, the number that is missing, the unit that there is not. */
function unreadable(text: string, words: string): Refusal {
  const nearest = respelled(words);
  if (nearest !== words) {
    const meant = parse(nearest);
    if (!('code' in meant)) {
      return refuse('term.unreadable', `"${clip(text)}" is not a term; write it as "${formatTerm(meant)}".`);
    }
    if (meant.code !== 'term.unreadable') return meant;
  }
  const units = `where <unit> is one of ${Object.keys(LONGEST).join(', ')}, or "${NEXT_MONTH.kind}"`;
  return refuse('term.unreadable', `"${clip(text)}" is not a term${whatIsWrong(words)}: write ${FORM}, ${units}.`);
}

/** The same in small letters, without "within", with a space after each comma, and with its tails in their order. */
function respelled(words: string): string {
  const plain = words
    .toLowerCase()
    .replace(/^within /, '')
    .replace(/ ?, ?/g, ', ');
  return plain.replace(/( ?, no roll)( ?, that day included)$/, '$2$1');
}

function whatIsWrong(words: string): string {
  if (UNITS.has(words.replace(/^more than /, ''))) return ' (it has no number)';
  const parts = /^(?:more than )?(\S+) ([^,]+?)(?: before)?(?: ?,.*)?$/.exec(words);
  if (parts === null) return /^\d+$/.test(words) ? ' (it has no unit)' : '';
  const unit = parts[2] as string;
  return /^\d+$/.test(parts[1] as string) && !UNITS.has(unit) ? ` ("${clip(unit)}" is not a unit)` : '';
}
