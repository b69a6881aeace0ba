// Makes the clone ready and then runs the built program named by the first argument; without one it only builds.
import { Failure } from './failure.mjs';
import { root, setUp } from './setup.mjs';

try {
  await setUp();
  const [program] = process.argv.splice(2, 1);
  if (program !== undefined) await import(`${root}/dist/${program}`);
} catch (thrown) {
  if (!(thrown instanceof Failure)) throw thrown;
  process.stderr.write(`${thrown.code}: ${thrown.message}\n`);
  process.exitCode = 2;
}
