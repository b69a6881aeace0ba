import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

const here = dirname(fileURLToPath(import.meta.url));
const compiled = import.meta.url.endsWith('.js');
/** Compiled code finds it one folder up, in `dist/`. */
const built = join(here, '..', ...(compiled ? [] : ['dist']), 'workflow-bundle.js');

/** Bundles the workflows into `path`. Done at build; the bundle belongs to the exact version of the SDK that made it. */
export async function writeBundle(path: string = built): Promise<string> {
  const { code } = await makeBundle();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}

/** The bundle that was made at build where there is one and the code is compiled, else one made now (about a second). */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  return compiled && existsSync(built) ? { codePath: built } : makeBundle();
}

const quiet = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };

let made: ReturnType<typeof bundleWorkflowCode> | undefined;

/** Once per process: the sources do not change under it. */
function makeBundle(): ReturnType<typeof bundleWorkflowCode> {
  const source = compiled ? 'index.js' : 'index.ts';
  return (made ??= bundleWorkflowCode({ workflowsPath: join(here, '..', 'workflows', source), logger: quiet }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await writeBundle());
