import { appendFileSync, writeSync } from 'node:fs';

const STDERR = 2;
const [wanted = '', nth = '1'] = (process.env['MERZIM_CRASH_AT'] ?? '').split('@');
const list = process.env['MERZIM_CRASH_LIST'];
let left = Number(nth);

/**
 * A place where a test may kill this process, as a power cut would: `MERZIM_CRASH_AT=<name>` dies there the first
 * time, `<name>@3` the third time. `MERZIM_CRASH_LIST=<file>` writes down each place that is passed, one name a line, so
 * that a test can visit all of them. Without these variables, which production never sets, a call does nothing.
 */
export const crashPoint: (name: string) => void = wanted !== '' || list !== undefined ? pass : () => {};

function pass(name: string): void {
  if (list !== undefined) appendFileSync(list, `${name}\n`);
  if (name !== wanted || --left > 0) return;
  writeSync(STDERR, `crash point ${name}\n`);
  process.kill(process.pid, 'SIGKILL'); // no handler runs and nothing is flushed
}
