import type { Law, Participant } from '../rules/engine/types.js';
import { broughtBy } from '../rules/engine/walk/editions.js';
import type { Fact, ReceiptData } from '../rules/facts/fact.js';
import { brokenAt, canonical, digestOf, genesisOf } from './chain.js';
import type { Engine, LawSource } from './engine.js';
import { JOURNAL_FORM, type AdvanceLine, type FactLine, type HeadLine } from './journal-form.js';
import { formOf, hashOfJudgement, judgeAt } from './judging.js';
import type { Refusal } from '../rules/law/types.js';
import { isRefusal } from './refusals.js';

/** What verifying an exported journal found. */
export interface JournalReport {
  /** The chain is whole, and what was evaluated again came out as it was recorded. */
  readonly ok: boolean;
  readonly contract: string | null;
  readonly facts: number;
  readonly chain: { readonly ok: true } | { readonly ok: false; readonly seq: number; readonly why: string };
  readonly evaluation:
    | { readonly done: false; readonly why: string }
    | {
        readonly done: true;
        readonly advances: number;
        readonly effects: number;
        /** Advances that this engine judges otherwise, and effects that went out without a ground. */
        readonly differences: readonly { readonly seq: number; readonly what: string }[];
      };
}

/**
 * Checks an exported journal without any server: the chain, then that judging again finds what each advance found and that every effect that was
 * claimed was wanted at that moment. After an erasure the chain still verifies and the evaluation says that it could not be done.
 */
export async function verifyJournal(
  lines: Iterable<string> | AsyncIterable<string>,
  { laws, engine }: { readonly laws: LawSource; readonly engine: Engine },
): Promise<JournalReport> {
  const read = await readLines(lines);
  if (typeof read === 'string') return broken(null, 0, 0, read);
  const { head, facts, advances } = read;
  const chain = chainOf(head, facts);
  const report = { contract: head.contract.id, facts: facts.length, chain };
  if (!chain.ok) return { ...report, ok: false, evaluation: { done: false, why: 'the chain is broken' } };
  const law = lawOfJournal(head, facts, advances, laws);
  if (typeof law === 'string') return { ...report, ok: true, evaluation: { done: false, why: law } };
  if ('code' in law) return { ...report, ok: false, evaluation: { done: false, why: law.message } };
  const evaluation = evaluate(engine, law, factsOf(facts), advances, head.contract.salt ?? '');
  return { ...report, ok: evaluation.differences.length === 0, evaluation };
}

interface Journal {
  readonly head: HeadLine;
  readonly facts: readonly FactLine[];
  readonly advances: readonly AdvanceLine['advance'][];
}

async function readLines(lines: Iterable<string> | AsyncIterable<string>): Promise<Journal | string> {
  let head: HeadLine | null = null;
  const facts: FactLine[] = [];
  const advances: AdvanceLine['advance'][] = [];
  for await (const text of lines) {
    if (text.trim() === '') continue;
    let line: HeadLine | FactLine | AdvanceLine;
    try {
      line = JSON.parse(text) as HeadLine | FactLine | AdvanceLine;
    } catch {
      return `line ${facts.length + advances.length + 1} is not JSON`;
    }
    if (head === null) {
      if (!('form' in line) || line.form !== JOURNAL_FORM) return `the first line is not the head of a ${JOURNAL_FORM}`;
      head = line;
    } else if ('advance' in line) advances.push(line.advance);
    else facts.push(line as FactLine);
  }
  return head === null ? 'the journal is empty' : { head, facts, advances };
}

function chainOf({ contract, head }: HeadLine, facts: readonly FactLine[]): JournalReport['chain'] {
  const { tenant, id, offer, edition, policy, participant, salt, participantDigest, testClock } = contract;
  const createdAt = Date.parse(contract.createdAt);
  if (participant !== null && salt !== null && digestOf(salt, canonical(participant)) !== participantDigest)
    return { ok: false, seq: 0, why: 'the participant is not the one that was digested' };
  if (
    genesisOf({ tenant, contract: id, offer, edition, policy, participantDigest, testClock, createdAt }) !==
    contract.genesis
  )
    return { ok: false, seq: 0, why: 'the head is not the one that the first fact was chained to' };
  const rows = facts.map(({ by, subject, data, at, recordedAt, ...row }) => ({
    ...row,
    at: Date.parse(at),
    recordedAt: Date.parse(recordedAt),
    body: data === null ? null : canonical({ by, data, subject }),
  }));
  const at = brokenAt(contract.genesis, rows, head);
  return at === null ? { ok: true } : { ok: false, ...at };
}

/** The law that the journal was judged by, or why it is not at hand; a refusal when the journal carries other texts than its facts and its head name. */
function lawOfJournal(
  { contract, editions, erasedAt, calendar }: HeadLine,
  facts: readonly FactLine[],
  advances: Journal['advances'],
  laws: LawSource,
): Law | Refusal | string {
  if (erasedAt !== null || contract.participant === null)
    return `what it says was erased on ${erasedAt ?? 'an unknown day'}`;
  for (const { hash, text } of editions) {
    const refused = laws.has(hash) ? null : laws.learn(hash, text);
    if (refused !== null) return refused;
  }
  const { offer, edition, policy } = contract;
  const participant = contract.participant as Participant;
  const law = laws.lawFor({ offer, edition, policy, ...broughtBy(facts), participant });
  if (isRefusal(law)) return law.code === 'edition.unknown' ? law : law.message;
  const name = laws.nameOf(law);
  const other = advances.find((one) => one.calendar !== name.calendar)?.calendar ?? calendar?.digest;
  if (other !== undefined && other !== name.calendar)
    return `it was judged by calendar ${other}, here is ${name.calendar}`;
  return law;
}

function factsOf(lines: readonly FactLine[]): readonly Fact[] {
  return lines.map(({ id, type, at, recordedAt, by, subject, data }) => ({
    id,
    type,
    at: Date.parse(at),
    recordedAt: Date.parse(recordedAt),
    ...(by === null ? {} : { by }),
    subject: subject!,
    data: data!,
  }));
}

function evaluate(engine: Engine, law: Law, facts: readonly Fact[], advances: Journal['advances'], salt: string) {
  const differences: { seq: number; what: string }[] = [];
  for (const { seq, asOf, hash, engine: version } of advances) {
    const judgement = judgeAt(engine, law, facts.slice(0, seq), Date.parse(asOf));
    const now = hashOfJudgement(judgement, salt, formOf(hash));
    if (now !== hash)
      differences.push({ seq, what: `engine ${version} judged ${asOf} otherwise than ${engine.version}` });
  }
  let effects = 0;
  for (const [before, fact] of facts.entries()) {
    if (fact.type !== 'effect.claimed') continue;
    effects += 1;
    const { key, generation, operation, fingerprint } = fact.data as unknown as ReceiptData;
    const steps = engine.reconcile(judgeAt(engine, law, facts.slice(0, before), fact.recordedAt));
    const step = steps.find((one) => one.key === key && one.generation === generation && one.operation === operation);
    if (step === undefined)
      differences.push({ seq: before + 1, what: `${operation} ${key} was claimed and not wanted` });
    else if (step.fingerprint !== fingerprint)
      differences.push({ seq: before + 1, what: `${operation} ${key} was claimed with other content` });
  }
  return { done: true as const, advances: advances.length, effects, differences };
}

function broken(contract: string | null, facts: number, seq: number, why: string): JournalReport {
  return { ok: false, contract, facts, chain: { ok: false, seq, why }, evaluation: { done: false, why } };
}
