import { deadlineOf } from '../../law/deadline.js';
import { formatDay } from '../../law/day.js';
import type { AnyTerm, CountingContext, Day, Deadline, Instant, Start } from '../../law/types.js';
import type { Party, Rule } from '../../offer/types.js';
import { textOf } from './amendments.js';
import { editionOf, successorOf } from './editions.js';
import { noteLapse } from '../money/invoices.js';
import { dayNamed, instantOf } from './named.js';
import { openRight } from './rights.js';
import { causeFrom, changed, type Cause } from './cause.js';
import type { Clock, Machine } from './state.js';
import { cameBefore, waitFor } from './waiting.js';

/*
 * One run of a clause:
 *
 *     running ──(what meets it comes before due)──→ met
 *        │ ────(due passes)───────────────────────→ lapsed
 *        └─────(cancelled by what the clause names, or by the end of the contract)→ cancelled
 *
 * Each run ends in exactly one of the three. "tolled" is how a running clock looks while force majeure without a known end holds its deadline open.
 */

const OPEN: Deadline = { lastDay: null, due: null, provisional: false, tolledDays: 0 };
const CALENDAR_UNITS = new Set(['months', 'quarters', 'half-years', 'years']);

/** What a run is made of, before its deadline is counted. */
type Opening = Pick<Clock, 'rule' | 'subject' | 'run' | 'debtor' | 'origin' | 'start' | 'anchor' | 'multiple'>;

/** Opens a run, unless this subject has one already; what came before may meet it at once. */
export function openClock(machine: Machine, rule: Rule, subject: string, debtor: Party | null, origin: Cause): void {
  const former = machine.latest[rule.place]?.get(placeOf(rule, subject, debtor));
  const beside = rule.again === 'always';
  if (former && ((former.state === 'running' && !beside) || (subject !== 'contract' && !rule.again))) return;
  const day = rule.recurring || former ? formatDay(machine.law.offer.zone.dayOf(machine.now)) : '1';
  // Two runs of one day are told apart by the fact that started the second.
  const run = former?.run === day && beside ? `${day}/${origin.factId ?? ''}` : day;
  const { start } = origin;
  open(machine, { rule, subject, run, debtor, origin, start, anchor: start, multiple: 1 });
}

/** Runs of a rule that has several debtors, here or in another edition, are told apart by them. */
const placeOf = (rule: Rule, subject: string, debtor: Party | null): string =>
  rule.several ? `${subject}|${debtor}` : subject;

function open(machine: Machine, opening: Opening): void {
  const clock = makeClock(machine, opening);
  if (clock !== null) begin(machine, clock);
}

/** A run with its deadline, not yet waiting for anything; null where a day that it needs was not named. */
function makeClock(machine: Machine, opening: Opening): Clock | null {
  const deadline = countDeadline(machine, opening);
  if (deadline === null) return null;
  const { rule, subject, run, debtor, origin, start, anchor, multiple } = opening;
  // A recurring run that would be over when it opens (counted back from one named day) is none.
  if (rule.recurring && deadline.due !== null && deadline.due <= machine.now) return null;
  const clock: Clock = {
    rule,
    subject,
    run,
    debtor,
    origin,
    opened: machine.now,
    start,
    anchor,
    multiple,
    deadline,
    state: 'running',
    closed: null,
    closedBy: null,
  };
  machine.clocks.push(clock);
  return clock;
}

/** Lets a run wait for its due and for what meets or cancels it; what came before may meet it at once. */
function begin(machine: Machine, clock: Clock): void {
  const { rule, subject, debtor, origin } = clock;
  const { due } = clock.deadline;
  (machine.latest[rule.place] ??= new Map()).set(placeOf(rule, subject, debtor), clock);
  if (due !== null) {
    const brings = rule.applies ? textOf(machine.amendments.get(subject)) : null;
    machine.agenda.add(Math.max(due, machine.now), rule.order, subject, { what: 'lapse', clock }, brings);
  }
  foresee(machine, clock);
  if (rule.says.opening !== null)
    machine.hooks.emit(machine, rule.says.opening, changed(origin, { at: machine.now, start: { event: machine.now } }));
  if (!rule.recurring)
    for (const spec of rule.met)
      if (clock.state === 'running' && cameBefore(machine, spec, subject, clock.run, origin, debtor))
        return meetClock(machine, clock, null);
  if (clock.state !== 'running') return;
  for (const spec of rule.met) waitFor(machine, { what: 'meet', spec, clock }, subject);
  for (const spec of rule.cancel) waitFor(machine, { what: 'cancel', spec, clock }, subject);
}

