import type { Fact } from '../facts/fact.js';
import { foldActs } from './acts.js';
import { Agenda } from './walk/agenda.js';
import { makeReader } from './walk/fields.js';
import { provisionsNamed } from './walk/editions.js';
import { heldNow } from './walk/holds.js';
import { renderOutcome } from './views/render.js';
import { adoptedAt, viewRecord, type RecordView } from './record.js';
import type { Machine } from './walk/state.js';
import { tollsOf } from './tolls.js';
import type { Judgement, Law, View } from './types.js';
import { HOOKS, isLive, lookAhead, walk } from './walk/walk.js';
import { wantedOf } from './wanted.js';

/** The engine's version: it stands beside every recorded outcome, so that a change of judgement by a new engine is seen as what it is. */
export const ENGINE_VERSION = '1';

/**
 * Builds the machine and walks it up to the view: voids, then editions, then force majeure, then clocks, rights and effects. When a published
 * edition comes into force, the walk itself finds; so where force majeure may come under another edition than was thought, it is walked again.
 */
export function runMachine(law: Law, facts: readonly Fact[], view: View): Machine {
  const record = viewRecord(facts, view);
  let machine = walkThrough(law, record, view, new Map());
  if (law.offer.editions.length === 1) return machine;
  // Each walk settles one more event, in order of time: what it comes under depends on what was before it.
  for (let left = machine.beganUnder.size, thought = '[]'; left >= 0; left--) {
    const found = JSON.stringify([...machine.beganUnder].filter(([, edition]) => edition !== 0));
    if (found === thought) break;
    thought = found;
    machine = walkThrough(law, record, view, machine.beganUnder);
  }
  return machine;
}

function walkThrough(law: Law, record: RecordView, view: View, under: ReadonlyMap<string, number>): Machine {
  const machine: Machine = {
    law,
    view,
    record,
    agenda: new Agenda(),
    tolls: tollsOf(law, record, view, under),
    acts: foldActs(record.receipts, Date.parse),
    edition: 0,
    adoptions: [],
    beganUnder: new Map(),
    concluded: new Map(),
    policy: law.policy,
    now: -Infinity,
    concludedAt: null,
    conclusion: null,
    endedAt: null,
    endedBy: null,
    ends: [],
    clocks: [],
    latest: [],
    rights: new Map(),
    spans: [],
    closed: new Set(),
    invoices: new Map(),
    owing: { all: 0, late: 0 },
    payments: new Map(),
    refunds: [],
    losses: new Map(),
    awards: [],
    cancellations: [],
    claims: [],
    messages: [],
    messageKeys: new Map(),
    presumptions: [],
    consents: new Map(),
    pendingConsents: [],
    amendments: new Map(),
    formerAmendments: [],
    questions: [],
    holds: [],
    seen: new Map(),
    triggered: [],
    latch: new Map(),
    started: new Set(),
    waiting: [],
    choices: [],
    tariff: null,
    tariffName: null,
    reached: false,
    reachedBy: null,
    depth: 0,
    horizon: -Infinity,
    reader: makeReader(() => machine),
    counting: [],
    hooks: HOOKS,
  };
  for (const fact of record.adoptions)
    machine.agenda.add(adoptedAt(fact), 0, fact.id, { what: 'adoption', fact }, fact.recordedAt);
  walk(machine, view.asOf);
  machine.now = view.asOf;
  return machine;
}

/** The earliest instant after the view at which something changes by itself. */
function nextOf(machine: Machine): number | null {
  let next: number | null = null;
  for (const entry of machine.agenda.all())
    if ((next === null || entry.at < next) && isLive(machine, entry)) next = entry.at;
  return next;
}

/** Judging for the machine alone: what is wanted and when to wake, on integers, with nothing written out for people. */
export function judgeBare(law: Law, facts: readonly Fact[], view: View): Omit<Judgement, 'outcome'> {
  const machine = runMachine(law, facts, view);
  const wanted = wantedOf(machine);
  const choices = [...machine.choices];
  const next = nextOf(machine);
  const held = heldPairs(machine);
  const wakeAt = lookAhead(machine);
  const wakeClause =
    machine.reachedBy === null || wakeAt === null ? null : `${machine.reachedBy.clause} ${machine.reachedBy.subject}`;
  return { next, wakeAt, wakeClause, wanted, acts: machine.acts, held, choices };
}

/**
 * What holds at `asOf` as known at `knownAt`: timelines, rights, access, money, and the effects that are wanted.
 * A pure function: facts may come in any order and reach beyond the view; nothing else goes in. Throws only when the offer's clauses start one another in a circle within one instant.
 */
export function judge(law: Law, facts: readonly Fact[], view: View): Judgement {
  const machine = runMachine(law, facts, view);
  const wanted = wantedOf(machine);
  const choices = [...machine.choices];
  const next = nextOf(machine);
  const held = heldPairs(machine);
  const render = renderOutcome(machine, wanted, next);
  const wakeAt = lookAhead(machine);
  const { zone } = law.offer;
  return {
    outcome: { ...render, wakeAt: wakeAt === null ? null : zone.format(wakeAt) },
    next,
    wakeAt,
    wakeClause:
      machine.reachedBy === null || wakeAt === null ? null : `${machine.reachedBy.clause} ${machine.reachedBy.subject}`,
    wanted,
    acts: machine.acts,
    held,
    choices,
  };
}

/** The holds as they stand at the view, apart from the machine that walks on. */
function heldPairs(machine: Machine): (clause: string, subject: string) => boolean {
  const holds = machine.holds.filter((hold) => hold.to === null).map((hold) => ({ ...hold }));
  if (holds.length === 0) return () => false;
  const frozen = { ...machine, holds };
  return (clause, subject) => provisionsNamed(frozen, clause).some((provision) => heldNow(frozen, provision, subject));
}
