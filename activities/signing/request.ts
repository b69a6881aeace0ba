import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { intoInbox } from '../notices/letter.js';

/**
 * Documents that are prepared, and requests for a signature that wait for a person: a system's key may not sign what
 * expresses a will. Both lie in the inbox of whom the offer names. A request is `sent`; what the person did comes back
 * as a fact (`effect.confirmed`, `effect.refused`). Deduplicating: the inbox keeps one message per key.
 */
export function signatureRequests(record: HandsRecord): Port {
  return {
    name: 'signing',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      await intoInbox(record, order);
      if (order.sends !== 'request-signature') return { outcome: 'performed', receipt: { carrier: 'inbox' } };
      return { outcome: 'sent', receipt: { carrier: 'inbox', waitsFor: order.content['to'] ?? 'participant' } };
    },
  };
}
