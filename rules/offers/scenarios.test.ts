import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lawFor, loadPolicy, offerIds, OFFERS_FOLDER } from '../../compose/library.js';
import { simulate } from '../engine/index.js';
import { readScenario } from '../scenario/read.js';
import { runScenario } from '../scenario/run.js';

describe.each(offerIds())('%s', (id) => {
  const folder = join(OFFERS_FOLDER, id, 'scenarios');
  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('%s', (name) => {
    const file = join(folder, name);
    const scenario = readScenario(readFileSync(file, 'utf8'), `${id}/${name}`);
    if ('code' in scenario) throw new Error(`${scenario.code}: ${scenario.message} (${scenario.where})`);
    const result = runScenario(scenario, { simulate, lawFor, policyAt: loadPolicy });
    if ('code' in result) throw new Error(`${result.code}: ${result.message} (${result.where})`);
    expect(result.failures).toEqual([]);
  });
});
