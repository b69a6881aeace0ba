import { Webhook } from 'standardwebhooks';
import { HttpAnswer } from '../failures.js';
import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';

/** What a receiver gets: the whole wanted state and its version. It keeps the highest version and answers 2xx to older ones. */
export interface AccessEvent {
  readonly type: 'access.changed';
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly data: {
    readonly tenant: string;
    readonly contract: string;
    readonly version: number;
    readonly functions: Readonly<Record<string, { readonly open: boolean; readonly causes: readonly unknown[] }>>;
  };
}

/**
 * Access by signed webhooks in the form of Standard Webhooks. Deduplicating: `webhook-id` is the idempotency key, and the
 * version lets a receiver ignore what comes late, so a `restrict` delivered after its `lift` leaves access open.
 * @param secret `whsec_` and base64, or base64 alone
 */
export function webhookAccess(record: HandsRecord, url: string, secret: string): Port {
  const webhook = new Webhook(secret);
  return {
    name: 'access',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order, signal) {
      const { version, functions } = await record.access(order.tenant, order.contract);
      const timestamp = new Date();
      const { tenant, contract } = order;
      const event: AccessEvent = {
        type: 'access.changed',
        timestamp: timestamp.toISOString(),
        data: { tenant, contract, version, functions },
      };
      const body = JSON.stringify(event);
      const id = order.idempotencyKey;
      const answer = await fetch(url, {
        method: 'POST',
        body,
        signal,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'webhook-id': headerSafe(id),
          'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
          'webhook-signature': webhook.sign(headerSafe(id), timestamp, body),
        },
      });
      const text = await answer.text();
      if (!answer.ok) throw new HttpAnswer(answer.status, text);
      return { outcome: 'performed', receipt: { carrier: 'webhook', version, status: answer.status } };
    },
  };
}

/** Keys hold letters of any alphabet; headers do not. */
const headerSafe = (id: string): string => encodeURIComponent(id);
