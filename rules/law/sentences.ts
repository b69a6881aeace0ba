import { ACT_NAMES } from '../data/kz-acts.js';
import { HELD, TOLLED } from './derive-days.js';
import { dayOf, weekday } from './day.js';
import { parseTerm } from './term.js';
import type { Day, Derivation, Term } from './types.js';
import { en } from './words-en.js';
import { kk } from './words-kk.js';
import { ru } from './words-ru.js';
import { runsInHours } from './work-hours.js';
import type { Language, Words } from './words.js';

export type { Language } from './words.js';

const LANGUAGES: Readonly<Record<Language, Words>> = { kk, ru, en };
const MOST_NAMED = 12;
const MOST_WEEKENDS = 4;

/**
 * A deadline as a few sentences in Kazakh, Russian or English: the term and its start, day 1, the days that were not
 * counted and why, the roll, what moved it, the last day and the first late instant, the articles of the Civil Code. Short enough
 * for a notice; long terms sum up their weekends, and the derivation itself holds every day.
 */
export function sayDeadline(derivation: Derivation, lang: Language): string {
  const words = LANGUAGES[lang];
  const term = parseTerm(derivation.term);
  if ('code' in term) throw new Error(`A derivation has a term that cannot be read: ${term.message}`);
  const sentences = term.kind === 'length' ? sayLength(derivation, term, words) : sayNextMonth(derivation, words);
  if (derivation.articles.length > 0) sentences.push(words.law(derivation.articles));
  return sentences.join(' ');
}

function sayNextMonth(derivation: Derivation, words: Words): string[] {
  const [date, time] = dateAndTime(derivation.due!, words);
  return [words.nextMonth(words.date(derivation.anchor.slice(0, 10)), date, time)];
}

function sayLength(derivation: Derivation, term: Term, words: Words): string[] {
  const hours = runsInHours(term.unit);
  const anchor = place(derivation.anchor, words);
  const length = words.length(term);
  const first = derivation.firstCounted === null ? '' : words.date(derivation.firstCounted);
  const sentences = term.before
    ? [words.backward(length, anchor, hours ? null : first)]
    : [words.forward(length, anchor, term.inclusive)];
  if (!hours && !term.before && !term.inclusive) sentences.push(words.firstDay(first));
  sentences.push(...sayWork(derivation, words));
  const skipped = derivation.skipped.filter((item) => item.reason !== TOLLED);
  if (skipped.length > 0) sentences.push(words.skipped(groups(skipped, words).join('; ')));
  sentences.push(...sayTolls(derivation, term, words));
  if (derivation.due === null || derivation.lastDay === null) return [...sentences, words.noEnd()];
  sentences.push(...sayRoll(derivation, words));
  for (const { act, publishedAt, from, to } of derivation.moves) {
    const told = [
      actName(act, words),
      words.date(publishedAt.slice(0, 10)),
      place(from, words),
      place(to, words),
    ] as const;
    sentences.push(hours ? words.moveEnd(...told) : words.move(...told));
  }
  sentences.push(sayEnd(derivation.due, words.date(derivation.lastDay), term, words));
  return sentences;
}

function sayEnd(due: string, lastDay: string, term: Term, words: Words): string {
  if (term.unit === 'working hours') {
    const moment = place(due, words);
    return term.moreThan ? words.workEndsMore(moment) : words.workEnds(moment);
  }
  if (term.unit === 'hours') {
    const moment = place(due, words);
    return term.before ? words.hoursBefore(moment) : term.moreThan ? words.hoursMore(moment) : words.hours(moment);
  }
  const [date, time] = dateAndTime(due, words);
  if (term.before) return words.lastDayBefore(lastDay, date, time);
  return term.moreThan ? words.passed(lastDay, date, time) : words.lastDay(lastDay, date, time);
}

/** The hours of work, and when the first of them began, where that is later than the start. */
function sayWork({ work, anchor }: Derivation, words: Words): string[] {
  if (work === undefined) return [];
  const said = words.workHours(work.weekdays, work.saturday);
  return work.begins === null || work.begins === anchor ? [said] : [said, words.begins(place(work.begins, words))];
}

function sayTolls(derivation: Derivation, term: Term, words: Words): string[] {
  return (derivation.tolls ?? []).map(({ from, to }) => {
    if (to === null) return words.tolledOpen(place(from, words));
    if (term.before) return words.tolledBack(place(from, words), place(to, words));
    return words.tolled(place(from, words), place(to, words), to.length > 10);
  });
}

