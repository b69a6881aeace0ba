import fc from 'fast-check';
import { BIRTH } from './random-life.js';
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

/** Another edition without every third of the clauses that nothing refers to. */
export function fewerClauses({ offer: { file } }: Law): CompiledOffer {
  let fewer = file;
  for (const [position, ref] of Object.keys(file.clauses).toReversed().entries()) {
    if (position % 3 !== 0) continue;
    const { [ref]: _gone, ...clauses } = fewer.clauses;
    const tried = { ...fewer, clauses };
    if (!isRefusal(compileOffer(JSON.stringify(tried), 'another edition'))) fewer = tried;
  }
  return compiled(fewer);
}

/** Another edition in which every duty that runs by itself has a consequence. */
export function moreConsequences({ offer: { file } }: Law): CompiledOffer {
  const clauses = Object.entries(file.clauses).map(([ref, clause]) => {
    const rules = clause.rule === undefined ? [] : Array.isArray(clause.rule) ? clause.rule : [clause.rule];
    const rule = rules.map((one) =>
      one.recurring === true && one.then === undefined ? { ...one, then: { notify: 'was-not-done', to: 'both' } } : one,
    );
    return [ref, rule.length === 0 ? clause : { ...clause, rule }];
  });
  return compiled({ ...file, clauses: Object.fromEntries(clauses) } as OfferFile);
}

/** A law under which the contract may come under more editions. */
export function knowing(law: Law, ...later: readonly CompiledOffer[]): Law {
  const offer = withEditions(law.offer, later);
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

const HALF_A_DAY = 12 * 3_600_000;
/** BIRTH is a morning. */
const MIDNIGHT = BIRTH - 10 * 3_600_000;

/** Changes a life: up to three adoptions of these editions, at midnight or at noon, known at once or late; and amendments that carry one. */
export function changing(editions: readonly CompiledOffer[]): fc.Arbitrary<(life: readonly Fact[]) => readonly Fact[]> {
  const adoption = fc.record({
    edition: fc.constantFrom(...editions),
    halfDays: fc.nat({ max: 300 }),
    late: fc.constantFrom(0, 0, 3, 40),
  });
  const carried = fc.option(fc.constantFrom(...editions));
  return fc.tuple(fc.array(adoption, { maxLength: 3 }), carried).map(([adoptions, edition]) => (life) => [
    ...life.map((fact) =>
      fact.type === 'amendment.published' && edition !== null
        ? { ...fact, data: { ...fact.data, edition: edition.edition } }
        : fact,
    ),
    ...adoptions.map((one, position) => {
      const at = MIDNIGHT + one.halfDays * HALF_A_DAY;
      const fact = adopted(one.edition, at, at + one.late * 2 * HALF_A_DAY);
      return { ...fact, id: `${fact.id}~${position}` };
    }),
  ]);
}
