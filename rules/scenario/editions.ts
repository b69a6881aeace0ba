import type { Fact } from '../facts/fact.js';
import { isRefusal } from '../law/refusal.js';
import type { Refusal } from '../law/types.js';
import { withEditions } from '../offer/compile.js';
import type { CompiledOffer } from '../offer/types.js';
import { refuseScenario } from './refusal.js';
import type { ScenarioRules } from './run.js';
import type { Pattern, Scenario } from './scenario.js';

/** Content hashes of editions by the names that a scenario gives them; the one that the contract is concluded under is called by the id of the offer. */
export type EditionNames = ReadonlyMap<string, string>;

/** The offer of a scenario with the editions that it names. */
export function loadEditions(
  { file, editions: written }: Scenario,
  own: CompiledOffer,
  rules: ScenarioRules,
): { readonly offer: CompiledOffer; readonly editions: EditionNames } | Refusal {
  const editions = new Map([[own.id, own.edition]]);
  const later: CompiledOffer[] = [];
  for (const [name, at] of Object.entries(written)) {
    const where = `${file} editions.${name}`;
    const edition =
      rules.editionAt?.(at) ?? refuseScenario('scenario.edition', 'no other editions are at hand here', where);
    if (isRefusal(edition)) return { ...edition, where };
    editions.set(name, edition.edition);
    later.push(edition);
  }
  const offer = withEditions(own, later);
  return isRefusal(offer) ? { ...offer, where: `${file} editions` } : { offer, editions };
}

/** A fact that brings an edition, with the hash in place of the name. */
export function nameEdition(fact: Fact, editions: EditionNames): Fact | Refusal {
  const name = fact.data['edition'];
  if ((fact.type !== 'edition.adopted' && fact.type !== 'amendment.published') || name === undefined) return fact;
  const edition = editions.get(String(name));
  if (edition !== undefined) return { ...fact, data: { ...fact.data, edition } };
  const known = [...editions.keys()].join(', ');
  return refuseScenario(
    'scenario.edition',
    `"${String(name)}" is none of the editions: ${known}`,
    `${fact.id}.data.edition`,
  );
}

/** A pattern with hashes in place of the names of editions. */
export function namedIn(pattern: Pattern, editions: EditionNames): Pattern {
  if (Array.isArray(pattern)) return pattern.map((one: Pattern) => namedIn(one, editions));
  if (typeof pattern !== 'object' || pattern === null) return pattern;
  return Object.fromEntries(
    Object.entries(pattern).map(([name, inner]: [string, Pattern]) => [
      name,
      name === 'edition' && typeof inner === 'string' ? (editions.get(inner) ?? inner) : namedIn(inner, editions),
    ]),
  );
}
