import { factType, isInternal } from '../../facts/vocabulary.js';
import type { CompiledOffer, Consequence, EventSpec, Happening, Rule } from '../types.js';

/** What can happen under an offer, and which of its rules can start. */
export interface Reach {
  /** The type is in the vocabulary or declared by the offer. */
  readonly knows: (type: string) => boolean;
  readonly canHappen: (what: Happening) => boolean;
  readonly canStart: (rule: Rule) => boolean;
}

const brings = (rule: Rule, wanted: (one: Consequence) => boolean): boolean =>
  [...rule.then, ...rule.fulfilled].some(wanted);

/** A clock that runs out by itself. */
const runsOut = (rule: Rule): boolean => rule.within !== null && rule.within.form !== 'open' && rule.holder === null;

const sends = (rule: Rule, kind: string): boolean =>
  brings(rule, (one) => {
    if (one.do === 'message') return one.kind === kind;
    if (one.do === 'restrict') return kind === 'restrict' || kind === 'lift';
    return (one.do === 'fine' || one.do === 'penalty') && kind === 'claim';
  });

/** Follows what starts what, from facts on, until nothing new can start. */
export function reachOf(offer: CompiledOffer): Reach {
  const declared = new Set(offer.declared.map((fact) => fact.type));
  const knows = (type: string): boolean => declared.has(type) || (factType(type) !== undefined && !isInternal(type));
  const started = new Set<Rule>();
  const some = (wanted: (rule: Rule) => boolean): boolean => [...started].some(wanted);
  const canHappen = (what: Happening): boolean => {
    switch (what.on) {
      case 'fact':
        return knows(what.type);
      case 'lapse':
        // A right whose term has run out has opened: its clock has lapsed too.
        return some(
          (rule) => rule.clause === what.ref && (runsOut(rule) || (rule.holder !== null && rule.within !== null)),
        );
      case 'met':
        return some((rule) => rule.clause === what.ref && rule.within !== null && rule.met.some(possible));
      case 'use':
        return some((rule) => rule.clause === what.ref && rule.holder !== null);
      case 'opening':
        return some((rule) => rule.clause === what.ref && (rule.within !== null || rule.holder !== null));
      case 'performance':
        return some((rule) => rule.clause === what.ref && sends(rule, what.kind));
      case 'conclusion':
        return some((rule) => brings(rule, (one) => one.do === 'conclude'));
      case 'end':
        return some((rule) => brings(rule, (one) => one.do === 'end'));
      case 'application':
        return some((rule) => brings(rule, (one) => one.do === 'apply'));
      case 'settled':
      case 'debt settled':
      case 'all settled':
      case 'account settled':
      case 'month end':
      case 'named end':
        return true;
    }
  };
  const possible = (event: EventSpec): boolean => canHappen(event.what);
  for (let size = -1; size !== started.size;) {
    size = started.size;
    for (const rule of offer.rules) if (rule.all ? rule.on.every(possible) : rule.on.some(possible)) started.add(rule);
  }
  return { knows, canHappen, canStart: (rule) => started.has(rule) };
}
