import type { Clause, CompiledOffer } from '../types.js';
import type { Raw } from './finding.js';
import { groupBy } from '../group.js';
import { isPartOf, numberAt, overlaps, standsIn } from './number.js';

/** References that dangle or miss, slips of the pen, numbers that stand twice, clauses that the header or a rule names and that are not there. */
export function references(offer: CompiledOffer): readonly Raw[] {
  return [
    ...offer.clauses.flatMap((clause) => [...cites(offer, clause), ...slips(offer, clause)]),
    ...numbers(offer),
    ...named(offer),
  ];
}

function cites(offer: CompiledOffer, clause: Clause): readonly Raw[] {
  const elsewhere = offer.file['other clauses'] ?? {};
  return clause.cites.flatMap((cite): readonly Raw[] => {
    const whole = offer.clauses.filter((one) => standsIn(cite.to, one.ref));
    const here = whole.length > 0 ? whole : offer.clauses.filter((one) => isPartOf(cite.to, one.ref));
    const kinds = here.map((one): string => one.kind);
    if (elsewhere[cite.to] !== undefined) kinds.push(elsewhere[cite.to] as string);
    const meant = cite.means === null ? '' : `; ${cite.means} must be meant`;
    const found: Raw[] = [];
    if (kinds.length === 0)
      found.push({
        code: 'dangling-reference',
        clauses: [clause.ref],
        message: `${clause.ref} names ${cite.to}, and there is no such clause${meant}`,
      });
    else if ((cite.expects !== null && !kinds.includes(cite.expects)) || (cite.means ?? cite.to) !== cite.to)
      found.push({
        code: 'mis-aimed-reference',
        clauses: [clause.ref, ...here.map((one) => one.ref).filter((ref) => ref !== clause.ref)],
        message: `${clause.ref} names ${cite.to}${cite.expects === null ? '' : `, where a clause of kind ${cite.expects} is expected`}; what stands there is of kind ${[...new Set(kinds)].join(', ')}${meant}`,
      });
    if (cite.means !== null && !offer.clauses.some((one) => standsIn(cite.means as string, one.ref)))
      found.push(unknown([clause.ref], `${clause.ref} is read as naming ${cite.means}, and there is no such clause`));
    return found;
  });
}

function slips(offer: CompiledOffer, clause: Clause): readonly Raw[] {
  return (offer.file.clauses[clause.ref]?.slips ?? []).map(({ writes, means }) => ({
    code: 'slip-of-the-pen',
    clauses: [clause.ref],
    message: `${clause.ref} writes "${writes}"; "${means}" must be meant`,
  }));
}

function numbers(offer: CompiledOffer): readonly Raw[] {
  const found: Raw[] = overlaps(offer.clauses.map((clause) => clause.ref)).map(([one, other]) => ({
    code: 'duplicate-number',
    clauses: [one, other],
    message: `${one} and ${other} cover the same number`,
  }));
  const rows = Object.entries(offer.file.columns?.numbers ?? {});
  for (const language of offer.file.columns?.languages ?? []) {
    const byNumber = groupBy(rows, ([, row]) => (row[language] === undefined ? '' : numberAt(row[language])));
    for (const [number, same] of byNumber) {
      if (number === '' || same.length < 2) continue;
      const clauses = clausesOf(offer, [...same.map(([label]) => label), number]);
      const provisions = same.map(([label]) => label).join(' and ');
      found.push({
        code: 'duplicate-number',
        clauses,
        message: `the ${language} column gives the number ${number} to ${same.length} provisions: ${provisions}`,
      });
    }
  }
  return found;
}

/** The clauses that these labels of provisions (`4.2.3 (request for information)`) stand in, in the order of the document. */
export function clausesOf(offer: CompiledOffer, labels: readonly string[]): readonly string[] {
  const exact = offer.clauses.filter((clause) =>
    labels.some((label) => standsIn(numberAt(label), clause.ref) && !sectionOnly(label, clause)),
  );
  return exact.map((clause) => clause.ref);
}

const sectionOnly = (label: string, clause: Clause): boolean => {
  const number = numberAt(label);
  return label !== clause.ref && clause.ref.startsWith(`${number}.`);
};

/** Clauses that stand in the header, in `presume … as`, in `or earlier` and in conditions. */
function named(offer: CompiledOffer): readonly Raw[] {
  const known = new Set(offer.clauses.map((clause) => clause.ref));
  const found: Raw[] = [];
  const header = [offer.forceMajeure.notice, offer.file.notices?.['clause']].filter((ref) => typeof ref === 'string');
  for (const ref of header)
    if (!known.has(ref)) found.push(unknown([], `the header names clause ${ref}, and there is none`));
  for (const rule of offer.rules) {
    if (rule.within?.form === 'earlier' && !known.has(rule.within.ref))
      found.push(
        unknown([rule.clause], `${rule.clause} ends no later than ${rule.within.ref}, and there is no such clause`),
      );
    for (const one of [...rule.then, ...rule.fulfilled])
      if (one.do === 'presume' && one.as !== null && !known.has(one.as))
        found.push(unknown([rule.clause], `${rule.clause} presumes what ${one.as} says, and there is no such clause`));
  }
  return found;
}

const unknown = (clauses: readonly string[], message: string): Raw => ({ code: 'unknown-clause', clauses, message });
