import type { Outcome } from '../rules/engine/outcome.js';
import { laneLines } from './lanes.js';
import { table } from './table.js';

/** An outcome for people: the state, then a table for each part that holds anything. */
export function outcomeLines(outcome: Outcome): string[] {
  const { contract, ledger } = outcome;
  const balance = Object.entries(ledger.balance).map(([currency, amount]) => `${amount} ${currency}`);
  // Which text a clock is under is of interest where there was another one.
  const changed = outcome.timelines.some((line) => line.edition !== outcome.offer.edition);
  return [
    `${outcome.offer.id}, edition ${outcome.offer.edition.slice(0, 12)}, as of ${outcome.asOf}, known at ${outcome.knownAt}`,
    `contract   ${contract.state}${contract.concludedAt === null ? '' : `, concluded ${contract.concludedAt}`}${endOf(outcome)}`,
    `owed       ${balance.join(', ') || 'nothing'}`,
    `next       ${outcome.next ?? 'nothing changes by itself'}`,
    ...accessLines(outcome),
    ...laneLines(outcome),
    ...section(
      'timelines',
      ['clause', 'subject', 'state', 'opened', 'last day', 'due', 'closed', ...(changed ? ['edition'] : [])],
      outcome.timelines,
      (t) => [
        t.clause,
        t.subject,
        t.provisional ? `${t.state} (provisional)` : t.state,
        t.opened,
        t.lastDay,
        t.due,
        t.closed,
        ...(changed ? [t.edition.slice(0, 12)] : []),
      ],
    ),
    ...section('rights', ['clause', 'subject', 'holder', 'state', 'opened', 'used', 'key'], outcome.rights, (r) => [
      r.clause,
      r.subject,
      r.holder,
      r.state,
      r.openedAt,
      r.usedAt,
      r.key,
    ]),
    ...section('restrictions', ['clause', 'subject', 'functions', 'from', 'to'], outcome.restrictions, (r) => [
      r.clause,
      r.subject,
      r.functions.join(' '),
      r.from,
      r.to,
    ]),
    ...section('presumptions', ['clause', 'subject', 'meaning', 'at'], outcome.presumptions, (p) => [
      p.clause,
      p.subject,
      p.meaning,
      p.at,
    ]),
    ...section('consents', ['purpose', 'state', 'at'], outcome.consents, (c) => [c.purpose, c.state, c.at]),
    ...section('ledger', ['at', 'clause', 'subject', 'kind', 'amount', 'currency', 'days'], ledger.entries, (e) => [
      e.at,
      e.clause,
      e.subject,
      e.kind,
      e.amount,
      e.currency,
      e.days,
    ]),
    ...section('effects', ['at', 'kind', 'clause', 'subject', 'state', 'generation', 'key'], outcome.effects, (e) => [
      e.at,
      e.kind,
      e.clause,
      e.subject,
      e.state,
      e.generation,
      e.key,
    ]),
    ...section('amendments', ['subject', 'state', 'published', 'applies', 'edition'], outcome.amendments, (a) => [
      a.subject,
      a.state,
      a.publishedAt,
      a.appliesAt,
      a.edition?.slice(0, 12),
    ]),
    ...section('cases', ['opened', 'clause', 'subject', 'question', 'key'], outcome.cases, (c) => [
      c.openedAt,
      c.clause,
      c.subject,
      c.question,
      c.key,
    ]),
  ];
}

function endOf({ contract }: Outcome): string {
  if (contract.endedAt !== null) return `, ended ${contract.endedAt}`;
  return contract.endsAt === null ? '' : `, ends ${contract.endsAt}`;
}

function accessLines({ access }: Outcome): string[] {
  return Object.entries(access).map(([name, { open, causes }]) => {
    const why = causes.map(({ clause, subject, since }) => `${clause} ${subject} since ${since}`).join('; ');
    return `${name.padEnd(10)} ${open ? 'open' : 'closed'}${why === '' ? '' : `: ${why}`}`;
  });
}

type Cells = readonly (string | number | null | undefined)[];

function section<T>(
  title: string,
  head: readonly string[],
  entries: readonly T[],
  cells: (entry: T) => Cells,
): string[] {
  return entries.length === 0 ? [] : ['', title, ...table(head, entries.map(cells)).map((line) => `  ${line}`)];
}
