import { parseTerm, formatTerm } from '../../law/term.js';
import { readEvents } from '../happening.js';
import type { CompiledOffer, Consequence, EventSpec, Rule, Who } from '../types.js';
import { happeningName } from './words.js';

/** What one sentence of the document comes to: when this happens, within that term, that follows. From rules, and from what `says` records beside them. */
export interface Sentence {
  readonly clause: string;
  /** What sets it off, by name. */
  readonly on: readonly string[];
  readonly conditions: readonly unknown[];
  readonly who: Who | null;
  /** The term in its canonical spelling; `at once`; null where there is none that could be compared. */
  readonly term: string | null;
  /** What it brings about: `restrict portal`, `penalty`, `amendment applies`, `silence: accepted` … */
  readonly brings: readonly string[];
  /** What fulfils the duty or breaks the silence. */
  readonly met: readonly string[];
  /** A right: it comes with somebody's use of it. */
  readonly right: boolean;
  /** The rule behind it; null for what is only recorded. */
  readonly rule: Rule | null;
}

/** All sentences of an offer, in the order of the document, what clauses say beside their rules included. */
export function sentencesOf(offer: CompiledOffer): readonly Sentence[] {
  return offer.clauses.flatMap((clause) => [
    ...clause.rules.flatMap((rule) => ofRule(offer, rule)),
    ...(offer.file.clauses[clause.ref]?.says ?? []).flatMap((saying): readonly Sentence[] => {
      const events = readEvents(saying.on, '');
      if ('code' in events) return [];
      const term = saying.within === undefined || saying.within === 'at once' ? 'at once' : termOf(saying.within);
      return events.map((event) => ({
        clause: clause.ref,
        on: [triggerName(offer, event)],
        conditions: [saying.when ?? null, event.whenSource],
        who: null,
        term,
        brings: saying.then === undefined ? [] : [broughtName(saying.then)],
        met: [],
        right: false,
        rule: null,
      }));
    }),
  ]);
}

/** The term of a saying; null when it names no unit or is no term. */
function termOf(text: string): string | null {
  const term = parseTerm(text);
  return 'code' in term ? null : formatTerm(term);
}

const broughtName = (word: string): string =>
  word === 'accepted' || word === 'refused' || word === 'admitted' || word === 'consented' ? `silence: ${word}` : word;

function ofRule(offer: CompiledOffer, rule: Rule): readonly Sentence[] {
  const base = {
    clause: rule.clause,
    who: rule.holder ?? rule.debtor,
    term: termOfRule(rule),
    brings: rule.then.flatMap(bringsOf),
    met: rule.met.map((event) => happeningName(event.what)),
    right: rule.holder !== null,
    rule,
  };
  if (rule.all)
    return [
      {
        ...base,
        on: [
          rule.on
            .map((event) => triggerName(offer, event))
            .sort()
            .join(' and '),
        ],
        conditions: [rule.whenSource, ...rule.on.map((event) => event.whenSource)],
      },
    ];
  return rule.on.map((event) => ({
    ...base,
    on: [triggerName(offer, event)],
    conditions: [rule.whenSource, event.whenSource],
  }));
}

function termOfRule(rule: Rule): string | null {
  if (rule.within === null) return 'at once';
  return rule.within.form === 'open' || rule.within.form === 'end' ? null : formatTerm(rule.within.term);
}

/** A message that goes out on the lapse of a clause, by its own clock or by a rule beside it, starts what it starts on that lapse. */
function triggerName(offer: CompiledOffer, event: EventSpec): string {
  const { what } = event;
  if (what.on !== 'performance') return happeningName(what);
  const sender = offer.rules.find(
    (rule) =>
      rule.clause === what.ref &&
      rule.holder === null &&
      rule.then.some((one) => one.do === 'message' && one.kind === what.kind),
  );
  if (sender === undefined) return happeningName(what);
  if (sender.within !== null) return `lapse of ${what.ref}`;
  const lapse = sender.on.find((one) => one.what.on === 'lapse');
  return happeningName(lapse?.what ?? what);
}

/** What a consequence brings about, by name; messages, questions and conclusions bring nothing that could clash. */
export function bringsOf(one: Consequence): readonly string[] {
  switch (one.do) {
    case 'restrict':
      return ['restrict', ...one.functions.map((name) => `restrict ${name}`)];
    case 'suspend':
    case 'fine':
    case 'penalty':
    case 'compensate':
      return [one.do];
    case 'presume':
      return [`silence: ${one.meaning}`];
    case 'end':
      return ['contract ends'];
    case 'apply':
      return ['amendment applies'];
    case 'refuse amendment':
      return ['amendment refused'];
    case 'consent':
      return [`consent ${one.state} ${one.purpose ?? ''}`.trim()];
    case 'message':
    case 'conclude':
    case 'keep':
    case 'ask':
      return [];
  }
}
