import type pg from 'pg';
import type { Fact } from '../rules/facts/fact.js';
import type { ContractState } from '../rules/engine/outcome.js';
import type { Judgement, Law } from '../rules/engine/types.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import { accessChange } from './access.js';
import { actChanges, openActs, workAt, type OpenAct } from './acts.js';
import { isHeld } from './drift.js';
import type { LawName } from './engine.js';
import { flight, type Statement } from './flight.js';
import { openOnly } from './held.js';
import { append, factsOf, journalOf, readJournal, toFullRows } from './journal.js';
import { detailsOf, hashOfJudgement, judgeAt } from './judging.js';
import { digestOfLaw, lawOf } from './law-of.js';
import { lockAndAsk, timestamp, type Stored } from './locked.js';
import { joined, type Remembered } from './memory.js';
import { readModelChanges, readModelsOf, standingReadModels, toStanding } from './read-models.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { sharing } from './sharing.js';
import { spreadOf } from './spread.js';
import { commitBehind, inTenant, type Tx } from './transact.js';
import { weigh, withoutHeld } from './waves.js';
import type { Advanced, Result, WorkItem } from './types.js';

/**
 * Brings a contract up to now: judges its record, writes down what policy chose, and makes acts and read models equal to what was
 * found, all in one transaction under the contract's lock. Twice is once.
 *
 * A test-clock contract stands still without `to`. With it the clock moves towards `to`, never past a waking, and not at all when
 * facts that were not judged yet turn out to need a hand first: call again, after the work is done, until `asOf` is `to`.
 */
export async function advance(
  rec: Rec,
  tenant: string,
  id: string,
  options: { readonly to?: Instant } = {},
): Promise<Result<Advanced>> {
  return inTenant(rec, tenant, 'advance', async (tx) => {
    const asked = askWhatIs(rec, { tenant, id });
    const { contract, now, answers } = await lockAndAsk(tx, tenant, id, asked.statements);
    if (contract === null) return refuse('contract.unknown');
    const { to } = options;
    if (to !== undefined && contract.testClock === null) return refuse('contract.no_test_clock');
    if (to !== undefined && to < contract.testClock!) return refuse('clock.backward');
    let done = await advanceLocked(rec, tx, contract, now, { asked, answers, last: to === undefined });
    if (to !== undefined && !isRefusal(done) && mayMove(contract, done, to))
      done = await advanceLocked(rec, tx, done.contract, now, { clock: nextStop(done.contract, to) });
    return isRefusal(done) ? { ok: false, refusal: done } : answer(report(rec, done, now));
  });
}

/** A contract that has been brought up to an instant; one that a drift holds as far as what opens access. */
export interface Brought {
  readonly contract: Stored;
  readonly law: Law;
  readonly judgement: Judgement;
  /** What waits for a hand. */
  readonly work: readonly WorkItem[];
}

/** How a contract is brought up whose lock is held. */
interface Bringing {
  /** Where a test clock is moved to. */
  readonly clock?: Instant;
  /** What was asked for when the lock was taken, and the answers; asked for now without them. */
  readonly asked?: Asked;
  readonly answers?: readonly pg.QueryResult[];
  /** Nothing is done in this transaction afterwards: it may be committed with what is written. */
  readonly last?: boolean;
}

