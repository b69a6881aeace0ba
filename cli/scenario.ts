import './quick-schemas.js';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { offerIds, OFFERS_FOLDER } from '../compose/library.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { runScenario, type ScenarioResult } from '../rules/scenario/run.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { readFile, shipped } from './simulate.js';

/** A scenario that could not be run at all, and why. */
interface Unrun {
  readonly file: string;
  readonly refusal: Refusal;
}

/**
 * `merzim scenario run [files…]`: runs the checks of each file, of all that ship with the offers when none is named. A file
 * that cannot be read counts as failed and the others are run; the exit is 2 then, else 1 when an expectation failed.
 */
export async function runFiles(io: Io, options: Answering, ...named: readonly string[]): Promise<Exit> {
  const files = named.length > 0 ? named : shippedScenarios();
  if (files.length === 0)
    return refuse(io, { code: 'cli.no_scenarios', message: `there are no scenarios under ${OFFERS_FOLDER}` });
  const results: (ScenarioResult | Unrun)[] = [];
  for (const file of files) {
    const result = await runFile(io, file);
    results.push(result);
    if ('refusal' in result) refuse(io, result.refusal);
    else if (options.json !== true) for (const line of linesOf(result)) io.out(line);
  }
  const passed = results.filter((result) => 'failed' in result && result.failed === 0).length;
  const failed = results.length - passed;
  answer(io, options, { passed, failed, scenarios: results }, () => [`${passed} passed, ${failed} failed`]);
  if (results.some((result) => 'refusal' in result)) return 2;
  return failed > 0 ? 1 : 0;
}

async function runFile(io: Io, file: string): Promise<ScenarioResult | Unrun> {
  const scenario = await readFile(io, file);
  const result = isRefusal(scenario) ? scenario : runScenario(scenario, shipped);
  return isRefusal(result) ? { file, refusal: result } : result;
}

function shippedScenarios(): string[] {
  return offerIds().flatMap((id) => {
    const folder = join(OFFERS_FOLDER, id, 'scenarios');
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return names.sort().map((name) => relative(process.cwd(), join(folder, name)));
  });
}

function linesOf({ title, file, failed, passed, failures }: ScenarioResult): string[] {
  if (failed === 0) return [`ok    ${file}: ${title}`];
  return [
    `FAIL  ${file}: ${title} (${failed} of ${passed + failed} checks)`,
    ...failures.flatMap(({ where, asOf, knownAt, path, expected, got }) => [
      `        ${where} as of ${asOf}${knownAt === asOf ? '' : `, known at ${knownAt}`}: ${path}`,
      `          expected ${JSON.stringify(expected)}`,
      `          got      ${JSON.stringify(got)}`,
    ]),
  ];
}
