import type { Fact } from '../../facts/fact.js';
import type { Instant } from '../../law/types.js';
import type { Topic } from '../../offer/types.js';
import { adopt, startNewClauses } from './adopt.js';
import { cancelClock, lapseClock, meetClock, refreshEnd } from './clocks.js';
import { applyAll, applyNow } from './consequences.js';
import { startsOf } from './editions.js';
import { balanceOf, postingsOf } from '../money/ledger.js';
import { expireRight } from './rights.js';
import { endSpan } from './spans.js';
import { startRule } from './starting.js';
import type { Entry } from './agenda.js';
import { causeOf, ownCause, type Cause } from './cause.js';
import type { Hooks, Machine } from './state.js';
import { TAKINGS } from './taking.js';
import { isMoneyCondition, takeWaiters } from './waiting.js';

/** More openings than this in one cascade is a circle of clauses within one instant. */
const MAX_DEPTH = 200;

/** Walks through facts and what happens by itself, in order, up to and with `until`. At one instant lapses come before facts (reading 3). */
export function walk(machine: Machine, until: Instant): void {
  const { facts } = machine.record;
  let position = 0;
  for (;;) {
    const entry = machine.agenda.peek();
    const fact = facts[position];
    const own = entry?.at ?? Infinity;
    const world = fact?.at ?? Infinity;
    if (Math.min(own, world) > until) return;
    if (own <= world) {
      machine.agenda.pop();
      machine.now = own;
      machine.horizon = Math.min(world, machine.agenda.peek()?.at ?? Infinity, until + 1);
      happen(machine, entry as Entry);
    } else {
      position++;
      machine.now = world;
      takeFact(machine, fact as Fact);
    }
  }
}

/** So many steps, or so far ahead, without anything reaching the world: then it is worth waking and looking again. */
const MAX_AHEAD = 2_000;
const FAR_AHEAD = 4 * 366 * 86_400_000;

/** Goes on beyond the view without facts until something reaches the world; gives that instant, or null. */
export function lookAhead(machine: Machine): Instant | null {
  machine.reached = false;
  machine.reachedBy = null;
  machine.horizon = -Infinity;
  let steps = 0;
  for (let entry = machine.agenda.pop(); entry !== undefined; entry = machine.agenda.pop()) {
    if (!isLive(machine, entry)) continue;
    const { item } = entry;
    if (item.what === 'lapse' && !item.clock.rule.effectful[machine.edition]) continue;
    machine.now = entry.at;
    machine.reachedBy = null;
    happen(machine, entry);
    if (machine.reached || ++steps === MAX_AHEAD || entry.at > machine.view.asOf + FAR_AHEAD) {
      machine.reachedBy ??=
        item.what === 'lapse' ? { clause: item.clock.rule.clause, subject: item.clock.subject } : null;
      return entry.at;
    }
  }
  return null;
}

/** Whether an entry of the agenda still means something. */
export function isLive(machine: Machine, entry: Entry): boolean {
  const { item } = entry;
  switch (item.what) {
    case 'lapse':
      return (
        item.clock.state === 'running' &&
        item.clock.deadline.due !== null &&
        Math.max(item.clock.deadline.due, item.clock.opened) === entry.at
      );
    case 'apply':
      return (
        machine.amendments.get(item.subject)?.state === 'pending' &&
        machine.amendments.get(item.subject)?.appliesAt === entry.at
      );
    case 'span starts':
      return item.span.to === null || item.span.to > item.span.from;
    case 'span ends':
      return item.span.to === null;
    case 'right expires':
      return item.right.state === 'open' || item.right.state === 'asked';
    case 'adoption':
    case 'performed':
      return true;
    case 'new clauses':
      return item.edition === machine.edition && machine.concludedAt !== null && machine.endedAt === null;
    case 'cap':
      return item.claim.capAt === entry.at && machine.invoices.get(item.claim.subject)?.settledAt === null;
    case 'end':
      return machine.endedAt === null && machine.ends.includes(item.end);
  }
}

