import type { EventSpec, Party, Topic } from '../../offer/types.js';
import { fieldsFor } from './fields.js';
import { unpaidOf } from '../money/invoices.js';
import { partiesBy } from '../tolls.js';
import { causeOf, changed, type Cause } from './cause.js';
import type { Machine, Waiter } from './state.js';

/** Conditions on money: they hold or not at any instant, and are looked at whenever money moves. */
export type MoneyCondition = 'settled' | 'debt settled' | 'all settled' | 'account settled';

/** Whether a key of an event is that of a condition on money. */
export function isMoneyCondition(key: string): key is MoneyCondition {
  return key === 'settled' || key === 'debt settled' || key === 'all settled' || key === 'account settled';
}

/** Puts something that runs under what it waits for. */
export function waitFor(machine: Machine, waiter: Waiter, subject: string): void {
  const { topic, subject: about } = waiter.spec;
  const waiting = (machine.waiting[topic.place] ??= { about: new Map(), anything: [] });
  if (about === 'any' || (topic.key !== 'settled' && isMoneyCondition(topic.key))) {
    waiting.anything.push(waiter);
    return;
  }
  const list = waiting.about.get(subject);
  if (list) list.push(waiter);
  else waiting.about.set(subject, [waiter]);
}

const alive = (waiter: Waiter): boolean => {
  switch (waiter.what) {
    case 'meet':
    case 'cancel':
      return waiter.clock.state === 'running';
    case 'end':
      return waiter.span.to === null;
    case 'answer':
      return !waiter.question.closed;
    case 'expire':
      return waiter.right.state === 'open' || waiter.right.state === 'asked';
  }
};

/** Of an event that hits both parties each gives its own notice. */
const byAnother = (debtor: Party | null, cause: Cause): boolean =>
  cause.type === 'forcemajeure.notified' &&
  cause.data['by'] !== undefined &&
  debtor !== null &&
  !partiesBy(cause.data['by']).includes(debtor);

const debtorOf = (waiter: Waiter): Party | null => ('clock' in waiter ? waiter.clock.debtor : null);

function originOf(waiter: Waiter): Cause {
  switch (waiter.what) {
    case 'meet':
    case 'cancel':
      return waiter.clock.origin;
    case 'end':
      return waiter.span.origin;
    case 'answer':
      return waiter.question.origin;
    case 'expire':
      return waiter.right.origin;
  }
}

/** What is alive and waits for this, taken out of the register; what is dead goes with it. */
export function takeWaiters(machine: Machine, topic: Topic, cause: Cause): readonly Waiter[] {
  const waiting = machine.waiting[topic.place];
  if (waiting === undefined) return NOBODY;
  const about = takeFrom(machine, waiting.about.get(cause.subject), cause);
  const anything = takeFrom(machine, waiting.anything, cause);
  return anything.length === 0 ? about : about.length === 0 ? anything : [...about, ...anything];
}

/** Takes from one list what fits; the rest that is alive stays, in its order. */
function takeFrom(machine: Machine, list: Waiter[] | undefined, cause: Cause): readonly Waiter[] {
  if (list === undefined || list.length === 0) return NOBODY;
  let due: Waiter[] | null = null;
  let left = 0;
  for (const waiter of list) {
    if (!alive(waiter)) continue;
    if (fits(machine, waiter, cause)) (due ??= []).push(waiter);
    else list[left++] = waiter;
  }
  list.length = left;
  return due ?? NOBODY;
}

const fits = (machine: Machine, waiter: Waiter, cause: Cause): boolean =>
  !(cause.type === 'forcemajeure.notified' && byAnother(debtorOf(waiter), cause)) &&
  (waiter.spec.when === null || waiter.spec.when(fieldsFor(machine, cause, originOf(waiter), 1)));

const NOBODY: readonly Waiter[] = [];

/** Whether a condition on money holds now. */
export function moneyHolds(machine: Machine, what: MoneyCondition, subject: string): boolean {
  switch (what) {
    case 'settled': {
      const invoice = machine.invoices.get(subject);
      return invoice !== undefined && invoice.amount !== null && unpaidOf(invoice) === 0;
    }
    case 'debt settled':
      return machine.owing.late === 0;
    case 'all settled':
      return machine.owing.all === 0;
    case 'account settled':
      return machine.hooks.owed(machine) <= 0;
  }
}

/**
 * Whether something that a new clock, span or right waits for has come already. A fact that came earlier belongs to the first run of a
 * subject: the cure of one breach does not cure the next.
 */
export function cameBefore(
  machine: Machine,
  spec: EventSpec,
  subject: string,
  run: string,
  origin: Cause,
  debtor: Party | null = null,
): boolean {
  const { what } = spec;
  switch (what.on) {
    case 'settled':
    case 'debt settled':
    case 'all settled':
    case 'account settled': {
      if (spec.subject === 'any') return false;
      if (!moneyHolds(machine, what.on, subject)) return false;
      return (
        spec.when === null || spec.when(fieldsFor(machine, changed(origin, { at: machine.now, subject }), origin, 1))
      );
    }
    case 'fact': {
      if (run !== '1' || spec.afterOpening || spec.subject === 'any' || subject === 'contract') return false;
      const earlier = machine.seen.get(what.type)?.get(subject);
      if (!earlier) return false;
      return earlier.some((fact) => {
        const cause = causeOf(fact, subject);
        return !byAnother(debtor, cause) && (spec.when === null || spec.when(fieldsFor(machine, cause, origin, 1)));
      });
    }
    case 'application':
      return machine.amendments.get(subject)?.state === 'applies';
    default:
      return false;
  }
}
