import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { intoInbox } from '../notices/letter.js';

/**
 * Signing as a request that waits for a person: a system's key may not sign what expresses a will. The request lies in
 * the inbox and the act is `sent`; what the person did comes back as a fact (`effect.confirmed`, `effect.refused`).
 * Deduplicating: the inbox keeps one message per key.
 */
export function signatureRequests(record: HandsRecord): Port {
  return {
    name: 'signing',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      await intoInbox(record, order);
      return { outcome: 'sent', receipt: { waitsFor: 'person', asked: order.content['to'] ?? 'participant' } };
    },
  };
}
