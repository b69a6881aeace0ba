import type { CompiledOffer } from '../types.js';
import type { Raw } from './finding.js';
import { numberAt } from './number.js';
import { clausesOf } from './references.js';

/** Where the language columns of the document pull apart, as the file has recorded it: numbers, substance, addresses. */
export function columnsThatDiffer(offer: CompiledOffer): readonly Raw[] {
  const columns = offer.file.columns;
  if (columns === undefined) return [];
  const found: Raw[] = [];
  const moved = Object.entries(columns.numbers ?? {}).filter(
    ([, row]) => new Set(columns.languages.map((language) => numberAt(row[language] ?? ''))).size > 1,
  );
  if (moved.length > 0)
    found.push({
      code: 'columns-differ',
      clauses: clausesOf(
        offer,
        moved.map(([label]) => label),
      ),
      message: `the columns number these provisions differently: ${moved.map(([label, row]) => `${label} (${columns.languages.map((language) => `${language} ${row[language] ?? 'none'}`).join(', ')})`).join('; ')}`,
    });
  for (const { clause, ...row } of columns.differences ?? [])
    found.push({
      code: 'columns-differ',
      clauses: clausesOf(offer, [clause]),
      message: `the columns say different things at ${clause}: ${Object.entries(row)
        .map(([language, says]) => `${language} "${says}"`)
        .join(', ')}`,
    });
  const addresses = Object.entries(columns.addresses ?? {});
  if (new Set(addresses.map(([, address]) => address)).size > 1)
    found.push({
      code: 'two-addresses',
      clauses: clausesOf(
        offer,
        addresses.map(([clause]) => clause),
      ),
      message: `the document gives different addresses for the same thing: ${addresses.map(([clause, address]) => `${address} (${clause})`).join(', ')}`,
    });
  return found;
}
