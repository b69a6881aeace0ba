import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';

/** Access without a receiver: the state stands in the record, and whoever guards a door asks for it. Deduplicating: it says what stands. */
export function standingAccess(): Port {
  return {
    name: 'access',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send({ access }) {
      return { outcome: 'performed', receipt: { carrier: 'record', version: access?.version ?? 0 } };
    },
  };
}
