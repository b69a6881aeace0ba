import { LINT_CODES } from './finding.js';

/** `docs/lint.md`: every finding that lint knows, how grave it is, and how a reading settles one. */
export function lintPage(): string {
  const rows = Object.entries(LINT_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# Lint',
    '',
    '`merzim offer lint <id or file>` shows where an offer contradicts itself, points at nothing, or cannot work. It exits 0 when a recorded',
    'reading settles every finding, else 1. An `error` that no reading settles stops publication; a `warning` is for a lawyer to look at.',
    '',
    '| code | severity | what it is |',
    '| --- | --- | --- |',
    ...rows.map(([code, [severity, meaning]]) => `| \`${code}\` | ${severity} | ${meaning} |`),
    '',
    '## What lint looks at',
    '',
    'The rules, and what the file records of the document beside them: `cites` (the numbers that a clause names, with `expects` and `means` where a',
    'reference misses), `slips` (words that cannot be meant), `says` (what a sentence says where the rule does not follow it), `columns` (where language columns differ),',
    '`other clauses` (numbers that have no entry). What is not recorded cannot be found: lint does not read the document itself.',
    '',
    '## Settling a finding',
    '',
    'A finding is mended in the text, or a `reading` at the clause says what was chosen and why, and names the finding under `settles`:',
    '',
    '- the code (`two-terms`): every finding of this kind about the clause of the reading;',
    '- the other clause (`"10.7"`): what stands between the two clauses;',
    '- `code:clause` (`two-terms:9.1`): from a reading that stands at any clause.',
    '',
    'A settled finding is still shown, with its reading. An entry that finds nothing is a finding itself.',
    '',
  ].join('\n');
}
