import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lawFor } from '../../compose/library.js';
import { simulate } from '../engine/index.js';
import { isRefusal } from '../law/refusal.js';
import { readScenario } from '../scenario/read.js';
import { runScenario } from '../scenario/run.js';
import { compileOffer } from './compile.js';

const FOLDER = fileURLToPath(new URL('../../test/fixtures/rental/', import.meta.url));
const FILE = join(FOLDER, 'offer.yaml');
const SCENARIOS = join(FOLDER, 'scenarios');

describe('an offer that no line of code knows', () => {
  const compiled = compileOffer(readFileSync(FILE, 'utf8'), FILE);
  if (isRefusal(compiled)) throw new Error(`${compiled.code}: ${compiled.message} (${compiled.where})`);

  it('compiles, each clause with a rule or with a reason', () => {
    expect(compiled.clauses).toHaveLength(20);
    expect(compiled.clauses.filter((clause) => clause.why !== null).map((clause) => clause.ref)).toEqual(['1.2']);
  });

  it('brings functions and facts of its own', () => {
    expect(compiled.functions).toEqual(['portal', 'ignition', 'telemetry', 'archive']);
    expect(compiled.declared.map((fact) => fact.type)).toContain('machine.handed');
  });

  it.each(readdirSync(SCENARIOS))('%s', (name) => {
    const scenario = readScenario(readFileSync(join(SCENARIOS, name), 'utf8'), name);
    if (isRefusal(scenario)) throw new Error(`${scenario.code}: ${scenario.message} (${scenario.where})`);
    const result = runScenario(scenario, { simulate, lawFor: (_offer, choice) => lawFor(FILE, choice) });
    if (isRefusal(result)) throw new Error(`${result.code}: ${result.message} (${result.where})`);
    expect(result.failures).toEqual([]);
    expect(result.passed).toBeGreaterThan(0);
  });
});
