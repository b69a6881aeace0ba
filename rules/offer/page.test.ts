import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { loadOffer, offerIds, OFFERS_FOLDER } from '../../compose/library.js';
import { isRefusal } from '../law/refusal.js';
import { offerPage, scenariosOf, type Told } from './page.js';
import type { CompiledOffer } from './types.js';

const DOCS = join(import.meta.dirname, '..', '..', 'docs', 'offers');

function shipped(id: string): CompiledOffer {
  const offer = loadOffer(id);
  if (isRefusal(offer)) throw new Error(`${offer.code}: ${offer.message} (${offer.where})`);
  return offer;
}

/** Every clause that stands in a check, wherever it stands. */
function clausesIn(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const one of node) clausesIn(one, found);
  else if (typeof node === 'object' && node !== null)
    for (const [name, value] of Object.entries(node))
      if (name === 'clause' && typeof value === 'string') found.add(value);
      else clausesIn(value, found);
  return found;
}

function scenarios(id: string): readonly Told[] {
  const folder = join(OFFERS_FOLDER, id, 'scenarios');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return names.map((name) => {
    const file = parse(readFileSync(join(folder, name), 'utf8')) as { title: string; checks?: unknown };
    return { file: `../../rules/offers/${id}/scenarios/${name}`, title: file.title, clauses: clausesIn(file.checks) };
  });
}

describe.each(offerIds())('docs/offers/%s.md', (id) => {
  it('is made from the offer (vitest -u writes it)', async () => {
    await expect(offerPage(shipped(id), scenarios(id))).toMatchFileSnapshot(join(DOCS, `${id}.md`));
  });

  it('has a scenario for every clause with a rule', () => {
    const told = scenarios(id);
    const without = shipped(id).clauses.filter(
      (clause) => clause.rules.length > 0 && scenariosOf(clause, told).length === 0,
    );
    expect(without.map((clause) => clause.ref)).toEqual([]);
  });
});
