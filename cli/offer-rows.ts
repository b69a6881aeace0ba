import type { CompiledOffer } from '../rules/offer/types.js';

/** An offer in a list. */
export interface OfferRow {
  readonly id: string;
  /** Content hash of the edition in force. */
  readonly edition: string;
  readonly operator: string;
  readonly clauses: number;
  readonly rules: number;
}

/** One clause: with a rule, or with the reason why it has none. */
export interface ClauseRow {
  readonly ref: string;
  readonly kind: string;
  readonly title: string;
  readonly rule: boolean;
  readonly why: string | null;
}

/** An offer as it stands in a list. */
export const offerRow = (offer: CompiledOffer): OfferRow => ({
  id: offer.id,
  edition: offer.edition,
  operator: offer.operator.name,
  clauses: offer.clauses.length,
  rules: offer.clauses.filter((clause) => clause.rules.length > 0).length,
});

/** The clauses of an offer, in the order of the document. */
export const clauseRows = (offer: CompiledOffer): readonly ClauseRow[] =>
  offer.clauses.map(({ ref, kind, title, rules, why }) => ({
    ref,
    kind,
    title: title.en,
    rule: rules.length > 0,
    why,
  }));
