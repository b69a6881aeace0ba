import type { Fact } from '../../facts/fact.js';
import { formatDay } from '../../law/day.js';
import type { EventSpec, Party, Rule } from '../../offer/types.js';
import { isMeant } from './editions.js';
import { heldNow } from './holds.js';
import { endingOf } from './named.js';
import { changed, type Cause } from './cause.js';
import { keyOf, type Machine, type Right } from './state.js';
import { cameBefore, waitFor } from './waiting.js';
import { partiesBy } from '../tolls.js';

/*
 * A right:
 *
 *     open ──(its policy or its holder)──→ used
 *     asked (put to a person) ──→ used | declined
 *     open | asked ──(its ground went lawfully)──→ expired
 *
 * A right whose ground never was is not there at all.
 */

function holdersOf(rule: Rule, origin: Cause, debtor: Party | null): readonly Party[] {
  switch (rule.holder) {
    case 'participant':
    case 'operator':
      return [rule.holder];
    case 'named':
      return partiesBy(origin.data['by']);
    case 'other':
      return partiesBy(origin.data['by']).map((party) => (party === 'operator' ? 'participant' : 'operator'));
    case 'either':
      return ['operator', 'participant'];
    case 'same':
    case null:
      return debtor === null ? [] : [debtor];
  }
}

/** Opens the right of a rule for each of its holders. */
export function openRight(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  debtor: Party | null,
  origin: Cause,
): void {
  for (const holder of holdersOf(rule, origin, debtor)) openFor(machine, rule, subject, run, holder, origin);
}

function openFor(machine: Machine, rule: Rule, subject: string, run: string, holder: Party, origin: Cause): void {
  let key = keyOf(rule.provision, subject, run, holder);
  if (machine.rights.has(key)) {
    const mayAgain = subject === 'contract' || rule.again !== false;
    if (!mayAgain || (rule.again !== 'always' && anyRuns(machine, rule, subject, holder))) return;
    run = formatDay(machine.law.offer.zone.dayOf(machine.now));
    key = keyOf(rule.provision, subject, run, holder);
    if (machine.rights.has(key)) {
      // Rights of one day are told apart by the facts that opened them.
      if (rule.again === false || origin.factId === null) return;
      run = `${run}/${origin.factId}`;
      key = keyOf(rule.provision, subject, run, holder);
      if (machine.rights.has(key)) return;
    }
  }
  const right: Right = {
    key,
    rule,
    subject,
    run,
    holder,
    origin,
    openedAt: machine.now,
    state: 'open',
    usedAt: null,
    held: false,
  };
  machine.rights.set(key, right);
  machine.reached = true;
  machine.reachedBy ??= { clause: rule.clause, subject };
  const { grounds } = rule;
  if (grounds.some((spec) => cameBefore(machine, spec, subject, run, origin))) right.state = 'expired';
  else for (const spec of grounds) awaitGround(machine, right, spec);
  decide(machine, right);
}

/** A ground goes by an event, or by itself at a known instant. */
function awaitGround(machine: Machine, right: Right, spec: EventSpec): void {
  const end = endingOf(machine, right.origin, machine.now, spec.what.on);
  if (end === null) waitFor(machine, { what: 'expire', spec, right }, right.subject);
  else
    machine.agenda.add(Math.max(end, machine.now), right.rule.order, right.subject, { what: 'right expires', right });
}

/** Whether a former right of this rule is still to be decided, or what it closed is still closed. */
const anyRuns = (machine: Machine, rule: Rule, subject: string, holder: Party): boolean =>
  machine.spans.some((span) => span.rule.place === rule.place && span.subject === subject && span.to === null) ||
  [...machine.rights.values()].some(
    (right) =>
      right.rule.place === rule.place &&
      right.subject === subject &&
      right.holder === holder &&
      (right.state === 'open' || right.state === 'asked'),
  );

/** What a policy may ask of the past, counted only for one that asks. A class: a getter made for each question would be a shape of its own in the engine's tables, and keep its machine alive. */
class Past {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get lapses(): number {
    return this.#machine.clocks.filter((clock) => clock.state === 'lapsed').length;
  }

  get breaches(): number {
    const { record, now } = this.#machine;
    return record.facts.filter((fact) => fact.type === 'breach.recorded' && fact.at <= now).length;
  }
}

