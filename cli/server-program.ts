import { Option, type Command } from 'commander';
import type { Action } from './program.js';

/** Adds a command under another; it is loaded when it is called. */
export type Add = <O>(parent: Command, usage: string, description: string, load: () => Promise<Action<O>>) => Command;

/** The commands that talk to a running server. */
export function addServer(program: Command, add: Add, asOf: Option, knownAt: Option): void {
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
  add(
    contract,
    'adopt <id>',
    'lets it come under an edition of its offer',
    async () => (await import('./contract.js')).adopt,
  )
    .requiredOption('--reason <words>', 'why')
    .option('--edition <hash>', 'an edition of the offer; by default the newest')
    .option('--from <instant>', 'from when on it holds; by default from now on, never ahead')
    .option('--idempotency-key <key>', 'the same key is the same request');
  add(
    contract,
    'policy <id> <policy>',
    "lets another policy decide on the operator's rights from now on",
    async () => (await import('./contract.js')).policy,
  )
    .requiredOption('--reason <words>', 'why')
    .option('--idempotency-key <key>', 'the same key is the same request');
  add(
    contract,
    'replay <id>',
    'judges its journal again, here',
    async () => (await import('./replay.js')).replayContract,
  )
    .addOption(asOf)
    .addOption(knownAt);
  add(
    contract,
    'drifts <id>',
    'where a new engine judged its past otherwise, line by line',
    async () => (await import('./drifts.js')).drifts,
  );
  add(
    contract,
    'release <id>',
    'lets it go on after a person has looked at a drift or a wave of undoings',
    async () => (await import('./drifts.js')).release,
  )
    .requiredOption('--reason <words>', 'why')
    .addOption(
      new Option('--of <what>', 'what is let go; by default a drift, and a wave where there is none').choices([
        'drift',
        'wave',
      ]),
    )
    .option('--idempotency-key <key>', 'the same key is the same request');
  add(contract, 'verify <id>', 'checks its journal, here', async () => (await import('./journal.js')).verifyContract);

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
    'decide <contract> <key> <decision>',
    'used or declined; of an effect: performed, confirmed, refused or failed',
    async () => (await import('./case.js')).decide,
  )
    .requiredOption('--reason <words>', 'why')
    .option('--effective <day>', 'the day from which it counts')
    .option('--idempotency-key <key>', 'the same key is the same request');
}

/** The commands that bring a changed offer to its contracts. */
export function addAmendments(offer: Command, add: Add): void {
  add(
    offer,
    'amend <offer>',
    'brings an edition to all its contracts on a running server',
    async () => (await import('./amendment.js')).amend,
  )
    .requiredOption('--name <name>', 'what you call it: the subject of the amendment')
    .option('--edition <hash>', 'by default the newest')
    .option('--effective <instant>', 'the instant that the publication names')
    .addOption(new Option('--kind <kind>', 'what changes').choices(['terms', 'tariff']))
    .option('--law', 'it follows from a law')
    .option('--adopt <words>', 'it is no amendment but holds by decision; why')
    .option('--from <instant>', 'with --adopt: from when on; by default now')
    .option('--per-second <n>', 'contracts a second; by default 20')
    .option('--idempotency-key <key>', 'the same key is the same request');
  add(
    offer,
    'amendment <offer> <name>',
    'how far a change has come',
    async () => (await import('./amendment.js')).amendment,
  )
    .addOption(new Option('--pause', 'let it wait').conflicts('resume'))
    .option('--resume', 'let it go on')
    .option('--per-second <n>', 'contracts a second');
}
