/**
 * `npm test`: makes the clone ready, finds a Temporal server, runs the tests and prints the summary last, as a line
 * `N passed, N failed` of its own. Arguments go on to vitest; `--long` runs the long tests too, with more cases.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { root, setUp } from './setup.mjs';

/** What a user has set for the product must not lead the tests to the user's servers and data. */
const OF_THE_USER =
  /^(DATABASE_.*|TEMPORAL_ADDRESS|TEMPORAL_NAMESPACE|MERZIM_(DATA|URL|TOKEN|TOKENS|RULES|UNDO_.*|SIGNING_KEY|CRASH_.*)|ACCESS_WEBHOOK_.*|SMTP_URL|HOST|PORT)$/;

const args = process.argv.slice(2);
const long = args.includes('--long');
const broken = [];
await attempt(() => setUp());
const temporal = await attempt(async () => {
  const { findTemporal } = await import(`${root}/dist/launch/temporal-program.js`);
  return findTemporal((line) => process.stderr.write(`${line}\n`));
});
const counts = await runVitest(projects());
summarise(counts);

/** A failure here is one failed test; the tests that can run still run, so that one sees more than the first thing. */
async function attempt(work) {
  try {
    return await work();
  } catch (thrown) {
    broken.push(thrown instanceof Failure || 'code' in thrown ? `${thrown.code}: ${thrown.message}` : thrown.stack);
    process.stderr.write(`${broken.at(-1)}\n`);
    return null;
  }
}

function projects() {
  if (args.some((each) => each.startsWith('--project'))) return [];
  const wanted = temporal === null ? ['unit'] : ['unit', 'integration', ...(long ? ['long'] : [])];
  return wanted.flatMap((name) => ['--project', name]);
}

/**
 * Property tests: always the same cases, so that a run is red only when the code is; the long run draws new ones, many more
 * (some 200,000 over all properties).
 */
function casesOf(env) {
  if (long) return { MERZIM_RUNS: env.MERZIM_RUNS ?? '3000' };
  return env.MERZIM_RUNS === undefined ? { MERZIM_SEED: env.MERZIM_SEED ?? '20260302' } : {};
}

function runVitest(chosen) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'merzim-summary-'));
  const file = join(folder, 'counts.json');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_USER.test(name)));
  const reporters = ['--reporter=default', `--reporter=${join(root, 'launch', 'counts.mjs')}`];
  const rest = [...reporters, ...chosen, ...args.filter((each) => each !== '--long')];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, 'run', ...rest], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...env, MERZIM_COUNTS: file, ...casesOf(env) },
    });
    process.on('SIGINT', () => {}); // vitest has it too and stops its servers; we wait for that
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', (error) => broken.push(error.message));
    child.once('close', (code, signal) => {
      const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
      rmSync(folder, { recursive: true });
      if (code !== 0 && found.failed === 0) broken.push(`vitest ended with ${signal ?? `exit code ${code}`}`);
      resolve(found);
    });
  });
}

function summarise({ passed, failed, skipped }) {
  if (passed + failed === 0 && broken.length === 0) broken.push('no test ran');
  const bad = failed + broken.length;
  process.exitCode = bad === 0 ? 0 : 1;
  const reasons = broken.map((each) => `${each}\n`).join('');
  process.stdout.write(`\n${reasons}${passed} passed, ${bad} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
}
