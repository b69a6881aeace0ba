import { formatDay } from '../../law/day.js';
import type { Instant } from '../../law/types.js';
import { accessOf } from './access.js';
import { casesOf } from './cases.js';
import { endInSight } from '../walk/clocks.js';
import { editionOf, inForce } from '../walk/editions.js';
import { effectsOf } from './effects.js';
import { ledgerOf } from '../money/ledger.js';
import type { AmendmentView, ContractState, Outcome, RestrictionView, RightView, TimelineView } from '../outcome.js';
import type { Amendment, Clock, Machine } from '../walk/state.js';
import type { Wanted } from '../types.js';

const collator = new Intl.Collator('en', { numeric: true });

/** Clause numbers as people order them: 4.2 before 4.10. */
export const compareRefs = (left: string, right: string): number => collator.compare(left, right);

/** By opening, then clause; what is left of ties by subject, run and debtor, never by order of arrival. */
function byOpening(left: Clock, right: Clock): number {
  return (
    left.opened - right.opened ||
    compareRefs(left.rule.clause, right.rule.clause) ||
    compareRefs(left.subject, right.subject) ||
    compareRefs(left.run, right.run) ||
    compareRefs(left.debtor ?? '', right.debtor ?? '')
  );
}

function contractState(machine: Machine): ContractState {
  if (machine.endedAt !== null) return 'ended';
  if (machine.concludedAt === null) return 'offered';
  const asOf = machine.view.asOf;
  const suspended = machine.spans.some(
    (span) => span.what === 'suspend' && span.from <= asOf && (span.to === null || span.to > asOf),
  );
  return suspended ? 'suspended' : 'active';
}

/** Writes the machine out in the form of the public contract. */
export function renderOutcome(machine: Machine, wanted: ReadonlyMap<string, Wanted>, next: Instant | null): Outcome {
  const offer = inForce(machine);
  const { zone } = offer;
  const asOf = machine.view.asOf;
  const at = (instant: Instant): string => zone.format(instant);
  const maybe = (instant: Instant | null): string | null => (instant === null ? null : zone.format(instant));

  const timeline = (clock: Clock): TimelineView => {
    const { rule, deadline } = clock;
    const open = rule.within?.form === 'open' || rule.within?.form === 'end';
    return {
      clause: rule.clause,
      subject: clock.subject,
      run: clock.run,
      kind: rule.kind,
      debtor: clock.debtor,
      edition: editionOf(machine, rule).edition,
      state: clock.state === 'running' && deadline.due === null && !open ? 'tolled' : clock.state,
      opened: at(clock.opened),
      lastDay: deadline.lastDay === null ? null : formatDay(deadline.lastDay),
      due: maybe(deadline.due),
      closed: maybe(clock.closed),
      provisional: deadline.provisional,
      tolledDays: deadline.tolledDays,
    };
  };

  const rights = [...machine.rights.values()]
    .sort((left, right) => left.openedAt - right.openedAt || left.rule.order - right.rule.order)
    .map((right): RightView => ({
      key: right.key,
      clause: right.rule.clause,
      subject: right.subject,
      holder: right.holder,
      state: right.state,
      openedAt: at(right.openedAt),
      usedAt: maybe(right.usedAt),
    }));

  const restrictions = machine.spans
    .filter((span) => span.what === 'restrict' && span.from <= asOf && span.to !== span.from)
    .sort((left, right) => left.from - right.from)
    .map((span): RestrictionView => ({
      clause: span.rule.clause,
      subject: span.subject,
      functions: span.functions,
      from: at(span.from),
      to: maybe(span.to),
    }));

  const end = endInSight(machine);
  // A change that would come at the end of the contract or later never comes.
  const comes = (one: Amendment): boolean =>
    one.state === 'applies' || (one.state === 'pending' && (one.appliesAt ?? Infinity) < (end ?? Infinity));
  const amendments = [...machine.formerAmendments, ...machine.amendments.values()]
    .sort((left, right) => left.publishedAt - right.publishedAt)
    .map((one): AmendmentView => ({
      subject: one.subject,
      publishedAt: at(one.publishedAt),
      appliesAt: maybe(comes(one) ? one.appliesAt : null),
      state: one.state,
      ...(one.edition === null ? {} : { edition: one.edition }),
    }));

  return {
    offer: { id: offer.id, edition: offer.edition },
    asOf: at(asOf),
    knownAt: at(machine.view.knownAt),
    next: maybe(next),
    wakeAt: null,
    contract: {
      state: contractState(machine),
      concludedAt: maybe(machine.concludedAt),
      endsAt: maybe(end),
      endedAt: maybe(machine.endedAt),
    },
    timelines: [...machine.clocks].sort(byOpening).map(timeline),
    rights,
    restrictions,
    access: accessOf(machine),
    presumptions: [...machine.presumptions]
      .sort((left, right) => left.at - right.at)
      .map((one) => ({ clause: one.clause, subject: one.subject, at: at(one.at), meaning: one.meaning })),
    consents: [...machine.consents]
      .map(([purpose, consent]) => ({ purpose, state: consent.state, instant: consent.at }))
      .sort((left, right) => left.instant - right.instant)
      .map(({ purpose, state, instant }) => ({ purpose, state, at: at(instant) })),
    ledger: ledgerOf(machine, wanted),
    effects: effectsOf(machine, wanted),
    amendments,
    cases: casesOf(machine, wanted),
  };
}
