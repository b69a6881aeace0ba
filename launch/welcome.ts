/** What the terminal shows when everything runs: where it is, and what to try next. */
export function welcome({ url, ui, folder }: { url: string; ui: string | null; folder: string }): string {
  return [
    '',
    'Merzim is running.',
    '',
    `  API          ${url}`,
    `  OpenAPI      ${url}/docs`,
    ...(ui === null ? [] : [`  Temporal UI  ${ui}`]),
    `  data, logs   ${folder}`,
    '',
    'Try next, in another terminal:',
    '',
    '  bin/merzim offer list',
    '  bin/merzim due "5 bank days" --from 2026-03-12T11:00:00+05:00',
    `  ${url === DEFAULT_URL ? '' : `MERZIM_URL=${url} `}bin/merzim contract list`,
    '',
    'Ctrl-C stops everything; the data stay.',
    '',
    '',
  ].join('\n');
}

/** Where the command line looks for a server when MERZIM_URL says nothing. */
const DEFAULT_URL = 'http://127.0.0.1:3000';