/** Lets the policy decide on an open right of the operator. */
function decide(machine: Machine, right: Right): void {
  if (right.state !== 'open' || right.holder === 'participant') return;
  right.held = heldNow(machine, right.rule.provision, right.subject);
  if (right.held) return;
  const invoice = machine.invoices.get(right.subject);
  const choice = machine.policy.decide({
    clause: right.rule.clause,
    subject: right.subject,
    does: right.rule.does,
    amount: invoice?.amount == null ? null : invoice.amount / 100,
    currency: invoice?.currency ?? null,
    participant: machine.law.participant,
    history: new Past(machine),
  });
  if (choice === 'use') {
    machine.choices.push({
      id: `${right.key}~${machine.now}`,
      type: 'right.used',
      at: machine.now,
      subject: right.subject,
      data: { clause: right.rule.clause, holder: right.holder, policy: machine.policy.id },
    });
    useRight(machine, right, null);
  } else if (choice === 'ask') right.state = 'asked';
}

/** Uses a right now. `named`: what the use names beside it (`effective`). */
export function useRight(machine: Machine, right: Right, named: Readonly<Record<string, unknown>> | null): void {
  right.state = 'used';
  right.usedAt = machine.now;
  machine.reached = true;
  const cause = changed(right.origin, {
    at: machine.now,
    data: named === null ? right.origin.data : { ...right.origin.data, ...named },
    via: { how: 'use', right },
  });
  machine.hooks.apply(machine, right.rule, right.subject, right.run, cause, right.rule.then);
  if (right.rule.says.use !== null)
    machine.hooks.emit(machine, right.rule.says.use, changed(cause, { start: { event: machine.now } }));
}

/** The ground of a right that was not used has gone lawfully. */
export function expireRight(machine: Machine, right: Right): void {
  right.state = 'expired';
  machine.reached = true;
}

/** Rights that a fact about a clause names: of its subject, else of any; still to be decided. */
function namedRights(machine: Machine, fact: Fact): readonly Right[] {
  const holder = fact.data['holder'] ?? fact.data['by'] ?? fact.by;
  const clause = String(fact.data['clause']);
  const meant = [...machine.rights.values()].filter(
    (right) => isMeant(machine, right.rule, clause) && (right.state === 'open' || right.state === 'asked'),
  );
  // The number under which a right is shown goes before another that its provision has.
  const shown = meant.filter((right) => right.rule.clause === clause);
  const open = shown.length > 0 ? shown : meant;
  const mine = open.filter((right) => right.subject === fact.subject);
  // What a policy chose names its right exactly: a choice about the contract is none about a right of the same clause that is held.
  const any = fact.subject === 'contract' && fact.data['policy'] === undefined;
  const found = mine.length > 0 ? mine : any ? open : [];
  const held = found.filter((right) => right.holder === holder);
  return held.length > 0
    ? held
    : found.length === 1 || new Set(found.map((right) => right.holder)).size === 1
      ? found
      : [];
}

/** Takes `right.used` and `right.declined`: a choice that a person made, or that was recorded by policy. */
export function takeChoice(machine: Machine, fact: Fact): void {
  for (const right of namedRights(machine, fact)) {
    if (fact.type === 'right.declined') {
      right.state = 'declined';
      machine.reached = true;
    } else useRight(machine, right, { effective: fact.data['effective'] });
  }
}

/**
 * Takes a notice that ends the contract as the use of an open right to end it: a withdrawal under force majeure, or a termination that names its ground.
 * True when it was one, so that the ordinary notice period does not run beside it.
 */
export function takeNotice(machine: Machine, fact: Fact): boolean {
  const party = partiesBy(fact.data['by'])[0] as Party;
  const ground = fact.data['clause'];
  const rights = [...machine.rights.values()].filter((right) => {
    if (right.holder !== party) return false;
    return fact.type === 'withdrawal.notified'
      ? right.rule.then.some((one) => one.do === 'end') &&
          right.rule.on.some((event) => event.what.on === 'fact' && event.what.type === 'forcemajeure.began')
      : typeof ground === 'string' && isMeant(machine, right.rule, ground);
  });
  let ends = false;
  for (const right of rights) {
    if (right.state === 'open' || right.state === 'asked')
      useRight(machine, right, { effective: fact.data['effective'] });
    if (right.state === 'used') ends ||= right.rule.then.some((one) => one.do === 'end');
  }
  return ends;
}

/** After a hold has ended the policy decides on what was held. */
export function decideHeld(machine: Machine): void {
  for (const right of machine.rights.values()) if (right.held && right.state === 'open') decide(machine, right);
}
