import './quick-schemas.js';
import { dirname, resolve } from 'node:path';
import { lawFor, loadOffer, loadPolicy } from '../compose/library.js';
import { simulate as runContract } from '../rules/engine/index.js';
import type { View } from '../rules/engine/types.js';
import { parseInstant } from '../rules/law/instant.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { readScenario } from '../rules/scenario/read.js';
import type { Scenario } from '../rules/scenario/scenario.js';
import { lastView, loadScenario, type LoadedScenario, type ScenarioRules } from '../rules/scenario/run.js';
import { answer, readText, refuse, type Answering, type Exit, type Io } from './io.js';
import { outcomeLines } from './outcome.js';

/** The rules as they ship: what scenarios are run with here. */
export const shipped: ScenarioRules = { simulate: runContract, lawFor, editionAt: loadOffer, policyAt: loadPolicy };

/** The view that a call names. */
export interface Viewing {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** `merzim simulate <scenario.yaml or ->`: the outcome, as the public contract has it. */
export async function simulate(io: Io, options: Answering & Viewing, file: string): Promise<Exit> {
  const loaded = await load(io, file);
  if (isRefusal(loaded)) return refuse(io, loaded);
  const view = viewOf(options, loaded);
  if (isRefusal(view)) return refuse(io, view);
  const { outcome } = runContract(loaded.law, loaded.facts, view, loaded.scenario.performance);
  answer(io, options, outcome, () => outcomeLines(outcome));
  return 0;
}

/** Reads a scenario file (`-`: stdin) and finds its law. */
export async function load(io: Io, file: string): Promise<LoadedScenario | Refusal> {
  const scenario = await readFile(io, file);
  return isRefusal(scenario) ? scenario : loadScenario(scenario, shipped);
}

/** Reads a scenario file (`-`: stdin). Policies, offers and editions that it names as files stand beside it. */
export async function readFile(io: Io, file: string): Promise<Scenario | Refusal> {
  const text = await readText(io, file);
  if (isRefusal(text)) return text;
  const scenario = readScenario(text, file);
  if (isRefusal(scenario)) return scenario;
  const beside = (name: string): string =>
    /[/\\.]/.test(name) ? resolve(file === '-' ? '.' : dirname(file), name) : name;
  const allBeside = (files: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(files).map(([name, at]) => [name, beside(at)]));
  return {
    ...scenario,
    offer: beside(scenario.offer),
    policy: beside(scenario.policy),
    editions: allBeside(scenario.editions),
    policies: allBeside(scenario.policies),
  };
}

/** What is named, else the last check, else the last thing that became known; never the wall clock. */
export function viewOf({ asOf, knownAt }: Viewing, loaded: LoadedScenario): View | Refusal {
  const last = lastView(loaded);
  const at = asOf === undefined ? last?.asOf : parseInstant(asOf, loaded.law.offer.zone);
  if (at === undefined)
    return { code: 'cli.no_view', message: 'the scenario has neither checks nor facts: give --as-of' };
  if (isRefusal(at)) return at;
  const known = knownAt === undefined ? undefined : parseInstant(knownAt, loaded.law.offer.zone);
  if (isRefusal(known)) return known;
  return { asOf: at, knownAt: known ?? (asOf === undefined ? (last?.knownAt ?? at) : at) };
}
