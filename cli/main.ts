import { processIo } from './io.js';
import { run } from './program.js';

// A reader that closes the pipe early (`merzim … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const exit = await run(process.argv.slice(2), processIo);
if (exit !== null) process.exitCode = exit;
