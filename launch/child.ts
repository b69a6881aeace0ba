import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A server that runs as a child of this process. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** Settles when the process has ended, never rejects; says how. */
  readonly ended: Promise<string>;
  /** Sends the signal, after `patienceMs` a SIGKILL, and waits for the end. Twice is harmless. */
  readonly stop: (signal?: NodeJS.Signals, patienceMs?: number) => Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs as this user; only root can. */
  readonly uid?: number;
  readonly gid?: number;
  /** The signal that asks it to end. */
  readonly signal: NodeJS.Signals;
  /** The one it gets when this process was killed hard; by default the same. */
  readonly orphanSignal?: NodeJS.Signals;
  /** A folder that goes with it when this process is killed hard. */
  readonly scratch?: string;
  /** Signals go to everything it started as well: for compilers, not for servers that end their own children. */
  readonly wholeGroup?: boolean;
}

/**
 * Starts a server in a process group of its own, so that Ctrl-C reaches this process only and the order of
 * stopping is ours. Its output goes to a file: a pipe would hang or break when this process dies.
 */
export function startChild(options: ChildOptions): Child {
  const output = openLog(options.log);
  const child = spawn(options.command, options.args, {
    stdio: ['ignore', output, output],
    detached: true,
    ...(options.env ? { env: options.env } : {}),
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  closeSync(output);
  const pid = child.pid ?? 0;
  const watchdog =
    pid === 0
      ? null
      : watch(options.wholeGroup ? -pid : pid, options.orphanSignal ?? options.signal, options.scratch ?? '');
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).then((how) => {
    watchdog?.kill('SIGKILL'); // before the number can belong to another process
    return how;
  });
  return { name: options.name, pid, log: options.log, ended, stop: stopper(child, ended, options) };
}

/** Runs a program to its end, watched over like a server. Rejects with its last words when it fails. */
export async function runToEnd(options: ChildOptions, onStart: (child: Child) => void = () => {}): Promise<void> {
  rmSync(options.log, { force: true }); // the words of an earlier try are not the words of this one
  const child = startChild(options);
  onStart(child);
  const how = await child.ended;
  if (how !== 'exit code 0') throw new Error(`${how}: ${tailOf(options.log, 2).slice(-300)}`);
}

/** The last lines of a log, for a message. */
export function tailOf(file: string, lines = 12): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Ends the process when this one dies, however it dies: the pipe to the watchdog's stdin closes, it asks, waits
 * ten seconds, and kills.
 */
function watch(pid: number, signal: NodeJS.Signals, scratch: string): ChildProcess {
  const script =
    'trap "" INT TERM HUP; cat >/dev/null; kill -s "$2" -- "$1" 2>/dev/null; n=0; ' +
    'while [ $n -lt 50 ] && kill -s 0 -- "$1" 2>/dev/null; do sleep 0.2; n=$((n+1)); done; kill -s KILL -- "$1" 2>/dev/null; ' +
    'if [ -n "$3" ]; then sleep 0.2; rm -rf -- "$3"; fi';
  const watchdog = spawn('sh', ['-c', script, 'watchdog', String(pid), signal.slice(3), scratch], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.once('error', () => process.emitWarning(`process ${pid} has no watchdog: there is no sh on PATH`));
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void } | null)?.unref();
  return watchdog;
}

function stopper(child: ChildProcess, ended: Promise<string>, options: ChildOptions): Child['stop'] {
  const send = (signal: NodeJS.Signals): void => {
    if (options.wholeGroup && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  };
  return async (signal = options.signal, patienceMs = 15_000) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    send(signal);
    const timer = setTimeout(() => send('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(timer);
  };
}

const LOG_LIMIT_BYTES = 20_000_000;

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`);
  return openSync(file, 'a');
}
