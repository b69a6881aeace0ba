import type { Happening } from '../types.js';

/** A happening in the words of the offer file. */
export function happeningName(what: Happening): string {
  switch (what.on) {
    case 'fact':
      return what.type;
    case 'lapse':
    case 'met':
    case 'use':
    case 'opening':
      return `${what.on} of ${what.ref}`;
    case 'performance':
      return `performance of ${what.ref} ${what.kind}`;
    default:
      return what.on;
  }
}
