import {
  deadlineOf,
  deriveDeadline,
  findCalendar,
  findZone,
  formatDay,
  isRefusal,
  parseInstant,
  parseTerm,
} from '../rules/law/index.js';
import type { AnyTerm, Calendar, CountingContext, Instant, Refusal, Zone } from '../rules/law/types.js';
import { sayDeadline } from '../rules/law/sentences.js';
import type { Exit } from './io.js';
import { readWords } from './due-args.js';
import { dueBatch } from './due-batch.js';

export interface DueArgs {
  readonly term?: string | undefined;
  readonly from?: string | undefined;
  readonly zone: string;
  readonly calendar: string;
  readonly batch: boolean;
  readonly json: boolean;
}

/** Where a command reads and writes; the process's own streams unless a test gives others. */
export interface Streams {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * `merzim due`: one term, or with `batch` a stream of them. Everything that ships with the calendar counts as known, so
 * the answer depends on the release and never on the day on which it is asked. Takes the words of the command line as they
 * are (the words of the term need no quotes), or what they mean. Resolves to the exit code: 0, or 2 for a
 * call that was wrong, with `code: sentence` on stderr.
 */
export async function due(given: DueArgs | readonly string[], streams: Streams = process): Promise<Exit> {
  const args = isWords(given) ? readDueArgs(given) : given;
  if (isRefusal(args)) return wrong(args, streams);
  const zone = findZone(args.zone);
  if (isRefusal(zone)) return wrong(zone, streams);
  const calendar = findCalendar(args.calendar);
  if (isRefusal(calendar)) return wrong(calendar, streams);
  if (args.batch) return dueBatch(zone, calendar, streams);

  const term = args.term === undefined ? missing('a term, for example "5 bank days"') : parseTerm(args.term);
  if (isRefusal(term)) return wrong(term, streams);
  const from = args.from === undefined ? missing('--from, an instant with its offset') : parseInstant(args.from, zone);
  if (isRefusal(from)) return wrong(from, streams);
  const answer = single(term, from, zone, calendar);
  streams.stdout.write(args.json ? `${JSON.stringify(answer)}\n` : text(answer));
  return 0;
}

const USAGE = 'merzim due "<term>" --from <instant> [--zone Z] [--calendar KZ] [--json], or merzim due --batch';

function readDueArgs(words: readonly string[]): DueArgs | Refusal {
  const read = readWords(words, ['from', 'zone', 'calendar'], ['batch', 'json'], USAGE);
  if (isRefusal(read)) return read;
  const { from, zone = 'Asia/Almaty', calendar = 'KZ', batch = false, json = false } = read.options as Partial<DueArgs>;
  const term = read.words.length === 0 ? undefined : read.words.join(' ');
  if (batch && term !== undefined)
    return { code: 'cli.usage', message: `--batch reads terms from stdin. Usage: ${USAGE}` };
  return { term, from, zone, calendar, batch, json };
}

const isWords = (given: DueArgs | readonly string[]): given is readonly string[] => Array.isArray(given);

/** Everything that ships is known: the end of the log. */
export function contextOf(zone: Zone, calendar: Calendar, opened: Instant): CountingContext {
  return { zone, calendar, asOf: Number.POSITIVE_INFINITY, knownAt: Number.POSITIVE_INFINITY, opened };
}

function single(term: AnyTerm, from: Instant, zone: Zone, calendar: Calendar) {
  const ctx = contextOf(zone, calendar, from);
  const start = { event: from };
  const deadline = deadlineOf(term, start, ctx);
  const derivation = deriveDeadline(term, start, ctx);
  return {
    term: derivation.term,
    from: zone.format(from),
    lastDay: deadline.lastDay === null ? null : formatDay(deadline.lastDay),
    due: deadline.due === null ? null : zone.format(deadline.due),
    provisional: deadline.provisional,
    derivation,
  };
}

function text({ derivation, provisional, ...answer }: ReturnType<typeof single>): string {
  const note = provisional ? '\nprovisional: a year without an official list of days off was asked for\n' : '';
  return `last day  ${answer.lastDay}\ndue       ${answer.due}\n\n${sayDeadline(derivation, 'en')}\n${note}`;
}

function missing(what: string): Refusal {
  return { code: 'cli.usage', message: `merzim due needs ${what}.` };
}

function wrong(refusal: Refusal, { stderr }: Streams): Exit {
  stderr.write(`${refusal.code}: ${refusal.message}\n`);
  return 2;
}
