import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** How a child process that was given a crash point ended. */
export interface Crash {
  /** It died at the point. False: it never came there, and ended as `code` says. */
  readonly crashed: boolean;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CrashOptions {
  /** Built JavaScript, for example `dist/test/support/…`; the launcher and `npm test` have built it. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/**
 * Runs a Node program that dies as by a power cut at the named crash point, at its `nth` passing.
 * Rejects when it neither dies nor ends in `timeoutMs` (default 60 seconds); it is killed then.
 */
export function runUntilCrash(point: string, options: CrashOptions, nth = 1): Promise<Crash> {
  return run(options, { MERZIM_CRASH_AT: `${point}@${nth}` }, `crash point ${point}\n`);
}

/** Runs the program to its end and gives every crash point that it passed, in order, repetitions included. */
export async function listCrashPoints(options: CrashOptions): Promise<readonly string[]> {
  const list = join(tmpdir(), `merzim-crash-${randomUUID()}`);
  try {
    const { code, stderr } = await run(options, { MERZIM_CRASH_LIST: list }, '');
    if (code !== 0) throw new Error(`the program failed without a crash point: ${stderr}`);
    return existsSync(list) ? readFileSync(list, 'utf8').trimEnd().split('\n') : [];
  } finally {
    rmSync(list, { force: true });
  }
}

function run(options: CrashOptions, extra: Record<string, string>, mark: string): Promise<Crash> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.script, ...(options.args ?? [])], {
      env: { ...process.env, ...options.env, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timeoutMs = options.timeoutMs ?? 60_000;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${options.script} neither crashed nor ended in ${timeoutMs} ms: ${stderr}`));
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ crashed: mark !== '' && signal === 'SIGKILL' && stderr.includes(mark), code, stdout, stderr });
    });
  });
}
