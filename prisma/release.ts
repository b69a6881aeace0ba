import { ended, letGo, openDrift, type OpenDrift } from './drift.js';
import { flight, type Statement } from './flight.js';
import { databaseClock, lockContract, timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import type { Rec } from './record.js';
import { answer, refuse } from './refusals.js';
import { inTenant } from './transact.js';
import type { Result } from './types.js';
import { releaseWave } from './waves.js';

/** What holds a contract, or some of its effects, for a person. */
export type Holding = 'drift' | 'wave';

/**
 * A person has looked at what is held. At a drift: from here on the view of the engine that was compared holds. At a wave of undoings: it
 * may go out. Answers how many drifts, or how many undoings, that released; none is no error, so that the same twice is once.
 * @param what without it a drift, and a wave where no drift holds the contract
 */
export function release(
  rec: Rec,
  tenant: string,
  id: string,
  by: string,
  what?: Holding,
): Promise<Result<{ readonly released: number }>> {
  return inTenant(rec, tenant, 'release', async (tx) => {
    const contract = await lockContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    const now = await databaseClock(tx);
    if ((what ?? (contract.held ? 'drift' : 'wave')) === 'wave')
      return answer({ released: await releaseWave(tx, contract, by, now) });
    const drift = contract.held ? await openDrift(tx, contract) : null;
    if (drift === null) return answer({ released: 0 });
    await flight(tx, [stands(contract, drift), ...ended(contract, by, now), letGo(contract, drift.engineIs)]);
    await poke(tx, tenant, id);
    return answer({ released: 1 });
  });
}

/** What the new engine found stands beside what was found before, so that the next one is compared with it. */
const stands = ({ tenant, id }: Stored, drift: OpenDrift): Statement => ({
  text: `INSERT INTO advance (tenant, contract, seq, as_of, law, engine, edition, calendar, policy, hash)
    SELECT tenant, contract, seq, as_of, law, $6, edition, calendar, policy, $7 FROM advance
    WHERE tenant = $1 AND contract = $2 AND seq = $3 AND as_of = $4 AND law = $5 AND engine = $8 ON CONFLICT DO NOTHING`,
  values: [
    ...[tenant, id, drift.seq, timestamp(drift.asOf)],
    ...[drift.law, drift.engineIs, drift.hash, drift.engineWas],
  ],
});
