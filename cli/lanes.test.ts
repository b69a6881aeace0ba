import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lawFor, OFFERS_FOLDER } from '../compose/library.js';
import { simulate } from '../rules/engine/index.js';
import { readScenario } from '../rules/scenario/read.js';
import { loadScenario } from '../rules/scenario/run.js';
import { laneLines } from './lanes.js';

it('draws what ran, how it ended and what is to come, one lane for each clause and subject', () => {
  const file = join(OFFERS_FOLDER, 'idocs/scenarios/02-nauryz-warning-and-block.yaml');
  const scenario = readScenario(readFileSync(file, 'utf8'), file);
  if ('code' in scenario) throw new Error(scenario.message);
  const loaded = loadScenario(scenario, { simulate, lawFor });
  if ('code' in loaded) throw new Error(loaded.message);
  const asOf = Date.parse('2026-03-29T12:00:00+05:00');
  const lines = laneLines(simulate(loaded.law, loaded.facts, { asOf, knownAt: asOf }).outcome);
  const lane = (name: string): string => lines.find((line) => line.trimStart().startsWith(name)) ?? '';
  expect(lane('4.6 INV-1')).toMatch(/━+✕$/);
  expect(lane('4.6/block INV-1')).toMatch(/━+╌*▷$/);
  expect(lane('14.1 contract')).toMatch(/━+╌+▷$/);
  // The mark of the day stands over the same column in which the past ends.
  const mark = (lines[3] as string).indexOf('▼');
  expect(lane('14.1 contract').lastIndexOf('━')).toBe(mark);
});
