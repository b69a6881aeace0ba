import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { BUILT_IN } from '../policy/builtin.js';
import { calendarOf } from '../law/calendar.js';
import { isRefusal } from '../law/refusal.js';
import { formatTerm, parseTerm } from '../law/term.js';
import type { Calendar, Unit } from '../law/types.js';
import { simulate } from '../engine/index.js';
import type { Policy } from '../policy/types.js';
import { readScenario } from '../scenario/read.js';
import { runScenario } from '../scenario/run.js';
import { compileOffer } from './compile.js';
import { compileCondition, fieldsOf, OPERATOR_NAMES } from './condition.js';
import { offerSchema } from './schema.js';
import type { CompiledOffer, Consequence, Happening, Within } from './types.js';

const PAGE = fileURLToPath(new URL('../../docs/writing-an-offer.md', import.meta.url));
const page = readFileSync(PAGE, 'utf8');

/** The fenced blocks of the page with this label, in order. */
const blocks = (label: string): readonly string[] =>
  [...page.matchAll(/^```(\S+ \S+)\n([\s\S]*?)^```$/gm)]
    .filter((found) => found[1] === label)
    .map((found) => found[2] as string);

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
const header = blocks('yaml offer').join('');
const offerText = (clauses: readonly string[]): string => `${header}clauses:\n${clauses.map(indented).join('')}`;

function compiled(): CompiledOffer {
  const offer = compileOffer(offerText(blocks('yaml clause')), 'writing-an-offer.md');
  if (isRefusal(offer)) throw new Error(`${offer.code}: ${offer.message} (${offer.where})`);
  return offer;
}

/** Every word that the form of an offer file knows: names of fields and fixed values. */
function wordsOf(schema: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach(visit);
    for (const [name, value] of Object.entries(node)) {
      if (name === 'properties') Object.keys(value as object).forEach((one) => words.add(one));
      if (name === 'const' && typeof value === 'string') words.add(value);
      if (name === 'enum') (value as unknown[]).forEach((one) => words.add(String(one)));
      visit(value);
    }
  };
  visit(schema);
  return words;
}

/** Every name and every text in the examples. */
function wordsIn(node: unknown, words = new Set<string>()): ReadonlySet<string> {
  if (typeof node === 'string') words.add(node);
  else if (Array.isArray(node)) node.forEach((one) => wordsIn(one, words));
  else if (typeof node === 'object' && node !== null)
    for (const [name, value] of Object.entries(node)) wordsIn(value, words.add(name));
  return words;
}

describe('docs/writing-an-offer.md', () => {
  it('compiles as it stands', () => {
    const offer = compiled();
    expect(offer.clauses).toHaveLength(Object.keys(parse(offerText(blocks('yaml clause'))).clauses).length);
    expect(offer.clauses.filter((clause) => clause.why !== null).map((clause) => clause.ref)).toEqual(['3.4']);
  });

  it.each(blocks('yaml scenario'))('tells scenario %# that holds', (text) => {
    const scenario = readScenario(text, 'writing-an-offer.md');
    if (isRefusal(scenario)) throw new Error(`${scenario.code}: ${scenario.message} (${scenario.where})`);
    const law = {
      offer: compiled(),
      calendar: calendarOf('KZ') as Calendar,
      policy: BUILT_IN['automatic'] as Policy,
      participant: {},
    };
    const result = runScenario(scenario, { simulate, lawFor: () => law });
    if (isRefusal(result)) throw new Error(`${result.code}: ${result.message} (${result.where})`);
    expect(result.failures).toEqual([]);
    expect(result.passed).toBe(4);
  });

  it('shows the refusal that its broken clause gets, word for word', () => {
    const refusals = blocks('yaml refused').map((clause) => compileOffer(offerText([clause]), 'offer.yaml'));
    expect(refusals.every(isRefusal)).toBe(true);
    const said = refusals.map((refusal) => (isRefusal(refusal) ? `${refusal.code}: ${refusal.message}\n` : ''));
    expect(blocks('text refusal')).toEqual(said);
  });

  it('has an example of every word of the form', () => {
    const examples = wordsIn(parse(offerText(blocks('yaml clause'))));
    const missing = [...wordsOf(z.toJSONSchema(offerSchema))].filter((word) => !examples.has(word));
    expect(missing).toEqual([]);
  });

  it('has an example of every happening, consequence and form of within', () => {
    const offer = compiled();
    const events = offer.rules.flatMap((rule) => {
      const closings = rule.then.flatMap((one) => (one.do === 'restrict' || one.do === 'suspend' ? one.until : []));
      return [...rule.on, ...rule.met, ...rule.cancel, ...rule.expires, ...closings];
    });
    const happenings: Record<Happening['on'], true> = {
      fact: true,
      lapse: true,
      met: true,
      use: true,
      opening: true,
      performance: true,
      conclusion: true,
      end: true,
      application: true,
      settled: true,
      'debt settled': true,
      'all settled': true,
      'account settled': true,
      'month end': true,
      'named end': true,
    };
    expect([...new Set(events.map((event) => event.what.on))].sort()).toEqual(Object.keys(happenings).sort());
    const consequences: Record<Consequence['do'], true> = {
      restrict: true,
      suspend: true,
      fine: true,
      penalty: true,
      compensate: true,
      message: true,
      presume: true,
      conclude: true,
      end: true,
      apply: true,
      'refuse amendment': true,
      consent: true,
      keep: true,
      ask: true,
    };
    const done = offer.rules.flatMap((rule) => [...rule.then, ...rule.fulfilled].map((one) => one.do));
    expect([...new Set(done)].sort()).toEqual(Object.keys(consequences).sort());
    const forms: Record<Within['form'], true> = {
      term: true,
      before: true,
      named: true,
      earlier: true,
      end: true,
      open: true,
    };
    const used = offer.rules.flatMap((rule) => (rule.within === null ? [] : [rule.within.form]));
    expect([...new Set(used)].sort()).toEqual(Object.keys(forms).sort());
  });

  it('has every operator and every field of conditions', () => {
    const conditions = blocks('yaml conditions').flatMap((text) => parse(text) as unknown[]);
    for (const [position, condition] of conditions.entries())
      expect(compileCondition(condition, `conditions[${position}]`)).toBeTypeOf('function');
    const words = wordsIn(conditions);
    expect(OPERATOR_NAMES.filter((name) => !words.has(name))).toEqual([]);
    const fields = conditions.flatMap(fieldsOf).map((name) => name.split(' ')[0]);
    for (const field of ['by', 'type', 'subject', 'ordinal', 'debt', 'unpaid', 'running', 'lapsed', 'seen', 'closed'])
      expect(fields).toContain(field);
  });

  it('has a term of every unit, each in its canonical spelling', () => {
    const texts = blocks('yaml terms').flatMap((text) => parse(text) as string[]);
    const units: Record<Unit, number> = {
      hours: 0,
      'working hours': 0,
      'calendar days': 0,
      'working days': 0,
      'bank days': 0,
      weeks: 0,
      'half-months': 0,
      months: 0,
      quarters: 0,
      'half-years': 0,
      years: 0,
    };
    for (const text of texts) {
      const term = parseTerm(text);
      if (isRefusal(term)) throw new Error(`${term.code}: ${term.message}`);
      expect(formatTerm(term)).toBe(text);
      if (term.kind === 'length') units[term.unit]++;
    }
    expect(Object.entries(units).filter(([, count]) => count === 0)).toEqual([]);
  });
});
