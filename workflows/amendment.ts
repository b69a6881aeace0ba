import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { pace, progress, type Progress } from './messages.js';

/** Contracts that are told between two looks at the pace. */
const LARGEST_PAGE = 100;
/** Pages of one run: its history stays short, and the next one carries on where it stopped. */
const PAGES = 400;
/** Contracts that refused are named up to here; all are counted. */
const NAMED = 100;

const { amendContracts } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * Brings a change of an offer to all of its contracts, page after page at a set rate, until there is none left. It can be paused, and asked how far it
 * has come. A page that was told halfway when something died is told again: the record takes each contract once.
 */
export async function amendment(begun: Progress): Promise<Progress> {
  let now = begun;
  setHandler(progress, () => now, { description: 'How far it has come' });
  setHandler(pace, (wish) => void (now = { ...now, ...wish }), { description: 'How fast it goes, and whether' });
  const paused = (): boolean => now.paused;
  for (let page = 0; now.state === 'under way'; page++) {
    await condition(() => !paused());
    if (page === PAGES) await continueAsNew<typeof amendment>(now);
    const limit = Math.min(now.perSecond, LARGEST_PAGE);
    const { after, told, refused } = await amendContracts({ amending: now.amending, after: now.after, limit });
    now = {
      ...now,
      after: after ?? now.after,
      state: after === null ? 'done' : 'under way',
      told: now.told + told,
      refused: now.refused + refused.length,
      refusals: [...now.refusals, ...refused].slice(0, NAMED),
    };
    setCurrentDetails(`${now.told} contracts told, ${now.refused} refused`);
    if (now.state === 'under way') await condition(paused, (1000 * limit) / now.perSecond);
  }
  return now;
}
