import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { offerFile } from '../compose/library.js';
import { run } from './program.js';

test.each(['lint', 'show', 'clauses'])('offer %s of a broken file says file, line and clause', async (command) => {
  const folder = mkdtempSync(join(tmpdir(), 'merzim-broken-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'offer.yaml');
  const text = readFileSync(offerFile('edoc'), 'utf8').replace('within: 5 bank days', 'within: 5 days');
  writeFileSync(file, text);
  const line = text.split('\n').findIndex((one) => one.includes('within: 5 days')) + 1;
  const [out, err]: [string[], string[]] = [[], []];
  const io = { env: {}, out: (one: string) => void out.push(one), err: (one: string) => void err.push(one) };
  const exit = await run(['offer', command, file, '--json'], { ...io, stdin: async () => '' });
  expect({ exit, out }).toEqual({ exit: 2, out: [] });
  expect(err).toEqual([
    expect.stringContaining(`term.bare_days: ${file}:${line} clauses["5.4"].rule.within: "5 days" does not say`),
  ]);
});
