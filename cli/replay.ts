import type { AdvanceLine, FactLine, HeadLine } from '../prisma/journal-form.js';
import { journalLaws } from './journal-laws.js';
import { broughtBy } from '../rules/engine/walk/editions.js';
import { judge } from '../rules/engine/index.js';
import type { Law, Participant, View } from '../rules/engine/types.js';
import type { Fact } from '../rules/facts/fact.js';
import { parseInstant } from '../rules/law/instant.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { journalOf } from './journal.js';
import { outcomeLines } from './outcome.js';
import type { Viewing } from './simulate.js';

/** A contract as its journal tells it. */
interface Told {
  readonly law: Law;
  readonly facts: readonly Fact[];
  /** The last instant at which the server judged it, else the last at which anything became known. */
  readonly last: number;
}

/** `merzim contract replay <id>`: judges the journal of a live contract here, at any view, without asking the server for its opinion. */
export async function replayContract(io: Io, options: Answering & Viewing, id: string): Promise<Exit> {
  const journal = await journalOf(io, id);
  const told = isRefusal(journal) ? journal : readJournal(journal);
  if (isRefusal(told)) return refuse(io, told);
  const view = viewOf(options, told);
  if (isRefusal(view)) return refuse(io, view);
  const { outcome } = judge(told.law, told.facts, view);
  answer(io, options, outcome, () => outcomeLines(outcome));
  return 0;
}

function viewOf({ asOf, knownAt }: Viewing, { law, last }: Told): View | Refusal {
  const { zone } = law.offer;
  const at = asOf === undefined ? last : parseInstant(asOf, zone);
  if (isRefusal(at)) return at;
  const known = knownAt === undefined ? at : parseInstant(knownAt, zone);
  return isRefusal(known) ? known : { asOf: at, knownAt: known };
}

type Line = HeadLine | FactLine | AdvanceLine;

function readJournal(text: string): Told | Refusal {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [head, ...rows] = lines.map((line) => JSON.parse(line) as Line);
  if (head === undefined || !('form' in head)) return { code: 'server.unexpected', message: 'the journal has no head' };
  const facts: Fact[] = [];
  let last = Date.parse(head.contract.createdAt);
  for (const row of rows) {
    if ('advance' in row) last = Math.max(last, Date.parse(row.advance.asOf));
    else if ('seq' in row) facts.push(factOf(row));
  }
  const law = lawOf(head, facts);
  if (isRefusal(law)) return law;
  return { law, facts, last: Math.max(last, ...facts.map((fact) => fact.recordedAt)) };
}

function lawOf({ contract, editions }: HeadLine, facts: readonly Fact[]): Law | Refusal {
  const { offer, edition, policy, participant } = contract;
  if (participant === null)
    return { code: 'contract.erased', message: 'what the record says was erased: it cannot be judged' };
  const laws = journalLaws();
  for (const { hash, text } of editions) {
    const refused = laws.has(hash) ? null : laws.learn(hash, text);
    if (refused !== null) return refused;
  }
  return laws.lawFor({
    offer,
    edition,
    policy,
    ...broughtBy(facts),
    participant: participant as Participant,
  });
}

const factOf = ({ id, type, at, recordedAt, by, subject, data }: FactLine): Fact => ({
  id,
  type,
  at: Date.parse(at),
  recordedAt: Date.parse(recordedAt),
  ...(by === null ? {} : { by }),
  subject: subject ?? 'contract',
  data: data ?? {},
});
