import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { offerIds, OFFERS_FOLDER } from '../compose/library.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { readScenario } from '../rules/scenario/read.js';
import { runScenario, type ScenarioResult } from '../rules/scenario/run.js';
import { answer, readText, refuse, type Answering, type Exit, type Io } from './io.js';
import { shipped } from './simulate.js';

/** `merzim scenario run [files…]`: runs the checks of each file, of all that ship with the offers when none is named. */
export async function runFiles(io: Io, options: Answering, ...named: readonly string[]): Promise<Exit> {
  const files = named.length > 0 ? named : shippedScenarios();
  if (files.length === 0)
    return refuse(io, { code: 'cli.no_scenarios', message: `there are no scenarios under ${OFFERS_FOLDER}` });
  const results: ScenarioResult[] = [];
  for (const file of files) {
    const result = await runFile(io, file);
    if (isRefusal(result)) return refuse(io, result);
    results.push(result);
    if (options.json !== true) for (const line of linesOf(result)) io.out(line);
  }
  const failed = results.filter((result) => result.failed > 0).length;
  const passed = results.length - failed;
  answer(io, options, { passed, failed, scenarios: results }, () => [`${passed} passed, ${failed} failed`]);
  return failed > 0 ? 1 : 0;
}

async function runFile(io: Io, file: string): Promise<ScenarioResult | Refusal> {
  const text = await readText(io, file);
  if (isRefusal(text)) return text;
  const scenario = readScenario(text, file);
  return isRefusal(scenario) ? scenario : runScenario(scenario, shipped);
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
