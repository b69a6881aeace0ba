import { Command, CommanderError, Option } from 'commander';
import { addAmendments, addServer } from './server-program.js';
import { refuse, type Exit, type Io } from './io.js';

/** What a command does. */
export type Action<O> = (io: Io, options: O, ...args: string[]) => Promise<Exit | null>;

/**
 * Runs one call of `merzim` and gives its exit code; null when it goes on by itself (`start`). Every command is loaded
 * only when it is called, so that those without a server answer at once.
 */
export async function run(argv: readonly string[], io: Io): Promise<Exit | null> {
  const own = ownParsers[argv[0] ?? ''];
  if (own !== undefined) return own(argv.slice(1));
  let exit: Exit | null = 0;
  const program = makeProgram(io, (code) => (exit = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return refuse(io, { code: 'cli.usage', message: messageOf(error, argv) });
  }
  return exit;
}

/** What was wrong with a call. A group of commands that is called without one of them fails with no words of its own. */
const messageOf = ({ code, message }: CommanderError, argv: readonly string[]): string =>
  code === 'commander.help'
    ? `which command? "${['merzim', ...argv, '--help'].join(' ')}" names them`
    : message.replace(/^error: /, '');

/** Commands that read their arguments themselves: a term has many words, and a batch of them must start at once. */
const ownParsers: Readonly<Record<string, (args: readonly string[]) => Promise<Exit>>> = {
  due: async (args) => (await import('./due.js')).due(args),
  calendar: async (args) => (await import('./calendar.js')).calendar(args),
};

function makeProgram(io: Io, done: (exit: Exit | null) => void): Command {
  const program = new Command('merzim').description('Runs public offers: every clause is a clock.');
  program.configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: () => undefined }).exitOverride();

  const group = (name: string, description: string): Command => program.command(name).description(description);
  const add = <O>(parent: Command, usage: string, description: string, load: () => Promise<Action<O>>): Command => {
    const command = parent.command(usage).description(description).option('--json', 'one JSON document on stdout');
    return command.action(async (...given: unknown[]) => {
      const args = given.slice(0, -2).flat() as string[];
      done(await (await load())(io, given.at(-2) as O, ...args));
    });
  };

  add(program, 'start', 'the whole product on embedded parts', async () => (await import('./start.js')).start);
  program.command('due').description('one term, or with --batch a stream of them');
  program.command('calendar').description('days off, moved days, counts: calendar show <year>');

  const offer = group('offer', 'offers and their clauses');
  add(offer, 'list', 'the offers', async () => (await import('./offer.js')).list);
  add(offer, 'show <id>', 'one offer', async () => (await import('./offer.js')).show);
  add(offer, 'clauses <id>', 'one row per clause', async () => (await import('./offer.js')).clauses);
  add(offer, 'lint <offer>', 'what a lawyer should look at', async () => (await import('./lint.js')).lint);
  add(offer, 'diff <a> <b>', 'what changes from one edition to another', async () => (await import('./diff.js')).diff);

  const asOf = new Option('--as-of <instant>', 'the state at this instant');
  const knownAt = new Option('--known-at <instant>', 'as it was known then; by default as of the same instant');
  const language = new Option('--lang <language>', 'language of the sentences')
    .choices(['kk', 'ru', 'en'])
    .default('en');
  add(program, 'simulate <scenario>', 'the outcome of a scenario', async () => (await import('./simulate.js')).simulate)
    .addOption(asOf)
    .addOption(knownAt);
  add(program, 'why <scenario-or-key> [key]', 'the proof of an effect', async () => (await import('./why.js')).why)
    .addOption(asOf)
    .addOption(knownAt)
    .addOption(language)
    .option('--contract <id>', 'of a live contract, in place of a scenario');
  add(group('scenario', 'scenario files'), 'run [files...]', 'checks what scenarios expect', async () => {
    return (await import('./scenario.js')).runFiles;
  });

  const journal = group('journal', 'exported journals, and heads that were signed');
  add(journal, 'verify <file>', 'checks a journal offline', async () => (await import('./journal.js')).verify);
  add(
    journal,
    'heads <file>',
    'checks the database by signed heads',
    async () => (await import('./heads.js')).heads,
  ).requiredOption('--key <file>', 'the Ed25519 key in PEM, or its public half');

  addServer(program, add, asOf, knownAt);
  addAmendments(offer, add);
  return program;
}
