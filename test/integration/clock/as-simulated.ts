import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { adoptPolicy, appendFacts, ENGINE, outcomeOf, shippedLaws } from '../../../prisma/index.js';
import { loadPolicy } from '../../../compose/library.js';
import { simulate, type Outcome } from '../../../rules/engine/index.js';
import { isRefusal } from '../../../rules/law/index.js';
import { readScenario } from '../../../rules/scenario/read.js';
import { loadScenario } from '../../../rules/scenario/run.js';
import { freshRecord } from '../record/opened.js';
import { got, type Live, live, TENANT } from './live.js';

/**
 * A simulation runs as the live product would, so the live product must come out as the simulation: the same facts, told
 * to a contract on a test clock on real PostgreSQL and Temporal, when they became known, give the same outcome at every
 * view. A forecast (known before as of) is the simulation's alone.
 * @param path `edoc/11-bank-tells-late`
 * Answers false, and compares nothing, when a fact becomes known at the very instant of a waking: a simulation reads it before
 * it performs, while a clock that was moved there has performed by the time that the fact can be told.
 * @param on where it lives; a record and a worker of its own when not given
 */
export async function expectLivesAsSimulated(path: string, on?: Live): Promise<boolean> {
  const { scenario, law, facts } = load(path);
  const it = on ?? (await startLive());
  const { rec } = it;
  const instants = [...new Set(facts.map(({ recordedAt }) => recordedAt))].toSorted((a, b) => a - b);
  const { offer, policy, participant, performance } = scenario;
  const contract = await it.create({ offer, policy, participant, performance, testClock: instants[0]! });
  for (const instant of instants) {
    await it.move(contract, instant);
    if (
      (await it.recorded(contract)).some(({ type, recordedAt }) => type === 'effect.claimed' && recordedAt === instant)
    )
      return false;
    const known = facts.filter(({ recordedAt }) => recordedAt === instant);
    for (const { data } of known.filter(({ type }) => type === 'policy.adopted'))
      got(await adoptPolicy(rec, TENANT, contract, { policy: String(data['policy']) }));
    const told = known.filter(({ type }) => type !== 'policy.adopted');
    const inputs = told.map(({ recordedAt: _, at, ...fact }) => ({ ...fact, at: new Date(at).toISOString() }));
    got(await appendFacts(rec, TENANT, contract, inputs));
  }
  const end = Math.max(...scenario.checks.flatMap(({ asOf, knownAt }) => [asOf, knownAt]), instants.at(-1)!);
  await it.move(contract, end);
  const views = scenario.checks.filter(({ asOf, knownAt }) => knownAt >= asOf);
  expect(views.length).toBeGreaterThan(0);
  for (const { asOf, knownAt } of views) {
    const expected = simulate(law, facts, { asOf, knownAt }, performance).outcome;
    const lived = got(await outcomeOf(rec, TENANT, contract, { asOf, knownAt })).outcome;
    expect(inOrder(lived)).toEqual(inOrder(expected));
  }
  return true;
}

const laws = shippedLaws();

/** A record under the laws of the product, and a worker on it. */
export async function startLive(): Promise<Live> {
  const { rec } = await freshRecord({ laws, engine: ENGINE });
  const it = await live(undefined, undefined, rec);
  await it.work();
  return it;
}

function load(path: string) {
  const [offer = '', name = ''] = path.split('/');
  const file = new URL(`../../../rules/offers/${offer}/scenarios/${name}.yaml`, import.meta.url);
  const scenario = readScenario(readFileSync(file, 'utf8'), path);
  if (isRefusal(scenario)) throw new Error(scenario.message);
  const lawFor = (id: string, choice: { policy: string; participant: object }) => {
    const current = laws.current(id);
    return isRefusal(current) ? current : laws.lawFor({ offer: id, edition: current.edition, ...choice });
  };
  const loaded = loadScenario(scenario, { simulate, lawFor, policyAt: loadPolicy });
  if (isRefusal(loaded)) throw new Error(loaded.message);
  return loaded;
}

/** Lanes do not wait for each other, so what is done at one instant is written down in any order. */
const inOrder = (outcome: Outcome): Outcome => ({
  ...outcome,
  effects: outcome.effects.toSorted(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.generation - b.generation),
  ),
});
