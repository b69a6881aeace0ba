import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { root } from '../../launch/root.js';

/** A whole product that a test has started. */
export interface Product {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  /** All that it has said so far, on both streams. */
  readonly said: () => string;
}

/** Starts the product as `npm start` does, with its data in `folder` and the API on `port`. */
export function startProduct(folder: string, port: number, env: Readonly<Record<string, string>> = {}): Product {
  const child = spawn(process.execPath, [join(root, 'bin', 'merzim'), 'start'], {
    env: {
      ...process.env,
      MERZIM_DATA: folder,
      PORT: String(port),
      TEMPORAL_CLI_PATH: inject('temporalProgram'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return { process: child, ended, said: () => said };
}

/** Waits until the product says that it runs; throws with all that it said when it ended instead. */
export async function ready(product: Product): Promise<void> {
  await until(() => product.said().includes('Ctrl-C') || product.process.exitCode !== null, 90_000);
  if (product.process.exitCode !== null) throw new Error(`it ended instead: ${product.said()}`);
}

/** Waits until something holds; throws when it does not within the time. */
export async function until(holds: () => boolean, timeoutMs: number): Promise<void> {
  for (const end = performance.now() + timeoutMs; !holds();) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