/** The same for a contract whose lock is held. `now` is the database's clock, read under the lock. */
export async function advanceLocked(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  now: Instant,
  { clock, asked, answers: given, last = false }: Bringing = {},
): Promise<Brought | Refusal> {
  if (contract.erasedAt !== null) {
    rec.memory.forget(contract);
    return refuse('contract.erased').refusal;
  }
  const law = await lawOf(rec, tx, contract);
  if (isRefusal(law)) return law;
  const name = rec.laws.nameOf(law);
  const digest = digestOfLaw(name);
  const read = await readWhatIs(rec, tx, contract, asked, given);
  if (read === null) return refuse('contract.erased').refusal;

  const held = await isHeld(rec, tx, contract, read.facts, now);
  const testClock = contract.testClock === null || held ? contract.testClock : (clock ?? contract.testClock);
  const asOf = Math.max(testClock ?? now, contract.asOf ?? -Infinity, contract.recordedTo);
  if (held) {
    const judgement = judgeAt(rec.engine, law, read.facts, asOf);
    const opened = await openOnly(rec, tx, { ...contract, held, asOf }, judgement, read.open, now);
    return { ...opened, law, judgement };
  }

  const { judgement: bare, facts, end } = await choose(rec, tx, contract, law, read.facts, asOf);
  const outcome = sharing(rec.memory.of(contract)?.outcome ?? null, bare.outcome);
  const judgement = { ...bare, outcome };
  const hash = hashOfJudgement(judgement, contract.salt);
  const same =
    contract.advanced === end.head &&
    contract.law === digest &&
    contract.engine === rec.engine.version &&
    contract.outcomeHash === hash;
  const after: Stored = {
    ...contract,
    ...end,
    held,
    testClock,
    advanced: end.head,
    asOf,
    wakeAt: judgement.wakeAt,
    wakeClause: judgement.wakeClause,
    law: digest,
    engine: rec.engine.version,
    outcomeHash: hash,
    state: outcome.contract.state,
    concludedAt: instant(outcome.contract.concludedAt),
    endsAt: instant(outcome.contract.endsAt),
    endedAt: instant(outcome.contract.endedAt),
  };
  const models = readModelChanges(contract, readModelsOf(outcome), read.standing);
  const weighed = await weigh(rec, tx, contract, rec.engine.reconcile(judgement), read.open, now);
  const paused = weighed.back.length > 0;
  const statements = [
    ...actChanges(contract, read.open, weighed.steps),
    ...weighed.statements,
    ...models.statements,
    accessChange(contract, end.head, asOf, withoutHeld(outcome.access, weighed.back)),
    ...(same ? [] : [advanceRow(after, name)]),
    storing({ ...after, paused }),
    workAt(contract, now),
  ];
  const answers = await (last ? commitBehind(tx, 'advance', statements) : flight(tx, statements));
  const [stored, work] = answers.slice(-2) as [pg.QueryResult<Pick<Stored, 'accessVersion'>>, pg.QueryResult<WorkItem>];
  const { head: seq, headHash } = end;
  rec.memory.keep(contract, { seq, headHash, facts, outcomeHash: hash, standing: models.then, outcome });
  return { contract: { ...after, paused, ...stored.rows[0]! }, law, judgement, work: work.rows };
}

/** What has to be asked about a contract, by what is remembered of it. */
interface Asked {
  readonly known: Remembered | null;
  readonly statements: readonly Statement[];
}

/** The facts of a contract since those that are remembered, its open acts, and what stands in its read models where that is not remembered. */
function askWhatIs(rec: Rec, of: Pick<Stored, 'tenant' | 'id'>): Asked {
  const known = rec.memory.of(of);
  const models = known === null ? [standingReadModels(of)] : [];
  return { known, statements: [...journalOf(of, known?.seq ?? 0), openActs(of), ...models] };
}

/** Reads the answers to that, with what is remembered. What turns out not to hold is read anew. */
async function readWhatIs(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  asked: Asked = askWhatIs(rec, contract),
  answers?: readonly pg.QueryResult[],
) {
  const { known, statements } = asked;
  const [headers, bodies, open, models] = answers ?? (await flight(tx, statements));
  const rows = toFullRows(headers!.rows, bodies!.rows);
  const facts =
    known === null
      ? factsOf(rows)
      : (joined(known, rows, contract) ?? factsOf(await readJournal(tx, contract.tenant, contract.id)));
  if (facts === null) return null;
  const standing =
    known !== null && known.outcomeHash === contract.outcomeHash
      ? known.standing
      : toStanding((models ?? (await tx.query(standingReadModels(contract)))).rows);
  return { facts, open: open!.rows as OpenAct[], standing };
}