/** A clause whose lapse ends the contract or applies an amendment makes that instant known as soon as it opens. */
function foresee(machine: Machine, clock: Clock): void {
  if (clock.rule.holder !== null || clock.rule.then.length === 0) return;
  for (const one of clock.rule.then) {
    if (one.do === 'end') refreshEnd(machine);
    if (one.do !== 'apply') continue;
    const amendment = machine.amendments.get(clock.subject);
    const named = one.named ? instantOf(machine, clock.origin.data['effective']) : null;
    if (amendment?.state === 'pending' && clock.deadline.due !== null)
      amendment.appliesAt = Math.max(clock.deadline.due, named ?? clock.deadline.due);
  }
}

/** What the count of a clause's deadline depends on. */
export function countingOf(machine: Machine, rule: Rule, debtor: Party | null, opened: Instant): CountingContext {
  return {
    zone: machine.law.offer.zone,
    calendar: machine.law.calendar,
    hours: editionOf(machine, rule).hours,
    asOf: machine.view.asOf,
    knownAt: machine.view.knownAt,
    opened,
    noRoll: rule.noRoll,
    tolls: rule.tolled && debtor !== null && machine.tolls[debtor].length > 0 ? machine.tolls[debtor] : undefined,
  };
}

/** The same, kept for each rule whose debtor is one: only the opening differs from run to run. */
function sharedCounting(machine: Machine, rule: Rule, debtor: Party | null): CountingContext {
  if (rule.debtor !== debtor || rule.edition !== machine.edition) return countingOf(machine, rule, debtor, machine.now);
  const known = (machine.counting[rule.order] ??= { ...countingOf(machine, rule, debtor, machine.now) });
  known.opened = machine.now;
  return known;
}

/** The deadline of a run as of now; null when a day that the clause needs was not named. */
function countDeadline(machine: Machine, { rule, debtor, origin, anchor, multiple, start }: Opening): Deadline | null {
  const { within } = rule;
  const { zone } = machine.law.offer;
  if (within === null || within.form === 'open') return OPEN;
  if (within.form === 'end') return endDeadline(machine);
  const context = sharedCounting(machine, rule, debtor);
  if (within.form === 'before') {
    const day = dayNamed(machine, origin.data[within.field]);
    return day === null ? null : deadlineOf(within.term, { day }, context);
  }
  const repeated = multiple > 1 && within.term.kind === 'length' ? times(within.term, multiple) : within.term;
  const counted = deadlineOf(repeated, multiple > 1 ? anchor : start, context);
  if (within.form === 'named') {
    const day = dayNamed(machine, origin.data[within.field]);
    if (day === null || (counted.lastDay !== null && day < counted.lastDay && !within.earlierToo)) return counted;
    return { ...counted, lastDay: day, due: zone.startOf(day + 1) };
  }
  if (within.form === 'earlier') {
    const other = earliestOf(machine, within.ref);
    if (other === null || other.due === null || (counted.due !== null && counted.due <= other.due)) return counted;
    return { ...counted, lastDay: other.lastDay, due: other.due };
  }
  return counted;
}

const times = (term: Extract<AnyTerm, { kind: 'length' }>, multiple: number): AnyTerm => ({
  ...term,
  n: term.n * multiple,
});

/**
 * Of the running clocks of a clause, the deadline that comes last: a paid period goes on until the last one that runs is over. One that runs
 * out at this very instant is over, whichever of the two lapses is looked at first.
 */
function earliestOf(machine: Machine, ref: string): Deadline | null {
  let found: Deadline | null = null;
  for (const clock of machine.clocks)
    if (
      clock.rule.provision === ref &&
      clock.state === 'running' &&
      (found?.due ?? machine.now) < (clock.deadline.due ?? Infinity)
    )
      found = clock.deadline;
  return found;
}

/** When the contract will end as things stand; null while no end is in sight. */
export function endInSight(machine: Machine): Instant | null {
  if (machine.endedAt !== null) return machine.endedAt;
  let end: Instant | null = null;
  for (const one of machine.ends) if (end === null || one.at < end) end = one.at;
  for (const clock of machine.clocks) {
    const { due } = clock.deadline;
    if (clock.state !== 'running' || clock.rule.holder !== null || due === null) continue;
    if (clock.rule.ends && (end === null || due < end)) end = due;
  }
  return end;
}

function endDeadline(machine: Machine): Deadline {
  const end = endInSight(machine);
  return end === null
    ? OPEN
    : { lastDay: machine.law.offer.zone.dayOf(end - 1), due: end, provisional: false, tolledDays: 0 };
}

/** Gives clocks that run until the end of the contract their deadline anew. */
export function refreshEnd(machine: Machine): void {
  for (const clock of machine.clocks) {
    if (clock.state !== 'running' || clock.rule.within?.form !== 'end') continue;
    clock.deadline = endDeadline(machine);
    if (clock.deadline.due !== null)
      machine.agenda.add(Math.max(clock.deadline.due, machine.now), clock.rule.order, clock.subject, {
        what: 'lapse',
        clock,
      });
  }
}

