import { join } from 'node:path';
import { readIfThere, writeOnce } from '../files.js';
import { nameOf } from '../notices/letter.js';
import { type Answer, CALL_MS, type Order, PATIENCE_MS, type Port } from '../ports.js';

/**
 * Registration in a state system (the e-invoice): requests wait in a folder until they are carried there. Queryable: one
 * can ask whether a request lies in it. It claims no success: the act is `sent` and its receipt says `queued`; what the
 * state system answers comes back as a fact. Contracts on a test clock go to a folder that nobody carries anywhere.
 */
export function registryOutbox(folder: string): Port {
  const placeOf = (order: Order): string =>
    join(folder, order.test ? 'test' : 'live', `${nameOf(order.idempotencyKey)}.json`);
  const queued = (order: Order): Answer => ({
    outcome: 'sent',
    receipt: { status: 'queued', request: nameOf(order.idempotencyKey) },
  });
  return {
    name: 'registry',
    class: 'queryable',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    ask: async (order) => ((await readIfThere(placeOf(order))) === null ? null : queued(order)),
    async send(order) {
      const {
        idempotencyKey,
        tenant,
        contract,
        effect,
        operation,
        sends,
        clause,
        subject,
        legalAt,
        participant,
        content,
      } = order;
      const request = {
        idempotencyKey,
        tenant,
        contract,
        effect,
        operation,
        sends,
        clause,
        subject,
        participant,
        content,
      };
      const at = new Date(legalAt).toISOString();
      await writeOnce(placeOf(order), `${JSON.stringify({ ...request, legalAt: at }, null, 2)}\n`);
      return queued(order);
    },
  };
}