/** Why the last day is not the one on which the count ended. */
function sayRoll(derivation: Derivation, words: Words): string[] {
  const [first] = derivation.rolled;
  const { rawLastDay, held } = derivation;
  const sentences: string[] = [];
  if (first !== undefined && rawLastDay !== null) {
    const day = words.date(rawLastDay);
    const suspended = derivation.rolled.some((item) => item.reason === TOLLED);
    if (first.reason === TOLLED) sentences.push(words.movedAfterToll(day));
    else if (first.reason !== HELD) sentences.push(words.rolled(day, reason(first.reason, words), suspended));
  }
  if (held !== undefined)
    sentences.push(words.held(actName(held.act, words), words.date(held.publishedAt.slice(0, 10))));
  return sentences;
}

/** Stretches of days with their reasons in order; many weekends are only numbered, and so is what goes beyond a dozen. */
function groups(skipped: Derivation['skipped'], words: Words): string[] {
  const weekends = skipped.filter((item) => isWeekend(item.reason)).length;
  const named = weekends > MOST_WEEKENDS ? skipped.filter((item) => !isWeekend(item.reason)) : skipped;
  const list = stretches(named.map((item) => (isWeekend(item.reason) ? { ...item, reason: 'weekend' } : item)));
  const told = list.slice(0, MOST_NAMED).map((item) => `${stretch(item, words)} (${reason(nameOf(item), words)})`);
  const left = list.slice(MOST_NAMED).reduce((sum, { from, to }) => sum + known(to) - known(from) + 1, 0);
  const numbers = [weekends > MOST_WEEKENDS ? words.weekends(weekends) : '', left > 0 ? words.more(left) : ''];
  return [...told, ...numbers.filter((text) => text !== '')];
}

interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** A weekend of which only one day was skipped is called by that day. */
function nameOf({ from, to, reason: why }: Stretch): string {
  if (why !== 'weekend' || from !== to) return why;
  return weekday(known(from)) === 6 ? 'Saturday' : 'Sunday';
}

/** Consecutive days with one reason as one stretch. */
function stretches(items: Derivation['skipped']): readonly Stretch[] {
  const list: { -readonly [K in keyof Stretch]: string }[] = [];
  for (const { day, reason: why } of items) {
    const last = list[list.length - 1];
    if (last !== undefined && last.reason === why && known(last.to) + 1 === known(day)) last.to = day;
    else list.push({ from: day, to: day, reason: why });
  }
  return list;
}

const stretch = ({ from, to }: Stretch, words: Words): string =>
  from === to ? words.date(from) : words.dates(from, to);
const isWeekend = (why: string): boolean => why === 'Saturday' || why === 'Sunday';

/** A reason in the language: names are translated, what an act or an operator wrote stays as it is. */
function reason(why: string, words: Words): string {
  const lieu = /^in lieu of (\d{4}-\d\d-\d\d) \((.+)\)$/.exec(why);
  if (lieu !== null) return words.lieu(words.date(lieu[1]!), words.reasons[lieu[2]!] ?? lieu[2]!);
  const moved = /^moved from (\d{4}-\d\d-\d\d)$/.exec(why);
  if (moved !== null) return words.movedFrom(words.date(moved[1]!));
  return words.reasons[why] ?? why;
}

/** Acts by the names that they have in the language, where the data hold them. */
function actName(acts: string, words: Words): string {
  if (words === en) return acts;
  const language = words === kk ? 'kk' : 'ru';
  return acts
    .split('; ')
    .map((act) => ACT_NAMES[act]?.[language] ?? act)
    .join('; ');
}

/** A day, or a moment with its offset. */
function place(text: string, words: Words): string {
  if (text.length === 10) return words.date(text);
  const [date, time] = dateAndTime(text, words);
  return words.moment(date, time, text.slice(-6));
}

/** Date in the language and `HH:MM`, with seconds only when there are any. */
function dateAndTime(text: string, words: Words): readonly [string, string] {
  const time = text.slice(11, -6);
  return [words.date(text.slice(0, 10)), time.endsWith(':00') ? time.slice(0, 5) : time];
}

/** A day of a derivation, which may lie beyond what is read from outside. */
function known(text: string): Day {
  return dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}
