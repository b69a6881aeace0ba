import { Command, CommanderError, Option } from 'commander';
import { refuse, type Exit, type Io } from './io.js';

type Action<O> = (io: Io, options: O, ...args: string[]) => Promise<Exit | null>;

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
    return refuse(io, { code: 'cli.usage', message: error.message.replace(/^error: /, '') });
  }
  return exit;
}

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

  const asOf = new Option('--as-of <instant>', 'the state at this instant');
  const knownAt = new Option('--known-at <instant>', 'as it was known then; by default as of the same instant');
  add(program, 'simulate <scenario>', 'the outcome of a scenario', async () => (await import('./simulate.js')).simulate)
    .addOption(asOf)
    .addOption(knownAt);
  add(group('scenario', 'scenario files'), 'run [files...]', 'checks what scenarios expect', async () => {
    return (await import('./scenario.js')).runFiles;
  });

  addServer(program, add, asOf, knownAt);
  return program;
}

type Add = <O>(parent: Command, usage: string, description: string, load: () => Promise<Action<O>>) => Command;

function addServer(program: Command, add: Add, asOf: Option, knownAt: Option): void {
  const contract = program.command('contract').description('contracts on a running server (MERZIM_URL)');
  add(contract, 'create', 'makes a contract', async () => (await import('./contract.js')).create)
    .requiredOption('--offer <id>', 'the offer')
    .option('--participant <json or file>', 'who the participant is')
    .option('--policy <policy>', 'automatic, ask, leave or the name of a policy')
    .option('--edition <hash>', 'an edition of the offer; by default the newest')
    .option('--external-id <id>', 'your own name for it')
    .option('--test-clock <instant>', 'a contract whose clock you move yourself')
    .option('--performance <json or file>', 'how effects of a test-clock contract are performed')
    .option('--idempotency-key <key>', 'the same key is the same request');
  add(contract, 'list', 'the contracts', async () => (await import('./contract.js')).list)
    .option('--offer <id>')
    .addOption(new Option('--state <state>').choices(['offered', 'active', 'suspended', 'ended']))
    .option('--external-id <id>')
    .option('--after <cursor>')
    .option('--limit <n>');
  add(contract, 'show <id>', 'the outcome', async () => (await import('./contract.js')).show)
    .addOption(asOf)
    .addOption(knownAt);
  add(contract, 'facts <id>', 'its facts', async () => (await import('./contract.js')).facts)
    .option('--after <seq>')
    .option('--limit <n>');
  add(contract, 'clock <id> <to>', 'moves a test clock', async () => (await import('./contract.js')).clock).option(
    '--idempotency-key <key>',
    'the same key is the same request',
  );
  add(program.command('fact').description('facts'), 'add <contract> [type]', 'tells a fact', async () => {
    return (await import('./fact.js')).add;
  })
    .option('--at <instant>', 'when it happened')
    .option('--on <day>', 'the day on which it happened')
    .option('--id <id>', 'your own id of it')
    .option('--subject <subject>', 'the invoice, act, claim … it is about')
    .option('--by <who>', 'who reports it')
    .option('--data <json>', 'what there is to say about it')
    .option('--file <file>', 'a fact or a list of them, YAML or JSON; - for stdin')
    .option('--idempotency-key <key>', 'the same key is the same request');

  const cases = program.command('case').description('what waits for a person');
  add(cases, 'list', 'open cases', async () => (await import('./case.js')).list)
    .option('--contract <id>')
    .option('--after <cursor>')
    .option('--limit <n>');
  add(
    cases,
    'decide <contract> <right> <decision>',
    'uses or declines a right',
    async () => (await import('./case.js')).decide,
  )
    .requiredOption('--reason <words>', 'why')
    .option('--effective <day>', 'the day from which it counts')
    .option('--idempotency-key <key>', 'the same key is the same request');
}
