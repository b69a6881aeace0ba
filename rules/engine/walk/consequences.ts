import type { Instant } from '../../law/types.js';
import type { EffectKind } from '../outcome.js';
import type { Consequence, Rule } from '../../offer/types.js';
import { endInSight, refreshEnd } from './clocks.js';
import { performedAtOf } from '../acts.js';
import { adoptEdition } from './adopt.js';
import { beginAmendment, textOf } from './amendments.js';
import { scheduleCap } from '../money/caps.js';
import { dayNamed, instantOf, nextMonth } from './named.js';
import { openSpan } from './spans.js';
import { changed, ownCause, type Cause } from './cause.js';
import { award } from '../money/liability.js';
import { keyOf, type Claim, type Machine } from './state.js';
import { cameBefore, moneyHolds, waitFor } from './waiting.js';

/** Brings the consequences of a clause about, in their order. */
export function applyAll(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  cause: Cause,
  list: readonly Consequence[],
): void {
  for (const one of list) apply(machine, rule, subject, run, cause, one);
}

function apply(machine: Machine, rule: Rule, subject: string, run: string, cause: Cause, one: Consequence): void {
  switch (one.do) {
    case 'restrict':
    case 'suspend': {
      const span = openSpan(machine, rule, subject, run, cause, one);
      if (span?.what === 'restrict') foreseeReceipt(machine, rule, 'restrict', span.key, span.from, cause);
      return;
    }
    case 'fine':
    case 'penalty':
      return claim(machine, rule, subject, run, cause, one);
    case 'compensate':
      return award(machine, rule, subject, run, one.limit);
    case 'message':
      return tell(machine, rule, subject, run, cause, one);
    case 'presume':
      machine.presumptions.push({
        clause: one.as ?? rule.clause,
        subject,
        at: machine.now,
        meaning: one.meaning,
        origin: cause,
      });
      return;
    case 'conclude':
      if (machine.concludedAt !== null) return;
      machine.concludedAt = machine.now;
      machine.conclusion = cause;
      machine.reached = true;
      return machine.hooks.emit(
        machine,
        machine.law.offer.index.own.conclusion,
        changed(cause, { subject: 'contract', at: machine.now, start: { event: machine.now } }),
      );
    case 'end':
      return scheduleEnd(machine, rule, subject, cause, one.named);
    case 'apply':
      return applyAmendment(machine, rule, subject, cause, one.named, one.nextMonth);
    case 'refuse amendment': {
      const amendment = machine.amendments.get(subject);
      if (amendment && amendment.state === 'pending') amendment.state = 'refused';
      return;
    }
    case 'consent': {
      const purpose = one.purpose ?? String(cause.data['purpose'] ?? 'data');
      if (one.unlessDebt && !moneyHolds(machine, 'all settled', subject))
        machine.pendingConsents.push({ purpose, done: false });
      else setConsent(machine, purpose, one.state);
      return;
    }
    case 'keep':
      return;
    case 'ask':
      return ask(machine, rule, subject, run, cause, one);
  }
}

/** Gives or takes back a consent now. */
export function setConsent(machine: Machine, purpose: string, state: 'given' | 'withdrawn'): void {
  machine.consents.set(purpose, { state, at: machine.now });
  // What was said last holds: a withdrawal that still waits for debts is over.
  for (const pending of machine.pendingConsents) if (pending.purpose === purpose) pending.done = true;
  machine.reached = true;
}

/** A consent whose withdrawal waited for debts ends once they are settled. */
export function settleConsents(machine: Machine): void {
  for (const pending of machine.pendingConsents) {
    if (pending.done || !moneyHolds(machine, 'all settled', 'contract')) continue;
    setConsent(machine, pending.purpose, 'withdrawn');
  }
}

/** Puts a question to a person, unless what would answer it has come already. */
function ask(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  cause: Cause,
  { question: text, until }: Extract<Consequence, { do: 'ask' }>,
): void {
  if (until.some((spec) => cameBefore(machine, spec, subject, run, cause))) return;
  const question = { rule, subject, run, text, openedAt: machine.now, origin: cause, closed: false };
  machine.questions.push(question);
  machine.reached = true;
  for (const spec of until) waitFor(machine, { what: 'answer', spec, question }, subject);
}

function claim(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  cause: Cause,
  one: Extract<Consequence, { do: 'fine' | 'penalty' }>,
): void {
  const invoice = machine.invoices.get(subject);
  if (!invoice || invoice.lapsedDay === null) return;
  const made: Claim = {
    what: one.do,
    rule,
    subject,
    run,
    at: machine.now,
    mciHundredths: one.do === 'fine' ? one.mciHundredths : 0,
    perMyriad: one.do === 'penalty' ? one.perMyriad : 0,
    of: one.do === 'penalty' ? one.of : ('invoice' as const),
    capPerMyriad: one.do === 'penalty' ? one.capPerMyriad : null,
    capAt: null,
    cappedAt: null,
    origin: cause,
  };
  machine.claims.push(made);
  invoice.claimed = true;
  machine.reached = true;
  scheduleCap(machine, made, invoice);
}

