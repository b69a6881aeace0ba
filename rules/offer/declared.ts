import type { DeclaredFact } from '../facts/declared.js';
import type { CompiledOffer } from './types.js';

/** The facts that any edition of an offer declares, of the newest first: data that pass one of them are taken. */
export const declaredIn = (offer: CompiledOffer): readonly DeclaredFact[] =>
  offer.editions.toReversed().flatMap((edition) => edition.declared);
