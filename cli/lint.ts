import './quick-schemas.js';
import { loadOffer } from '../compose/library.js';
import { isRefusal } from '../rules/law/refusal.js';
import { lintOffer, type Finding } from '../rules/offer/lint/index.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';

/** `merzim offer lint <id or file>`: 0 when a recorded reading silences every finding, else 1. */
export async function lint(io: Io, options: Answering, idOrFile: string): Promise<Exit> {
  const offer = loadOffer(idOrFile);
  if (isRefusal(offer)) return refuse(io, offer);
  const findings = lintOffer(offer);
  const open = findings.filter((finding) => !finding.silenced);
  answer(io, options, { findings }, () => [
    ...findings.flatMap(linesOf),
    `${findings.length} findings, ${findings.length - open.length} of them settled by a reading`,
  ]);
  return open.length === 0 ? 0 : 1;
}

function linesOf({ code, severity, clauses, message, reading }: Finding): string[] {
  const settled = reading === null ? [] : [`        settled at ${reading.clause}: ${reading.chosen} ${reading.why}`];
  return [
    `${reading === null ? severity : 'settled'}  ${code}  ${clauses.join(', ')}`,
    `        ${message}`,
    ...settled,
  ];
}
