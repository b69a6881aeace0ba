import type { Fact } from '../facts/fact.js';
import type { Instant } from '../law/types.js';
import type { EventSpec } from '../offer/types.js';
import { eventKey } from '../offer/happening.js';
import { cancelClock, lapseClock, meetClock, refreshEnd } from './clocks.js';
import { applyAll, applyNow, setConsent } from './consequences.js';
import { takeHold } from './holds.js';
import { takeMoney } from './money.js';
import { decideHeld, expireRight, takeChoice, takeNotice } from './rights.js';
import { endSpan, releaseSpans } from './spans.js';
import { startRule } from './starting.js';
import type { Entry } from './agenda.js';
import type { Cause, Machine } from './state.js';
import { MONEY_CONDITIONS, takeWaiters } from './waiting.js';

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
  let steps = 0;
  for (let entry = machine.agenda.pop(); entry !== undefined; entry = machine.agenda.pop()) {
    if (!isLive(machine, entry)) continue;
    const { item } = entry;
    if (item.what === 'lapse' && !item.clock.rule.effectful) continue;
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
    case 'performed':
      return true;
    case 'cap':
      return item.claim.cappedAt === null && machine.invoices.get(item.claim.subject)?.everSettled !== true;
    case 'end':
      return machine.endedAt === null;
  }
}

function happen(machine: Machine, entry: Entry): void {
  if (!isLive(machine, entry)) return;
  const { item } = entry;
  switch (item.what) {
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
      return machine.emit(item.key, item.cause);
    case 'cap':
      item.claim.cappedAt = machine.now;
      machine.reached = true;
      return;
    case 'end':
      return endContract(machine, item.clause, item.subject, item.cause);
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
  refreshEnd(machine);
  machine.emit('end', {
    at: machine.now,
    type: 'end',
    subject: 'contract',
    data: {},
    start: { day: machine.law.offer.zone.dayOf(machine.now - 1) },
    factId: cause.factId,
    ...(cause.via === undefined ? {} : { via: cause.via }),
  });
}

const REASONED = new Set(['act.refused', 'reconciliation.refused']);

/** A refusal without reasons is taken and has no effect. */
function unreasoned(fact: Fact): boolean {
  const refuses = REASONED.has(fact.type) || (fact.type === 'claim.answered' && fact.data['answer'] === 'refused');
  return refuses && String(fact.data['reasons'] ?? '').trim() === '';
}

/** A cancelled invoice that was never presented is of nothing. A closed or ended tariff concerns who chose it; a tariff that ends without one having been named is the only one there is. */
function concernsNobody(machine: Machine, fact: Fact): boolean {
  if (fact.type === 'invoice.cancelled') return (machine.invoices.get(fact.subject)?.amount ?? null) === null;
  const name = fact.data['tariff'];
  if (fact.type === 'tariff.closed') return name !== machine.tariffName;
  return (
    fact.type === 'tariff.ended' && name !== undefined && machine.tariffName !== null && name !== machine.tariffName
  );
}

function remember(machine: Machine, fact: Fact): void {
  const place = `${fact.type}|${fact.subject}`;
  const earlier = machine.seen.get(place);
  if (earlier) earlier.push(fact);
  else machine.seen.set(place, [fact]);
}

function takeFact(machine: Machine, fact: Fact): void {
  if (unreasoned(fact) || concernsNobody(machine, fact)) return;
  const cause: Cause = {
    at: fact.at,
    type: fact.type,
    subject: fact.subject,
    data: fact.data,
    start: { event: fact.at },
    factId: fact.id,
  };
  if (machine.law.offer.index.remembered.has(fact.type)) remember(machine, fact);
  takeMoney(machine, fact);
  let ownEnd = false;
  switch (fact.type) {
    case 'right.used':
    case 'right.declined':
      takeChoice(machine, fact);
      break;
    case 'right.released':
      releaseSpans(machine, String(fact.data['clause']), fact.subject, fact.id);
      break;
    case 'hold.placed':
    case 'hold.lifted':
    case 'review.decided':
      if (takeHold(machine, fact)) decideHeld(machine);
      break;
    case 'withdrawal.notified':
    case 'termination.sent':
    case 'termination.received':
      ownEnd = takeNotice(machine, fact);
      break;
    case 'consent.given':
    case 'consent.withdrawn':
      setConsent(
        machine,
        String(fact.data['purpose'] ?? 'data'),
        fact.type === 'consent.given' ? 'given' : 'withdrawn',
      );
      break;
    case 'amendment.published':
      if (!machine.amendments.has(fact.subject))
        machine.amendments.set(fact.subject, {
          subject: fact.subject,
          publishedAt: fact.at,
          appliesAt: null,
          state: 'pending',
        });
      break;
  }
  notify(machine, fact.type, cause);
  for (const rule of machine.law.offer.index.byFact.get(fact.type) ?? [])
    for (let position = 0; position < rule.on.length; position++) {
      const spec = rule.on[position] as EventSpec;
      if (spec.what.on === 'fact' && spec.what.type === fact.type && !(ownEnd && rule.kind === 'termination'))
        startRule(machine, rule, spec, position, cause);
    }
}

/** Meets, cancels and ends what waits for this. */
function notify(machine: Machine, key: string, cause: Cause): void {
  for (const waiter of takeWaiters(machine, key, cause)) {
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
        endSpan(machine, waiter.span, (MONEY_CONDITIONS as readonly string[]).includes(key), cause.factId);
        break;
      case 'expire':
        if (waiter.right.state === 'open' || waiter.right.state === 'asked') expireRight(machine, waiter.right);
        break;
    }
  }
}

/** Wires the machine: an event meets what waits for it, then starts what it starts. */
export function wire(machine: Machine): void {
  machine.apply = (rule, subject, run, cause, list) => applyAll(machine, rule, subject, run, cause, list);
  machine.emit = (key, cause) => {
    if (++machine.depth > MAX_DEPTH)
      throw new Error(`clauses start one another in a circle within one instant, at "${key}"`);
    // Settled for a second time still lifts what waits; it does not start a clause again.
    const again = key === 'settled again';
    notify(machine, again ? 'settled' : key, cause);
    for (const rule of again ? [] : (machine.law.offer.index.byEvent.get(key) ?? []))
      for (const [position, spec] of rule.on.entries())
        if (eventKey(spec.what) === key) startRule(machine, rule, spec, position, cause);
    machine.depth--;
  };
}
