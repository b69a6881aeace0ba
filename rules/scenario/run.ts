import type { Judgement, Law, Participant, View } from '../engine/types.js';
import type { Fact } from '../facts/fact.js';
import type { Refusal } from '../law/types.js';
import { readFacts } from '../facts/read.js';
import { isRefusal } from '../law/refusal.js';
import { declaredIn } from '../offer/declared.js';
import type { CompiledOffer } from '../offer/types.js';
import type { Policy } from '../policy/types.js';
import { loadPolicies } from './policies.js';
import { loadEditions, nameEdition, nameEditions } from './editions.js';
import { forbidden, mismatches, type Mismatch } from './match.js';
import type { Check, Performance, Scenario } from './scenario.js';

/** What running a scenario asks of the rules. */
export interface ScenarioRules {
  /** Runs a contract from its facts to a view as the live product would. */
  simulate(law: Law, facts: readonly Fact[], view: View, performance: Performance): Judgement;
  lawFor(offer: string, choice: { readonly policy: string; readonly participant: Participant }): Law | Refusal;
  /** A policy by name or file; without it scenarios know the one that they begin with. */
  policyAt?(nameOrFile: string): Policy | Refusal;
  /** An edition of an offer by id or file; without it scenarios know the offer's own only. */
  editionAt?(idOrFile: string): CompiledOffer | Refusal;
}

/** An expectation that does not hold. */
export interface Failure extends Mismatch {
  /** File, line and place of the check. */
  readonly where: string;
  readonly asOf: string;
  readonly knownAt: string;
}

/** What became of a scenario: counts of its checks, and each expectation that failed. */
export interface ScenarioResult {
  readonly title: string;
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

/** A scenario with its law, ready to be looked at from any view. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly law: Law;
  readonly facts: readonly Fact[];
}

/** Finds the law of a scenario and reads its facts under it. */
export function loadScenario(scenario: Scenario, rules: ScenarioRules): LoadedScenario | Refusal {
  const { policy, participant } = scenario;
  const own = rules.lawFor(scenario.offer, { policy, participant });
  if (isRefusal(own)) return { ...own, where: scenario.file };
  const named = loadEditions(scenario, own.offer, rules);
  if (isRefusal(named)) return named;
  const { offer, editions } = named;
  const facts = readFacts(scenario.facts, { zone: offer.zone, declared: declaredIn(offer), mode: 'scenario' });
  if (isRefusal(facts)) return inFile(facts, scenario);
  const adopted = facts.map((fact) => nameEdition(fact, editions));
  const wrong = adopted.find(isRefusal);
  if (wrong !== undefined) return inFile(wrong, scenario);
  const under = loadPolicies(scenario, adopted as readonly Fact[], rules);
  if (isRefusal(under)) return inFile(under, scenario);
  const checks = scenario.checks.map((check) => nameEditions(check, editions));
  const unnamed = checks.find(isRefusal);
  if (unnamed !== undefined) return unnamed;
  const law = { ...own, offer, policies: under.policies };
  return { scenario: { ...scenario, checks: checks as readonly Check[] }, law, facts: under.facts };
}

const inFile = ({ code, message, where }: Refusal, { file }: Scenario): Refusal => ({
  code,
  message: `${file}: ${message}`,
  where: `${file} ${where ?? ''}`.trim(),
});

/** Judges every check of a scenario. A refusal when its offer, policy or facts are not taken. */
export function runScenario(scenario: Scenario, rules: ScenarioRules): ScenarioResult | Refusal {
  const loaded = loadScenario(scenario, rules);
  if (isRefusal(loaded)) return loaded;
  const results = loaded.scenario.checks.map((check) => runCheck(check, loaded, rules));
  const failed = results.filter((failures) => failures.length > 0).length;
  const { title, file } = scenario;
  return { title, file, passed: results.length - failed, failed, failures: results.flat() };
}

function runCheck(check: Check, { scenario, law, facts }: LoadedScenario, rules: ScenarioRules): readonly Failure[] {
  const { outcome } = rules.simulate(law, facts, check, scenario.performance);
  const found = [
    ...mismatches(check.expected, outcome),
    ...check.none.flatMap((pattern) => forbidden(pattern, outcome)),
  ];
  const { asOf, knownAt } = outcome;
  return found.map((mismatch) => ({ where: check.where, asOf, knownAt, ...mismatch }));
}

/** The view that a simulation shows when nobody names one: of the last check, else of the last thing that became known. */
export function lastView({ scenario, facts }: LoadedScenario): View | null {
  const check = scenario.checks.at(-1);
  if (check !== undefined) return { asOf: check.asOf, knownAt: check.knownAt };
  if (facts.length === 0) return null;
  const last = Math.max(...facts.map((fact) => fact.recordedAt));
  return { asOf: last, knownAt: last };
}
