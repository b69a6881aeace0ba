import type { EventSpec, Party } from '../offer/types.js';
import { fieldsFor } from './fields.js';
import { unpaidOf } from './invoices.js';
import { partiesBy } from './tolls.js';
import { waitKey, type Cause, type Machine, type Waiter } from './state.js';

/** Conditions on money: they hold or not at any instant, and are looked at whenever money moves. */
export const MONEY_CONDITIONS = ['settled', 'debt settled', 'all settled', 'account settled'] as const;

/** Puts something that runs under what it waits for. */
export function waitFor(machine: Machine, waiter: Waiter, subject: string): void {
  const { spec } = waiter;
  const key = waitKey(spec.what);
  const wide = spec.subject === 'any' || (key !== 'settled' && (MONEY_CONDITIONS as readonly string[]).includes(key));
  let bySubject = machine.waiting.get(key);
  if (!bySubject) machine.waiting.set(key, (bySubject = new Map()));
  const place = wide ? '*' : subject;
  const list = bySubject.get(place);
  if (list) list.push(waiter);
  else bySubject.set(place, [waiter]);
}

const alive = (waiter: Waiter): boolean => {
  switch (waiter.what) {
    case 'meet':
    case 'cancel':
      return waiter.clock.state === 'running';
    case 'end':
      return waiter.span.to === null;
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

const originOf = (waiter: Waiter): Cause =>
  'clock' in waiter ? waiter.clock.origin : 'span' in waiter ? waiter.span.origin : waiter.right.origin;

/** What is alive and waits for this, taken out of the register; what is dead goes with it. */
export function takeWaiters(machine: Machine, key: string, cause: Cause): readonly Waiter[] {
  const bySubject = machine.waiting.get(key);
  if (bySubject === undefined || bySubject.size === 0) return NOBODY;
  const due: Waiter[] = [];
  for (const place of cause.subject === '*' ? ['*'] : [cause.subject, '*']) {
    const list = bySubject.get(place);
    if (!list) continue;
    const left: Waiter[] = [];
    for (const waiter of list) {
      if (!alive(waiter)) continue;
      const fits =
        !byAnother(debtorOf(waiter), cause) &&
        (waiter.spec.when === null || waiter.spec.when(fieldsFor(machine, cause, originOf(waiter), 1)));
      if (fits) due.push(waiter);
      else left.push(waiter);
    }
    if (left.length === 0) bySubject.delete(place);
    else bySubject.set(place, left);
  }
  return due;
}

const NOBODY: readonly Waiter[] = [];

/** Whether a condition on money holds now. */
export function moneyHolds(machine: Machine, what: (typeof MONEY_CONDITIONS)[number], subject: string): boolean {
  switch (what) {
    case 'settled': {
      const invoice = machine.invoices.get(subject);
      return invoice !== undefined && invoice.amount !== null && unpaidOf(invoice) === 0;
    }
    case 'debt settled':
      for (const invoice of machine.invoices.values())
        if (invoice.lapsedDay !== null && unpaidOf(invoice) > 0) return false;
      return true;
    case 'all settled':
      for (const invoice of machine.invoices.values()) if (unpaidOf(invoice) > 0) return false;
      return true;
    case 'account settled':
      return machine.owed() <= 0;
  }
}

/** Whether something that a new clock, span or right waits for has come already. */
export function cameBefore(
  machine: Machine,
  spec: EventSpec,
  subject: string,
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
      const cause: Cause = { ...origin, at: machine.now, subject };
      return (
        moneyHolds(machine, what.on, subject) && (spec.when === null || spec.when(fieldsFor(machine, cause, origin, 1)))
      );
    }
    case 'fact': {
      if (spec.afterOpening || spec.subject === 'any' || subject === 'contract') return false;
      const earlier = machine.seen.get(`${what.type}|${subject}`);
      if (!earlier) return false;
      return earlier.some((fact) => {
        const cause: Cause = {
          at: fact.at,
          type: fact.type,
          subject,
          data: fact.data,
          start: { event: fact.at },
          factId: fact.id,
        };
        return !byAnother(debtor, cause) && (spec.when === null || spec.when(fieldsFor(machine, cause, origin, 1)));
      });
    }
    case 'application':
      return machine.amendments.get(subject)?.state === 'applies';
    default:
      return false;
  }
}
