import { onTestFinished } from 'vitest';
import { buildApp } from '../../../api/app.js';
import type { App } from '../../../api/areas/area.js';
import { openClock } from '../../../api/clock.js';
import { readIdentities, type Identities } from '../../../api/identity.js';
import { simulatorHere } from '../../../api/simulator.js';
import { recordOf } from '../../../api/record.js';
import { run } from '../../../cli/program.js';
import { ENGINE, shippedLaws, type Rec } from '../../../prisma/index.js';
import { live, type Live } from '../clock/live.js';
import { freshRecord } from '../record/opened.js';

/** The HTTP interface, listening, on a record and a namespace of one test's own, with the offers as they ship. */
export interface Served {
  readonly app: App;
  readonly url: string;
  readonly live: Live;
  readonly rec: Rec;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, key?: string): Promise<Answer>;
  /** Runs `merzim` against this server. */
  merzim(...argv: string[]): Promise<{ readonly exit: number | null; readonly out: string; readonly err: string }>;
}

interface Answer {
  readonly status: number;
  // What an answer looks like is what the tests say of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** Sets it up, without a worker. */
export async function serve(tokens?: string): Promise<Served> {
  const { rec } = await freshRecord({ laws: shippedLaws(), engine: ENGINE });
  const stage = await live(undefined, true, rec);
  const clock = openClock({ address: stage.address, namespace: stage.namespace, timeoutMs: 50_000 });
  const identities = readIdentities(tokens) as Identities;
  const app = await buildApp({ record: recordOf(rec), clock, identities, simulator: simulatorHere });
  onTestFinished(async () => {
    await app.close();
    await clock.close();
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  };
  return {
    app,
    url,
    rec,
    live: stage,
    get: (path) => ask(path, {}),
    post: (path, body, key) => {
      const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
      return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    },
    async merzim(...argv) {
      const [out, err]: [string[], string[]] = [[], []];
      const exit = await run(argv, {
        env: { MERZIM_URL: url },
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        stdin: async () => '',
      });
      return { exit, out: out.join('\n'), err: err.join('\n') };
    },
  };
}
