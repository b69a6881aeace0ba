import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './root.js';

interface Finding {
  readonly filename: string;
  readonly code: string;
}

const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');

function lint(folder: string): readonly Finding[] {
  const run = spawnSync(process.execPath, [oxlint, '-f', 'json', '--deny-warnings'], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0 && run.status !== 1) throw new Error(`oxlint did not run: ${run.stdout}${run.stderr}`);
  return (JSON.parse(run.stdout) as { diagnostics: readonly Finding[] }).diagnostics;
}

/** Where, what, and the rule that must see it. */
const VIOLATIONS: readonly (readonly [path: string, source: string, rule: string])[] = [
  ['rules/date-now.ts', 'export const now = () => Date.now();', 'merzim(pure)'],
  ['rules/date-now-in-brackets.ts', "export const now = () => Date['now']();", 'merzim(pure)'],
  ['rules/new-date.ts', 'export const now = () => new Date();', 'merzim(pure)'],
  ['rules/date-call.ts', 'export const now = () => Date();', 'merzim(pure)'],
  ['rules/date-alias.ts', 'const Clock = Date;\nexport const now = () => new Clock();', 'merzim(pure)'],
  ['rules/date-destructured.ts', 'const { now } = Date;\nexport const at = () => now();', 'merzim(pure)'],
  ['rules/global-date.ts', 'export const now = () => globalThis.Date.now();', 'merzim(pure)'],
  ['rules/random.ts', 'export const dice = () => Math.random();', 'merzim(pure)'],
  ['rules/random-alias.ts', 'const { random } = Math;\nexport const dice = () => random();', 'merzim(pure)'],
  ['rules/async.ts', 'export async function later() {}', 'merzim(pure)'],
  ['rules/async-arrow.ts', 'export const later = async () => 1;', 'merzim(pure)'],
  ['rules/promise.ts', 'export const later = () => Promise.resolve(1);', 'merzim(pure)'],
  ['rules/process.ts', 'export const zone = () => process.env.TZ;', 'merzim(pure)'],
  ['rules/crypto.ts', 'export const id = () => crypto.randomUUID();', 'merzim(pure)'],
  ['rules/timer.ts', 'export const soon = (f: () => void) => setTimeout(f, 1);', 'merzim(pure)'],
  ['rules/state.ts', 'let count = 0;\nexport const next = () => (count += 1);', 'merzim(pure)'],
  ['rules/exported-state.ts', 'export let count = 0;\nexport const next = () => (count += 1);', 'merzim(pure)'],
  ['rules/dynamic.ts', "export const load = () => import('./pure.js');", 'merzim(pure)'],
  [
    'rules/node.ts',
    "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
    'import(no-nodejs-modules)',
  ],
  [
    'rules/deep/upward.ts',
    "import { x } from '../../prisma/x.js';\nexport const y = x;",
    'eslint(no-restricted-imports)',
  ],
  ['rules/luxon.ts', "import { DateTime } from 'luxon';\nexport const y = DateTime;", 'eslint(no-restricted-imports)'],
  [
    'workflows/engine.ts',
    "import { judge } from '../rules/engine.js';\nexport const y = judge;",
    'no-restricted-imports)',
  ],
  ['prisma/up.ts', "import { x } from '../api/x.js';\nexport const y = x;", 'eslint(no-restricted-imports)'],
  ['activities/up.ts', "import { x } from '../worker/x.js';\nexport const y = x;", 'eslint(no-restricted-imports)'],
  ['api/cycle-a.ts', "import { b } from './cycle-b.js';\nexport const a = () => b;", 'import(no-cycle)'],
  ['api/any.ts', 'export const loose = (x: any) => String(x);', 'typescript(no-explicit-any)'],
];

const LAWFUL: readonly (readonly [path: string, source: string])[] = [
  ['rules/pure.ts', 'export const dayOf = (ms: number) => new Date(ms).getUTCDay();'],
  ['rules/utc.ts', 'export const at = (y: number) => Date.UTC(y, 0, 1);'],
  ['rules/math.ts', 'export const round = (x: number) => Math.floor(x);'],
  ['rules/own-name.ts', 'export const f = (process: { step: number }) => process.step;'],
  ['rules/field.ts', 'export const f = (fact: { Date: string }) => fact.Date;'],
  ['workflows/types.ts', "import type { Outcome } from '../rules/outcome.js';\nexport const f = (o: Outcome) => o;"],
  ['api/cycle-b.ts', "import { a } from './cycle-a.js';\nexport const b = () => a;"], // the other half of the cycle
];

describe('what lint must see', () => {
  let folder = '';
  let findings: readonly Finding[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'merzim-lint-'));
    for (const each of ['.oxlintrc.json', 'lint']) cpSync(join(root, each), join(folder, each), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, source] of [...VIOLATIONS, ...LAWFUL]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${source}\n`);
    }
    findings = lint(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const codesOf = (path: string): readonly string[] =>
    findings.filter(({ filename }) => filename.replaceAll('\\', '/').endsWith(path)).map(({ code }) => code);

  test.each(VIOLATIONS)('%s breaks a rule', (path, _source, rule) => {
    expect(codesOf(path).some((code) => code.endsWith(rule))).toBe(true);
  });

  test.each(LAWFUL.slice(0, -1))('%s breaks none', (path) => {
    expect(codesOf(path)).toEqual([]);
  });
});

test('the tree of the project breaks no rule', () => {
  expect(lint(root).map(({ filename, code }) => `${filename}: ${code}`)).toEqual([]);
});
