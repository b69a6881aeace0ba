import type { JournalRow } from '../prisma/index.js';
import type { Zone } from '../rules/law/types.js';
import type { ContractSeen } from './ports.js';

/** A contract as it stands in a list. Instants are written in its own zone. */
export function contractView(contract: ContractSeen, zone: Zone) {
  const at = (instant: number | null): string | null => (instant === null ? null : zone.format(instant));
  const { id, externalId, offer, edition, adopted, policy, policies, state, held } = contract;
  return {
    id,
    externalId,
    offer,
    edition,
    adopted,
    policy,
    policies,
    state,
    held,
    concludedAt: at(contract.concludedAt),
    endsAt: at(contract.endsAt),
    endedAt: at(contract.endedAt),
    asOf: at(contract.asOf),
    wakeAt: at(contract.wakeAt),
    testClock: at(contract.testClock),
    createdAt: zone.format(contract.createdAt),
  };
}

/** A row of the journal, with the hashes that it is chained by. */
export const factView = (row: JournalRow, zone: Zone) => ({
  ...row,
  at: zone.format(row.at),
  recordedAt: zone.format(row.recordedAt),
});
