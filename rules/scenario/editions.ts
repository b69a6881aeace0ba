import { bringsEdition } from '../engine/walk/editions.js';
import type { Fact } from '../facts/fact.js';
import { isRefusal } from '../law/refusal.js';
import type { Refusal } from '../law/types.js';
import { withEditions } from '../offer/compile.js';
import type { CompiledOffer } from '../offer/types.js';
import { refuseScenario } from './refusal.js';
import type { ScenarioRules } from './run.js';
import type { Check, Pattern, Scenario } from './scenario.js';

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
    if (name === own.id)
      return refuseScenario('scenario.edition', `"${name}" is the edition that the contract is made under`, where);
    const edition =
      rules.editionAt?.(at) ?? refuseScenario('scenario.edition', 'no other editions are at hand here', where);
    if (isRefusal(edition)) return { ...edition, where: edition.where ?? where };
    editions.set(name, edition.edition);
    later.push(edition);
  }
  const offer = withEditions(own, later);
  return isRefusal(offer) ? { ...offer, where: `${file} editions` } : { offer, editions };
}

/** A fact that brings an edition, with the hash in place of the name. */
export function nameEdition(fact: Fact, editions: EditionNames): Fact | Refusal {
  const name = fact.data['edition'];
  if (!bringsEdition(fact.type) || name === undefined) return fact;
  const edition = editions.get(String(name));
  if (edition !== undefined) return { ...fact, data: { ...fact.data, edition } };
  return noEdition(String(name), editions, `${fact.id}.data.edition`);
}

/** A check with hashes in place of the names of editions; a refusal when it names one that is none: under `none` that would hold for ever. */
export function nameEditions(check: Check, editions: EditionNames): Check | Refusal {
  const unknown: string[] = [];
  const visit = (node: Pattern): Pattern => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, inner]: [string, Pattern]) => {
        if (name !== 'edition' || typeof inner !== 'string' || HASH.test(inner)) return [name, visit(inner)];
        if (!editions.has(inner)) unknown.push(inner);
        return [name, editions.get(inner) ?? inner];
      }),
    );
  };
  const named = { ...check, expected: visit(check.expected), none: check.none.map(visit) };
  return unknown[0] === undefined ? named : noEdition(unknown[0], editions, check.where);
}

const HASH = /^[0-9a-f]{64}$/;

const noEdition = (name: string, editions: EditionNames, where: string): Refusal =>
  refuseScenario('scenario.edition', `"${name}" is none of the editions: ${[...editions.keys()].join(', ')}`, where);
