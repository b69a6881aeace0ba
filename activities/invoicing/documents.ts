import type { EffectKind } from '../../rules/engine/outcome.js';
import { CannotBeDone } from '../failures.js';
import { CALL_MS, type Order, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';

/** Letters that a document's number begins with; each has a series of its own, without gaps. */
const SERIES: Readonly<Partial<Record<EffectKind, string>>> = {
  invoice: 'INV',
  claim: 'CLM',
  credit: 'CRN',
  correct: 'COR',
  prepare: 'DOC',
};

/** Invoices, claims, credit notes and other documents, kept as JSON in the record. Deduplicating: number and document are written once per key, in one transaction. */
export function documents(record: HandsRecord): Port {
  return {
    name: 'invoicing',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      const series = SERIES[order.sends];
      if (series === undefined) throw new CannotBeDone(`invoicing makes no document for ${order.sends}`);
      const draft = { id: order.idempotencyKey, series, kind: order.sends, at: order.now, body: bodyOf(order) };
      const { number } = await record.issueDocument(order.tenant, order.contract, draft);
      return { outcome: 'performed', receipt: { number, document: order.sends } };
    },
  };
}

function bodyOf({
  offer,
  operator,
  participant,
  contract,
  clause,
  subject,
  legalAt,
  effect,
  generation,
  content,
}: Order) {
  const at = new Date(legalAt).toISOString();
  return {
    seller: operator,
    buyer: participant,
    offer,
    contract,
    clause,
    subject,
    legalAt: at,
    effect,
    generation,
    content,
  };
}
