import type { EffectKind } from '../../rules/engine/outcome.js';
import { CannotBeDone } from '../failures.js';
import { CALL_MS, type Order, PATIENCE_MS, type Port } from '../ports.js';

/** What a document's number begins with. Numbers of a series have no gaps: the record gives them with the claim of the act. */
const PREFIX: Readonly<Partial<Record<EffectKind, string>>> = {
  invoice: 'INV',
  claim: 'CLM',
  credit: 'CRN',
  correct: 'COR',
};

/**
 * Invoices, claims and credit notes as JSON documents, which go into the journal with the receipt. Deduplicating: a
 * document is a function of its order, number included, so making it again makes the same one.
 */
export function documents(): Port {
  return {
    name: 'invoicing',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      const prefix = PREFIX[order.sends];
      if (prefix === undefined || order.number === null)
        throw new CannotBeDone(`invoicing makes no document for ${order.sends} without a number`);
      const number = `${prefix}-${String(order.number).padStart(6, '0')}`;
      return { outcome: 'performed', receipt: { number, document: documentOf(order, number) } };
    },
  };
}

function documentOf(
  { tenant, contract, participant, clause, subject, legalAt, now, effect, generation, sends, content }: Order,
  number: string,
) {
  const dates = { legalAt: new Date(legalAt).toISOString(), issuedAt: new Date(now).toISOString() };
  return {
    number,
    kind: sends,
    seller: tenant,
    buyer: participant,
    contract,
    clause,
    subject,
    ...dates,
    effect,
    generation,
    content,
  };
}