function happen(machine: Machine, entry: Entry): void {
  if (!isLive(machine, entry)) return;
  const { item } = entry;
  switch (item.what) {
    case 'adoption':
      return adopt(machine, item.fact);
    case 'new clauses':
      return startNewClauses(machine, item.cause);
    case 'lapse':
      return lapseClock(machine, item.clock);
    case 'apply':
      return applyNow(machine, item.subject);
    case 'span starts':
      machine.reached = true;
      return;
    case 'span ends':
      return endSpan(machine, item.span, false, null);
    case 'right expires':
      return expireRight(machine, item.right);
    case 'performed':
      return emit(machine, item.topic, item.cause);
    case 'cap':
      item.claim.cappedAt = machine.now;
      item.claim.capAt = null;
      machine.reached = true;
      return;
    case 'end':
      return endContract(machine, item.end.clause, item.end.subject, item.cause);
  }
}

function endContract(machine: Machine, clause: string, subject: string, cause: Cause): void {
  machine.endedAt = machine.now;
  machine.endedBy = { clause, subject };
  machine.reached = true;
  for (const clock of machine.clocks)
    if (clock.state === 'running' && !clock.rule.survives && clock.rule.within?.form !== 'end')
      cancelClock(machine, clock, null);
  for (const right of machine.rights.values())
    if ((right.state === 'open' || right.state === 'asked') && !right.rule.survives) expireRight(machine, right);
  // A contract that is over is not changed any more: what did not apply by then never will.
  for (const [name, { state }] of machine.amendments) if (state === 'pending') machine.amendments.delete(name);
  refreshEnd(machine);
  const lastDay = machine.law.offer.zone.dayOf(machine.now - 1);
  const ending = ownCause(machine.now, 'end', 'contract', {}, { day: lastDay }, cause.factId, cause.via);
  emit(machine, machine.law.offer.index.own.end, ending);
}

/** Keeps a fact for what will look back at it. */
function remember(machine: Machine, fact: Fact): void {
  let bySubject = machine.seen.get(fact.type);
  if (bySubject === undefined) machine.seen.set(fact.type, (bySubject = new Map()));
  const earlier = bySubject.get(fact.subject);
  if (earlier) earlier.push(fact);
  else bySubject.set(fact.subject, [fact]);
}

function takeFact(machine: Machine, fact: Fact): void {
  if (fact.type === 'forcemajeure.began') machine.beganUnder.set(fact.id, machine.edition);
  const taking = TAKINGS.get(fact.type);
  if (taking?.idle !== undefined && taking.idle(machine, fact)) return;
  const topic = machine.law.offer.index.topics.get(fact.type);
  if (topic?.remembered === true) remember(machine, fact);
  const ownEnd = taking?.take !== undefined && taking.take(machine, fact) === 'own end';
  if (topic === undefined) return;
  const cause = causeOf(fact);
  // A text that this very fact brings is in force for what comes after it.
  const starts = startsOf(machine, topic);
  meet(machine, topic, cause);
  for (const start of starts) if (!(ownEnd && start.rule.kind === 'termination')) startRule(machine, start, cause);
}

/** Meets, cancels and ends what waits for this. */
function meet(machine: Machine, topic: Topic, cause: Cause): void {
  for (const waiter of takeWaiters(machine, topic, cause)) {
    switch (waiter.what) {
      case 'meet':
        // In time means before due: what comes with the lapse of another clause at that very instant is late.
        if (waiter.clock.state === 'running' && machine.now < (waiter.clock.deadline.due ?? Infinity))
          meetClock(machine, waiter.clock, cause);
        break;
      case 'cancel':
        if (waiter.clock.state === 'running') cancelClock(machine, waiter.clock, cause.factId);
        break;
      case 'end':
        endSpan(machine, waiter.span, isMoneyCondition(topic.key), cause.factId);
        break;
      case 'answer':
        waiter.question.closed = true;
        machine.reached = true;
        break;
      case 'expire':
        if (waiter.right.state === 'open' || waiter.right.state === 'asked') expireRight(machine, waiter.right);
        break;
    }
  }
}

/** Makes an event known: it meets what waits for it, then starts what it starts. */
function emit(machine: Machine, topic: Topic, cause: Cause): void {
  if (++machine.depth > MAX_DEPTH)
    throw new Error(`clauses start one another in a circle within one instant, at "${topic.key}"`);
  meet(machine, topic, cause);
  for (const start of startsOf(machine, topic)) startRule(machine, start, cause);
  machine.depth--;
}

/**
 * What clocks, rights and money call back into. One object for all machines: a closure for each machine would keep the
 * machines before it alive in the collector's eyes, and half of the time of judging would go into copying them.
 */
export const HOOKS: Hooks = {
  emit,
  meet,
  apply: applyAll,
  owed: (machine) => balanceOf(postingsOf(machine, null))['KZT'] ?? 0,
};
