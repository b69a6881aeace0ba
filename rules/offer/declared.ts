import type { DeclaredFact } from '../facts/declared.js';
import type { CompiledOffer } from './types.js';

/** The facts that any edition of an offer declares; where two declare one type, as the later says it. */
export const declaredIn = (offer: CompiledOffer): readonly DeclaredFact[] =>
  offer.editions.toReversed().flatMap((edition) => edition.declared);
