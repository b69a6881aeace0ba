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
  const post = posting(record, url, secret);
  return {
    name: 'access',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send({ tenant, contract, idempotencyKey }, signal) {
      const { version, status } = await post(tenant, contract, () => idempotencyKey, signal);
      return { outcome: 'performed', receipt: { carrier: 'webhook', version, status } };
    },
  };
}

/** Tells the receiver how access stands where no act does: the same events, named by contract and version. */
export function announcing(record: HandsRecord, url: string, secret: string) {
  const post = posting(record, url, secret);
  return async (tenant: string, contract: string): Promise<void> => {
    await post(tenant, contract, (version) => `access/${contract}/${version}`, AbortSignal.timeout(CALL_MS));
  };
}

/** Posts the state as it stands, under an id made of its version, and notes that the receiver has it. */
function posting(record: HandsRecord, url: string, secret: string) {
  const webhook = new Webhook(secret);
  return async (tenant: string, contract: string, idOf: (version: number) => string, signal: AbortSignal) => {
    const { version, functions } = await record.access(tenant, contract);
    const id = headerSafe(idOf(version));
    const timestamp = new Date();
    const event: AccessEvent = {
      type: 'access.changed',
      timestamp: timestamp.toISOString(),
      data: { tenant, contract, version, functions },
    };
    const body = JSON.stringify(event);
    const answer = await fetch(url, {
      method: 'POST',
      body,
      signal,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, timestamp, body),
      },
    });
    const text = await answer.text();
    if (!answer.ok) throw new HttpAnswer(answer.status, text);
    await record.accessTold(tenant, contract, version);
    return { version, status: answer.status };
  };
}

/** Keys hold letters of any alphabet; headers do not. */
const headerSafe = (id: string): string => encodeURIComponent(id);
