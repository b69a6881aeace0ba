import type { Calendar, Zone } from '../rules/law/types.js';
import type { Streams } from './due.js';
import type { Exit } from './io.js';
import { lineReader } from './due-line.js';

/** A line longer than this is refused and not kept: no term needs it. */
const LONGEST_LINE = 1 << 20;

/**
 * JSON Lines in, JSON Lines out, one for one and in order; a bad line gives an error line and the stream goes on. Input
 * is cut by hand from large chunks and answers go out in large chunks; when the reader of the output is slow, reading waits.
 */
export async function dueBatch(zone: Zone, calendar: Calendar, { stdin, stdout }: Streams): Promise<Exit> {
  const answer = lineReader(zone, calendar);
  const tooLong = answer.refused('due.line_too_long', `A line is longer than ${LONGEST_LINE} bytes.`);
  let failure: NodeJS.ErrnoException | undefined;
  const stop = (error: NodeJS.ErrnoException): void => {
    failure = error;
  };
  stdout.on('error', stop);
  let rest = '';
  let skipping = false;
  try {
    for await (const chunk of stdin) {
      // One byte, one character: cheap to scan, and lines that are more than ASCII are decoded when they are read.
      const input = rest + (typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1');
      let out = '';
      let start = 0;
      for (let end = input.indexOf('\n', start); end !== -1; end = input.indexOf('\n', start)) {
        if (skipping) skipping = false;
        else out += answer.line(input, start, end);
        start = end + 1;
      }
      rest = skipping ? '' : input.slice(start);
      if (rest.length > LONGEST_LINE) {
        out += tooLong;
        rest = '';
        skipping = true;
      }
      if (out !== '' && !stdout.write(out)) await writable(stdout);
      if (failure !== undefined) break;
    }
    if (failure === undefined && rest !== '') stdout.write(answer.line(rest, 0, rest.length));
    // EPIPE: the reader has gone (`merzim due --batch | head`), and nobody is left to be told.
    if (failure !== undefined && failure.code !== 'EPIPE') throw failure;
    return 0;
  } finally {
    stdout.removeListener('error', stop);
  }
}

/** Resolves when the stream takes more, or never will. */
function writable(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, go);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) stream.on(event, go);
  });
}
