/** The command line's part of the one catalogue of errors. */
export const CLI_REFUSALS = {
  'cli.usage': 'The command was not called as it is meant to be.',
  'cli.file': 'A file cannot be read.',
  'cli.database': 'The command looks into the database, and DATABASE_URL does not name it.',
  'cli.key': 'A file holds no key of the kind that is needed.',
  'cli.json': 'Text that must be JSON is none.',
  'cli.no_view':
    'There is nothing to show a state of: the scenario has neither checks nor facts, and no --as-of was given.',
  'cli.no_scenarios': 'No scenario files were found.',
  'server.unreachable': 'The server at MERZIM_URL does not answer.',
  'server.unexpected': 'The server at MERZIM_URL answered something that it never should.',
} as const;

/** A code of the command line. */
export type CliCode = keyof typeof CLI_REFUSALS;