/** A test clock leaves an instant only when what was found there just now leaves no hand something new to do. */
function mayMove(before: Stored, { contract, work }: Brought, to: Instant): boolean {
  if (contract.held || contract.testClock! >= to) return false;
  const nothingNew =
    before.advanced === contract.advanced &&
    before.law === contract.law &&
    before.engine === contract.engine &&
    before.outcomeHash === contract.outcomeHash;
  return nothingNew || work.length === 0;
}

/** Where a test clock goes: to the first of the waking and the goal. */
function nextStop({ wakeAt, testClock }: Stored, to: Instant): Instant {
  return wakeAt !== null && wakeAt > testClock! && wakeAt < to ? wakeAt : to;
}

/** Judges, writes what policy chose as facts, and judges again until it chooses nothing new. */
async function choose(rec: Rec, tx: Tx, contract: Stored, law: Law, read: readonly Fact[], asOf: Instant) {
  const facts = [...read];
  const known = new Set(facts.map((fact) => fact.id));
  let end: Pick<Stored, 'head' | 'headHash' | 'recordedTo'> = contract;
  for (let round = 0; round < 100; round += 1) {
    const judgement = judgeAt(rec.engine, law, facts, asOf);
    const fresh = judgement.choices.filter((choice) => !known.has(choice.id));
    if (fresh.length === 0)
      return { judgement, facts, end: { head: end.head, headHash: end.headHash, recordedTo: end.recordedTo } };
    const chosen = fresh.map((choice) => ({ ...choice, by: 'policy' }));
    ({ end } = await append(tx, { ...contract, ...end }, chosen, asOf));
    for (const choice of chosen) {
      known.add(choice.id);
      facts.push({ ...choice, recordedAt: end.recordedTo });
    }
  }
  throw new Error(`the policy of contract ${contract.id} does not come to an end`);
}

/** What this advance read, under which law and engine, and what it made of it. */
function advanceRow(after: Stored, { edition, calendar, policy }: LawName): Statement {
  const { tenant, id, advanced, asOf, law, engine, outcomeHash } = after;
  return {
    name: 'advance-row',
    text: `INSERT INTO advance (tenant, contract, seq, as_of, law, engine, edition, calendar, policy, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    values: [tenant, id, advanced, timestamp(asOf), law, engine, edition, calendar, policy, outcomeHash],
  };
}

function storing(contract: Stored): Statement {
  return {
    name: 'store',
    text: `UPDATE contract SET test_clock = $3, advanced = $4, as_of = $5, wake_at = $6, wake_clause = $7, law = $8, engine = $9,
      outcome_hash = $10, state = $11, concluded_at = $12, ends_at = $13, ended_at = $14,
      paused = $15, access_version = (SELECT max(version) FROM access_state WHERE tenant = $1 AND contract = $2)
      WHERE tenant = $1 AND id = $2 RETURNING access_version AS "accessVersion"`,
    values: [
      contract.tenant,
      contract.id,
      timestamp(contract.testClock),
      contract.advanced,
      timestamp(contract.asOf),
      timestamp(contract.wakeAt),
      contract.wakeClause,
      contract.law,
      contract.engine,
      contract.outcomeHash,
      contract.state,
      timestamp(contract.concludedAt),
      timestamp(contract.endsAt),
      timestamp(contract.endedAt),
      contract.paused,
    ],
  };
}

function report(rec: Rec, { contract, law, judgement, work }: Brought, now: Instant): Advanced {
  const { wakeAt } = contract;
  const sleeps = wakeAt === null || contract.testClock !== null;
  return {
    contract: contract.id,
    seq: contract.advanced,
    asOf: contract.asOf ?? contract.testClock ?? now,
    state: contract.state as ContractState,
    wakeInMs: sleeps ? null : Math.max(0, wakeAt - now) + spreadOf(contract.id, wakeAt, law.offer.zone, rec.spreadMs),
    wakeAt,
    wakeClause: contract.wakeClause,
    details: contract.held ? 'held: a new engine judges the past otherwise' : detailsOf(judgement),
    work,
    operator: contract.tenant,
    offer: contract.offer,
  };
}

function instant(iso: string | null): Instant | null {
  return iso === null ? null : Date.parse(iso);
}
