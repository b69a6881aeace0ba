import './quick-schemas.js';
import { loadOffer, offerIds } from '../compose/library.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import type { CompiledOffer } from '../rules/offer/types.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { clauseRows, offerRow } from './offer-rows.js';
import { table } from './table.js';

/** `merzim offer list`: the offers that ship with the product. */
export async function list(io: Io, options: Answering): Promise<Exit> {
  const offers: CompiledOffer[] = [];
  for (const id of offerIds()) {
    const offer: CompiledOffer | Refusal = loadOffer(id);
    if (isRefusal(offer)) return refuse(io, offer);
    offers.push(offer);
  }
  const rows = offers.map(offerRow);
  answer(io, options, rows, () =>
    table(
      ['id', 'operator', 'clauses', 'with a rule', 'edition'],
      rows.map((row) => [row.id, row.operator, row.clauses, row.rules, row.edition.slice(0, 12)]),
    ),
  );
  return 0;
}

/** `merzim offer show <id>`: its header. */
export async function show(io: Io, options: Answering, id: string): Promise<Exit> {
  const offer = loadOffer(id);
  if (isRefusal(offer)) return refuse(io, offer);
  const row = { ...offerRow(offer), operator: offer.operator, zone: offer.zone.id, calendar: offer.calendarId };
  const more = { languages: offer.languages, functions: offer.functions, declared: offer.declared };
  answer(io, options, { ...row, ...more }, () => [
    `${offer.id}, edition ${offer.edition}`,
    `operator   ${offer.operator.name}`,
    `zone       ${offer.zone.id}, calendar ${offer.calendarId}`,
    `languages  ${offer.languages.join(', ')}`,
    `functions  ${offer.functions.join(', ')}`,
    `clauses    ${row.clauses}, ${row.rules} with a rule`,
  ]);
  return 0;
}

/** `merzim offer clauses <id>`: one row per clause, with why there is no rule where there is none. */
export async function clauses(io: Io, options: Answering, id: string): Promise<Exit> {
  const offer = loadOffer(id);
  if (isRefusal(offer)) return refuse(io, offer);
  const rows = clauseRows(offer);
  answer(io, options, rows, () =>
    table(
      ['clause', 'kind', 'rule', 'title', 'why there is no rule'],
      rows.map((row) => [row.ref, row.kind, row.rule, row.title, row.why]),
    ),
  );
  return 0;
}