function tell(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  cause: Cause,
  one: Extract<Consequence, { do: 'message' }>,
): void {
  const content: Record<string, unknown> = { what: one.what, to: one.to };
  if (one.kind === 'invoice') Object.assign(content, tariffContent(machine));
  // The same message twice is one effect; a clause that sends two different ones tells them apart by what they are.
  const plain = keyOf(rule.provision, subject, run, one.kind);
  const first = machine.messageKeys.get(plain);
  if (first === one.what) return;
  const key = first === undefined ? plain : keyOf(rule.provision, subject, run, one.kind, one.what);
  if (machine.messageKeys.has(key)) return;
  machine.messageKeys.set(key, one.what);
  machine.messages.push({
    rule,
    subject,
    run,
    kind: one.kind as never,
    key,
    at: machine.now,
    content,
    origin: cause,
  });
  machine.reached = true;
  foreseeReceipt(machine, rule, one.kind, key, machine.now, cause);
}

/** What a renewed period is billed at: the tariff chosen last. */
function tariffContent(machine: Machine): Readonly<Record<string, unknown>> {
  if (machine.tariff === null) return { amount: null, currency: 'KZT' };
  return { amount: (machine.tariff.amount / 100).toFixed(2), currency: machine.tariff.currency };
}

/** Where a clock starts on the receipt of an effect, the receipt of its live generation enters at its own instant (reading 14). */
function foreseeReceipt(
  machine: Machine,
  rule: Rule,
  kind: EffectKind,
  key: string,
  wantedAt: Instant,
  cause: Cause,
): void {
  const topic = rule.says.performance[kind];
  if (topic === undefined) return;
  const performedAt = performedAtOf(machine.acts.get(key));
  if (performedAt === null) return;
  const at = Math.max(wantedAt, performedAt);
  machine.agenda.add(at, rule.order, cause.subject, {
    what: 'performed',
    topic,
    cause: changed(cause, {
      at,
      start: { event: at },
      via: { how: 'performance', clause: rule.clause, kind, at, before: cause },
    }),
  });
}

/** Sets the end of the contract: at 24:00 of a named day that is not past, else at once. */
function scheduleEnd(machine: Machine, rule: Rule, subject: string, cause: Cause, named: string | null): void {
  const day = named === null ? null : dayNamed(machine, cause.data[named]);
  const at = day === null ? machine.now : Math.max(machine.now, machine.law.offer.zone.startOf(day + 1));
  const agreed = cause.type === 'termination.agreed';
  const end = { at, clause: rule.clause, subject, agreed };
  machine.ends = [...machine.ends.filter((one) => !(agreed && one.agreed)), end];
  machine.agenda.add(at, rule.order, subject, { what: 'end', end, cause });
  machine.reached = true;
  refreshEnd(machine);
}

function applyAmendment(
  machine: Machine,
  rule: Rule,
  subject: string,
  cause: Cause,
  named: boolean,
  monthly: boolean,
): void {
  if (machine.endedAt !== null) return;
  const known = machine.amendments.get(subject);
  // What the parties agree, or a document of the operator's, applies without having been published as an amendment: where no change is pending it is
  // one of its own.
  const unpublished = cause.via === null && cause.type !== 'amendment.published';
  if (known !== undefined && known.state !== 'pending' && !unpublished) return;
  const amendment = known?.state === 'pending' ? known : beginAmendment(machine, subject, cause.at, null);
  amendment.ground = cause;
  const { zone } = machine.law.offer;
  const base = monthly ? zone.startOf(nextMonth(zone.dayOf(machine.now))) : machine.now;
  const stated = named ? instantOf(machine, cause.data['effective']) : null;
  amendment.appliesAt = Math.max(base, stated ?? base);
  if (amendment.appliesAt <= machine.now) return applyNow(machine, subject);
  machine.agenda.add(amendment.appliesAt, rule.order, subject, { what: 'apply', subject }, textOf(amendment));
}

/** An amendment takes effect now. */
export function applyNow(machine: Machine, subject: string): void {
  const amendment = machine.amendments.get(subject);
  if (!amendment || amendment.state !== 'pending') return;
  // From the instant of its end on a contract is not changed any more.
  if ((endInSight(machine) ?? Infinity) <= machine.now) return;
  amendment.state = 'applies';
  amendment.appliesAt = machine.now;
  machine.reached = true;
  const { now } = machine;
  const { fact, ground } = amendment;
  const id = fact?.id ?? ground?.factId ?? null;
  const cause = ownCause(now, 'application', subject, fact?.data ?? {}, { event: now }, id, ground?.via ?? null);
  // The text that was published with it is in force from here on, and what its application starts, it starts under that text.
  if (amendment.edition !== null) adoptEdition(machine, amendment.edition, cause);
  machine.hooks.emit(machine, machine.law.offer.index.own.application, cause);
}
