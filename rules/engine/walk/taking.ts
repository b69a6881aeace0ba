import type { Fact } from '../../facts/fact.js';
import { adoptEdition } from './adopt.js';
import { causeOf } from './cause.js';
import { beginAmendment, editionIn } from './amendments.js';
import { setConsent } from './consequences.js';
import { startsOf } from './editions.js';
import { takeHold } from './holds.js';
import { cancelInvoice, chooseTariff, creditPayment, presentMoney, reversePayment } from '../money/money.js';
import { decideHeld, takeChoice, takeNotice } from './rights.js';
import { releaseSpans } from './spans.js';
import type { Machine } from './state.js';

/** What a fact of one type does by itself, beside what it meets and starts. */
export interface Taking {
  /** Whether this one is taken and has no effect at all. */
  readonly idle?: (machine: Machine, fact: Fact) => boolean;
  /** `own end`: a notice that was the use of a right to end the contract, so that no ordinary notice period runs beside it. */
  readonly take?: (machine: Machine, fact: Fact) => 'own end' | void;
}

/** A refusal without reasons is none. */
const unreasoned = (_: Machine, fact: Fact): boolean => String(fact.data['reasons'] ?? '').trim() === '';

/** Where no clause makes the participant owe a loss, a notice of one is no debt of its; what the operator owes of it another clause says. */
const noDebt = (machine: Machine): boolean => {
  const topic = machine.law.offer.index.topics.get('loss.notified');
  return topic === undefined || !startsOf(machine, topic).some(({ rule }) => rule.debtor === 'participant');
};

const notice: Taking = {
  take: (machine, fact) => (takeNotice(machine, fact) ? 'own end' : undefined),
};

const hold: Taking = {
  take: (machine, fact) => {
    if (takeHold(machine, fact)) decideHeld(machine);
  },
};

const consent = (state: 'given' | 'withdrawn'): Taking => ({
  take: (machine, fact) => setConsent(machine, String(fact.data['purpose'] ?? 'data'), state),
});

/** By type. What is not here is about clauses only. */
export const TAKINGS: ReadonlyMap<string, Taking> = new Map<string, Taking>([
  ['act.refused', { idle: unreasoned }],
  ['reconciliation.refused', { idle: unreasoned }],
  ['claim.answered', { idle: (machine, fact) => fact.data['answer'] === 'refused' && unreasoned(machine, fact) }],
  ['invoice.presented', { take: presentMoney }],
  ['invoice.received', { take: presentMoney }],
  [
    'loss.notified',
    {
      take: (machine, fact) =>
        noDebt(machine) ? void machine.losses.set(fact.subject, fact) : presentMoney(machine, fact),
    },
  ],
  ['payment.credited', { take: creditPayment }],
  ['loss.compensated', { idle: noDebt, take: creditPayment }],
  ['payment.reversed', { take: reversePayment }],
  [
    'invoice.cancelled',
    {
      // A cancelled invoice that was never presented is of nothing.
      idle: (machine, fact) => (machine.invoices.get(fact.subject)?.amount ?? null) === null,
      take: cancelInvoice,
    },
  ],
  ['tariff.chosen', { take: chooseTariff }],
  // A closed or ended tariff concerns who chose it; a tariff that ends without one having been named is the only one there is.
  ['tariff.closed', { idle: (machine, fact) => fact.data['tariff'] !== machine.tariffName }],
  [
    'tariff.ended',
    {
      idle: (machine, fact) => {
        const name = fact.data['tariff'];
        return name !== undefined && machine.tariffName !== null && name !== machine.tariffName;
      },
    },
  ],
  ['right.used', { take: takeChoice }],
  ['right.declined', { take: takeChoice }],
  [
    'right.released',
    { take: (machine, fact) => releaseSpans(machine, String(fact.data['clause']), fact.subject, fact.id) },
  ],
  ['hold.placed', hold],
  ['hold.lifted', hold],
  ['review.decided', hold],
  ['withdrawal.notified', notice],
  ['termination.sent', notice],
  ['termination.received', notice],
  ['consent.given', consent('given')],
  ['consent.withdrawn', consent('withdrawn')],
  [
    'amendment.published',
    {
      // A contract that does not stand has nothing to change: who accepts later accepts the text as it is then. While a change is pending, a
      // second publication about the same subject is of that one, and brings no other text: nobody was given time for that.
      take: (machine, fact) => {
        const edition = editionIn(fact);
        if (machine.endedAt !== null) return;
        if (machine.concludedAt === null) {
          if (edition !== null) adoptEdition(machine, edition, causeOf(fact));
        } else if (machine.amendments.get(fact.subject)?.state !== 'pending')
          beginAmendment(machine, fact.subject, fact.at, fact);
      },
    },
  ],
]);
