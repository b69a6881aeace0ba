import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { NamedChange } from '../prisma/types.js';
import { poke } from './messages.js';

/** Pages of one run: its history stays short, and the next one carries on where the record stands. */
const PAGES = 400;

const { amendNext } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * Brings a change of an offer to all of its contracts, page after page at a set rate, until there is none left. What it is, its pace and how far it has
 * come the record knows; a poke says that somebody changed the pace. A page that was told halfway when something died is told again: each contract
 * takes it once.
 */
export async function amendment(change: NamedChange): Promise<void> {
  let poked = false;
  setHandler(poke, () => void (poked = true), { description: 'The pace was changed' });
  for (let page = 0; ; page++) {
    if (page === PAGES) await continueAsNew<typeof amendment>(change);
    poked = false;
    const { state, waitMs, details } = await amendNext(change);
    setCurrentDetails(details);
    if (state === 'done') return;
    if (state === 'paused') await condition(() => poked);
    else await condition(() => poked, waitMs);
  }
}