/** What the run waited for has come in time. */
export function meetClock(machine: Machine, clock: Clock, by: Cause | null): void {
  close(machine, clock, 'met', machine.now);
  clock.closedBy = by?.factId ?? null;
  const { rule } = clock;
  const start: Start = { event: machine.now };
  if (rule.fulfilled.length > 0 || rule.says.met !== null) {
    const cause = causeFrom(clock, 'met', machine.now, start);
    // A day that ends or applies something is named by what met the clock, not by what opened it.
    const named = changed(cause, { data: { ...cause.data, effective: by?.data['effective'] } });
    if (rule.fulfilled.length > 0) machine.hooks.apply(machine, rule, clock.subject, clock.run, named, rule.fulfilled);
    if (rule.says.met !== null) machine.hooks.emit(machine, rule.says.met, cause);
  }
  if (rule.recurring && machine.endedAt === null) {
    const next = successorOf(machine, rule);
    const run = formatDay(machine.law.offer.zone.dayOf(machine.now));
    const { subject, origin } = clock;
    if (next !== null)
      open(machine, {
        rule: next,
        subject,
        run,
        debtor: owingNext(next, clock),
        origin,
        start,
        anchor: start,
        multiple: 1,
      });
  }
}

/** The clause no longer asks for it. */
export function cancelClock(machine: Machine, clock: Clock, by: string | null): void {
  clock.closedBy = by;
  close(machine, clock, 'cancelled', machine.now);
}

function close(machine: Machine, clock: Clock, state: 'met' | 'lapsed' | 'cancelled', at: Instant): void {
  clock.state = state;
  clock.closed = at;
  const { rule } = clock;
  if (rule.ends) refreshEnd(machine);
  if ((rule.keeps || rule.ends) && (!rule.effectful[machine.edition] || state === 'met')) machine.reached = true;
}

/** The due instant has come and nothing met it. */
export function lapseClock(machine: Machine, clock: Clock): void {
  const { rule, subject, run } = clock;
  close(machine, clock, 'lapsed', machine.now);
  const lastDay = clock.deadline.lastDay ?? machine.law.offer.zone.dayOf(machine.now - 1);
  if (rule.pays) {
    const invoice = machine.invoices.get(subject);
    if (invoice) noteLapse(machine, invoice, lastDay);
  }
  if (rule.holder !== null || rule.then.length > 0 || rule.says.lapse !== null) {
    const cause = causeFrom(clock, 'lapse', machine.now, { day: lastDay });
    if (rule.holder !== null) openRight(machine, rule, subject, run, clock.debtor, cause);
    else if (rule.then.length > 0) machine.hooks.apply(machine, rule, subject, run, cause, rule.then);
    if (rule.says.lapse !== null) machine.hooks.emit(machine, rule.says.lapse, cause);
  }
  if (rule.recurring && machine.endedAt === null) runAgain(machine, clock, lastDay);
}

/** Who owes the next run: who owed the last one, unless the edition in force names a party. */
const owingNext = ({ debtor }: Rule, last: Clock): Party | null =>
  debtor === 'participant' || debtor === 'operator' ? debtor : last.debtor;

/**
 * Opens the run after a lapsed one. A quiet clause whose next due comes before anything else happens lapses again at once, and so on: years
 * of a duty that nobody fulfils are a loop, and ask neither the agenda nor those who wait.
 */
function runAgain(machine: Machine, lapsed: Clock, lastDay: Day): void {
  const rule = successorOf(machine, lapsed.rule);
  if (rule === null) return;
  const { subject, origin } = lapsed;
  const debtor = owingNext(rule, lapsed);
  const term = rule.within?.form === 'term' ? rule.within.term : null;
  const steps = term?.kind === 'length' && CALENDAR_UNITS.has(term.unit);
  // Another term counts from where the lapsed run ended, not from where the first one began.
  const sameTerm = rule === lapsed.rule || rule.withinText === lapsed.rule.withinText;
  const anchor: Start = sameTerm ? lapsed.anchor : { day: lastDay };
  let multiple = sameTerm ? lapsed.multiple : 0;
  for (let last = lastDay; ;) {
    const run = formatDay(machine.law.offer.zone.dayOf(machine.now));
    // "First day of the next month" is named by the day that it starts in; every length counts from the last day of the lapsed run.
    const start: Start = term?.kind === 'length' ? { day: last } : { event: machine.now };
    multiple = steps ? multiple + 1 : 1;
    const clock = makeClock(machine, { rule, subject, run, debtor, origin, start, anchor, multiple });
    if (clock === null) return;
    const { due, lastDay: next } = clock.deadline;
    // What the lapse before it brought about may be due sooner than anything that was known.
    if (!rule.quiet || !lapsed.rule.quiet || due === null || next === null || due >= machine.horizon)
      return begin(machine, clock);
    clock.state = 'lapsed';
    clock.closed = machine.now = due;
    last = next;
  }
}
