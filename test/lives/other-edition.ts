import { isRefusal } from '../../rules/law/refusal.js';
import { compileOffer, withEditions } from '../../rules/offer/compile.js';
import type { Law } from '../../rules/engine/types.js';
import type { OfferFile } from '../../rules/offer/schema.js';
import type { CompiledOffer } from '../../rules/offer/types.js';
import type { Fact } from '../../rules/facts/fact.js';

const compiled = (file: OfferFile): CompiledOffer => {
  const offer = compileOffer(JSON.stringify(file), 'another edition');
  if (isRefusal(offer)) throw new Error(`${offer.where}: ${offer.message}`);
  return offer;
};

/** Another edition that says the same: only its operator's name is written otherwise. */
export const sameInOtherWords = ({ offer: { file } }: Law): CompiledOffer =>
  compiled({ ...file, operator: { ...file.operator, name: `${file.operator.name}, renamed` } });

/** Another edition in which every term is longer by one. */
export function otherTerms({ offer: { file } }: Law): CompiledOffer {
  const text = JSON.stringify(file).replace(
    /"(more than )?(\d+) (hours|calendar days|working days|bank days|months)( before)?"/g,
    (_whole, more: string = '', n: string, unit: string, before: string = '') =>
      `"${more}${Number(n) + 1} ${unit}${before}"`,
  );
  return compiled(JSON.parse(text) as OfferFile);
}

/** A law under which the contract may come under one more edition. */
export function knowing(law: Law, later: CompiledOffer): Law {
  const offer = withEditions(law.offer, [later]);
  if (isRefusal(offer)) throw new Error(offer.message);
  return { ...law, offer };
}

/** The fact that an edition holds from an instant on. */
export const adopted = ({ edition }: CompiledOffer, at: number, recordedAt = at): Fact => ({
  id: `edition.adopted~${edition}~${at}`,
  type: 'edition.adopted',
  at,
  recordedAt,
  subject: 'contract',
  data: { edition },
});
