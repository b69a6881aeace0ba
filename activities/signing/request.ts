import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { intoInbox } from '../notices/letter.js';

/**
 * Documents that are prepared, and requests for a signature that wait for a person: a system's key may not sign what
 * expresses a will. The paper lies in the inbox and the act is performed, for the person has been asked; what the
 * person did comes back as a fact (`effect.confirmed`, `effect.refused`). Deduplicating: the inbox keeps one per key.
 */
export function signatureRequests(record: HandsRecord): Port {
  return {
    name: 'signing',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      await intoInbox(record, order);
      const waitsFor = order.sends === 'request-signature' ? (order.content['to'] ?? 'operator') : null;
      return { outcome: 'performed', receipt: { carrier: 'inbox', waitsFor } };
    },
  };
}
