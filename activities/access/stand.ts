import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';

/** Access without a receiver: the state stands in the record, and whoever guards a door asks for it. Deduplicating: it says what stands. */
export function standingAccess(record: HandsRecord): Port {
  return {
    name: 'access',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send({ tenant, contract }) {
      const { version } = await record.access(tenant, contract);
      return { outcome: 'performed', receipt: { carrier: 'record', version } };
    },
  };
}
