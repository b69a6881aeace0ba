import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { startChild, tailOf, type Child } from './child.js';
import { Failure } from './failure.mjs';
import { freePort, waitForPort } from './ports.js';

/** A running Temporal server of our own. */
export interface TemporalServer {
  readonly address: string;
  readonly port: number;
  /** Address of the web page; null when this server has none. */
  readonly ui: string | null;
  readonly child: Child;
  readonly stop: () => Promise<void>;
}

export interface TemporalServerOptions {
  readonly program: string;
  readonly log: string;
  readonly port?: number;
  /** The port of the web page; without it none is served. */
  readonly uiPort?: number;
  /** Where workflows are kept; without it they are gone with the server. */
  readonly file?: string;
  readonly namespaces?: readonly string[];
  /** Makes new search attributes usable at once, at a price: for tests. */
  readonly forTests?: boolean;
}

/** How often a start is tried: the server takes free ports for more than the one it is told, and another process may be quicker. */
const ATTEMPTS = 4;

/** Starts a Temporal server on 127.0.0.1 and waits until it accepts connections. Throws a Failure. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const port = options.port ?? (await freePort());
  if (options.file !== undefined) mkdirSync(dirname(options.file), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const child = startChild({
      name: 'Temporal',
      command: options.program,
      args: ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), ...flags(options)],
      log: options.log,
      signal: 'SIGTERM',
    });
    if (await waitForPort('127.0.0.1', port, 30_000, child.ended)) {
      const ui = options.uiPort === undefined ? null : `http://127.0.0.1:${options.uiPort}`;
      return { address: `127.0.0.1:${port}`, port, ui, child, stop: () => child.stop('SIGTERM', 10_000) };
    }
    await child.stop();
    const said = tailOf(options.log, 6);
    if (attempt === ATTEMPTS || !said.includes('address already in use'))
      throw new Failure('temporal.failed', { reason: said || 'it said nothing' });
  }
}

function flags(options: TemporalServerOptions): string[] {
  const page = options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)];
  const kept = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  return [
    ...page,
    ...['--log-level', 'warn'],
    ...(options.file === undefined ? [] : ['--db-filename', options.file, ...kept]),
    ...(options.namespaces ?? []).flatMap((name) => ['--namespace', name]),
    ...(options.forTests ? ['--dynamic-config-value', 'system.forceSearchAttributesCacheRefreshOnRead=true'] : []),
  ];
}
