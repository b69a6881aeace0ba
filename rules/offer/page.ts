import { formatWorkHours } from '../law/work-hours.js';
import type { ConsequenceFile, RuleFile } from './schema.js';
import { listed, sayCondition, sayConsequence, sayEvents } from './say.js';
import { sayWithin } from './diff/terms.js';
import { sayWho } from './diff/parties.js';
import { lintOffer, type Finding } from './lint/index.js';
import type { Clause, CompiledOffer, Reading, Rule } from './types.js';

/** A scenario that tells what a clause does. */
export interface Told {
  /** The file, as the page links to it. */
  readonly file: string;
  readonly title: string;
  /** The clauses that its checks name. */
  readonly clauses: ReadonlySet<string>;
}

/** `docs/offers/<id>.md`: every clause of an offer, what it does, its clock, how it is read, the scenarios that tell it. */
export function offerPage(offer: CompiledOffer, scenarios: readonly Told[]): string {
  const findings = lintOffer(offer);
  const ruled = offer.clauses.filter((clause) => clause.rules.length > 0).length;
  return [
    `# ${offer.id}: ${offer.file.title.en}`,
    '',
    `Made from \`rules/offers/${offer.id}/offer.yaml\` by a test (\`npx vitest run rules/offer/page.test.ts -u\`); change that file, not this page.`,
    '',
    `Operator: ${offer.operator.name}. Zone ${offer.zone.id}, calendar ${offer.calendarId}${offer.file.hours === undefined ? '' : `, hours of work ${formatWorkHours(offer.hours)}`}. Accepted by ${offer.file.formation.join(', ')}.`,
    `${offer.clauses.length} clauses, ${ruled} of them with a rule; ${scenarios.length} scenarios; ${findings.length} findings of lint, each settled by the reading that stands beside it.`,
    '',
    ...offer.clauses.flatMap((clause) => section(offer, clause, scenarios, findings)),
  ].join('\n');
}

/** The scenarios of a clause: those that check it, and those that name it in their title. */
export const scenariosOf = (clause: Clause, scenarios: readonly Told[]): readonly Told[] =>
  scenarios.filter((told) => told.clauses.has(clause.ref) || namedIn(told.title, clause.ref));

function namedIn(title: string, ref: string): boolean {
  const names = [ref, ...ref.split('/').filter((part) => /^\d+(\.\d+)*(-\d+(\.\d+)*)?$/.test(part))];
  return names.some((name) => {
    const at = title.indexOf(name);
    return at >= 0 && !/[\d.]/.test(title[at - 1] ?? '') && !/^(\d|\.\d|\/\w)/.test(title.slice(at + name.length));
  });
}

function section(
  offer: CompiledOffer,
  clause: Clause,
  scenarios: readonly Told[],
  findings: readonly Finding[],
): readonly string[] {
  const files = listed(offer.file.clauses[clause.ref]?.rule);
  const told = scenariosOf(clause, scenarios);
  return [
    `## ${clause.ref} ${clause.title.en}`,
    '',
    `*${clause.kind}*${clause.source === clause.ref.split('/')[0] ? '' : `, ${clause.source}`} · ${clause.title.ru} · ${clause.title.kk}`,
    '',
    ...(clause.why === null ? [] : [`- No rule: ${clause.why}`]),
    ...clause.rules.flatMap((rule, position) => ruleLines(rule, files[position] as RuleFile)),
    ...clause.readings.map(readingLine),
    ...findings
      .filter((finding) => finding.reading?.clause === clause.ref)
      .map((finding) => `- Lint, settled: ${finding.code}: ${finding.message}`),
    ...(told.length === 0 ? [] : ['- Scenarios:', ...told.map((one) => `  - [${one.title}](${one.file})`)]),
    '',
  ];
}

function ruleLines(rule: Rule, file: RuleFile): readonly string[] {
  return [`- Does: ${doing(rule, file)}`, `- Clock: ${clockOf(rule)}`];
}

function doing(rule: Rule, file: RuleFile): string {
  const starts = rule.all
    ? listed(file['later of'])
        .map((one) => sayEvents(one))
        .join(' and ')
    : sayEvents(file.on);
  const when = file.when === undefined ? '' : ` when ${sayCondition(file.when)}`;
  const who =
    rule.holder !== null
      ? `, a right of ${sayWho(rule.holder)}`
      : rule.debtor !== null
        ? `, of ${sayWho(rule.debtor)}`
        : '';
  const parts = [
    ['met by', file.met],
    ['cancelled by', file.cancel],
    ['expires by', file.expires],
  ] as const;
  const ends = parts
    .filter(([, events]) => events !== undefined)
    .map(([word, events]) => `; ${word} ${sayEvents(events)}`);
  return `on ${starts}${when}${who}${ends.join('')}${follows('then', file.then)}${follows('when met', file.fulfilled)}`;
}

const follows = (word: string, source: ConsequenceFile | readonly ConsequenceFile[] | undefined): string =>
  source === undefined ? '' : `; ${word}: ${listed(source).map(sayConsequence).join(', ')}`;

function clockOf(rule: Rule): string {
  if (rule.within === null) return 'none, at once';
  const words = [
    sayWithin(rule.within),
    rule.recurring ? 'again and again' : '',
    rule.tolled ? 'stands still in force majeure' : '',
    rule.survives ? 'goes on after the end' : '',
  ];
  return words.filter(Boolean).join(', ');
}

function readingLine({ chosen, why, other }: Reading): string {
  return `- Reading: ${chosen} Why: ${why}${other === undefined ? '' : ` Else: ${other}`}`;
}
