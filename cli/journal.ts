import './quick-schemas.js';
import { ENGINE } from '../prisma/engine.js';
import { journalLaws } from './journal-laws.js';
import { verifyJournal, type JournalReport } from '../prisma/verify.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { answer, readText, refuse, type Answering, type Exit, type Io } from './io.js';
import { callText, pathOf } from './server.js';

/** `merzim journal verify <file>`: the chain of an exported journal, and that judging again gives the recorded effects. */
export async function verify(io: Io, options: Answering, file: string): Promise<Exit> {
  return report(io, options, await readText(io, file));
}

/** `merzim contract verify <id>`: the same for a live contract; its journal is checked here and not by the server. */
export async function verifyContract(io: Io, options: Answering, id: string): Promise<Exit> {
  return report(io, options, await journalOf(io, id));
}

/** The journal of a live contract. */
export async function journalOf(io: Io, id: string): Promise<string | Refusal> {
  const journal = await callText(io, { method: 'GET', path: pathOf('contracts', id, 'journal') });
  return isRefusal(journal) ? journal : journal.value;
}

/** 0 when it holds (after an erasure: the chain), 1 when it does not. */
async function report(io: Io, options: Answering, journal: string | Refusal): Promise<Exit> {
  if (isRefusal(journal)) return refuse(io, journal);
  const found = await verifyJournal(journal.split('\n'), { laws: journalLaws(), engine: ENGINE });
  answer(io, options, found, () => linesOf(found));
  return found.ok ? 0 : 1;
}

function linesOf({ contract, facts, chain, evaluation }: JournalReport): string[] {
  const start = [
    `contract    ${contract ?? 'unknown'}`,
    chain.ok ? `chain       whole, ${facts} facts` : `chain       broken at ${chain.seq}: ${chain.why}`,
  ];
  if (!evaluation.done) return [...start, `evaluation  not done: ${evaluation.why}`];
  const { advances, effects, differences } = evaluation;
  return [
    ...start,
    `evaluation  ${advances} advances and ${effects} effects, ${differences.length} differences`,
    ...differences.map(({ seq, what }) => `  at ${seq}: ${what}`),
  ];
}
