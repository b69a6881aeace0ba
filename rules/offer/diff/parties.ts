import type { Rule, Who } from '../types.js';
import type { Favours } from './change.js';

/** The other side of a favour. */
export const against = (favours: Favours): Favours =>
  favours === 'participant' ? 'operator' : favours === 'operator' ? 'participant' : favours;

/** Whom it helps that this party has a right or more time. */
export function sideOf(who: Who | null): Favours {
  switch (who) {
    case 'participant':
    case 'operator':
      return who;
    case 'either':
      return 'both';
    default:
      return 'unclear';
  }
}

/**
 * Whom a longer term helps: the debtor, who has more time; the one against whom a right opens later; the one who is warned longer of an end
 * that the other side gives notice of; the participant, when it is warned longer of a change.
 */
export function longerHelps(rule: Rule): Favours {
  if (rule.holder !== null && rule.debtor === null) return against(sideOf(rule.holder));
  if (rule.debtor !== null && rule.then.some((one) => one.do === 'end')) return against(sideOf(rule.debtor));
  if (rule.debtor !== null) return sideOf(rule.debtor);
  if (rule.then.some((one) => one.do === 'apply')) return 'participant';
  if (rule.kind === 'retention') return 'participant';
  return 'unclear';
}

/** `the participant`, `either party` … */
export function sayWho(who: Who | null): string {
  switch (who) {
    case null:
      return 'nobody in particular';
    case 'either':
      return 'either party';
    case 'named':
      return 'the party that is named';
    case 'other':
      return 'the other party';
    case 'same':
      return 'whoever owed what started it';
    default:
      return `the ${who}`;
  }
}
