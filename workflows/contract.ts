import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { Advanced, Result, WorkItem } from '../prisma/types.js';
import type { Instant } from '../rules/law/types.js';
import { actId, createLanes } from './lanes.js';
import { type ClockMoved, type ContractInput, moveClock, OFFER, OPERATOR, poke, STATE } from './messages.js';
import { stepTo } from './test-clock.js';

const DAY_MS = 86_400_000;
/** No timer is armed for longer, and no run lives much longer, so that old workflow code can be retired. */
const LONGEST_MS = 90 * DAY_MS;
/** Events after which a run makes way for the next as soon as no act is under way, and after which it no longer waits for that. */
const LONG_HISTORY = 2_000;
const TOO_LONG_HISTORY = 8_000;

const { advanceContract } = proxyActivities<Activities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
// An attempt outlives the lease that it takes (activities/perform.ts), and one that beats no more is soon taken for dead.
const hands = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 hour' },
});

/**
 * The clock of one contract: judge the record, start what is wanted beside the loop, sleep until poked or until the next
 * instant at which something is wanted, again. No rule is known here; the record says what there is to do and when to
 * look again. It ends when nothing can happen any more by itself; a poke by signal-with-start opens it again.
 *
 * Whatever is lost with a run (an act under way when it continues as new, the whole server) the record lists again when
 * the act's lease has run out.
 */
export async function contract(input: ContractInput): Promise<void> {
  let poked = false;
  const moves: { readonly to: Instant; answer: Result<ClockMoved> | null }[] = [];
  const later = new Map<string, { readonly item: WorkItem; readonly at: Instant }>();
  const lanes = createLanes(async (item) => {
    try {
      const { later: at } = await hands.performAct.executeWithOptions({ summary: summaryOf(item) }, [
        { ...input, item },
      ]);
      if (at !== null) later.set(actId(item), { item, at });
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  });
  setHandler(poke, () => void (poked = true), { description: 'Something was written to the record' });
  setHandler(
    moveClock,
    async ({ to }) => {
      const move: (typeof moves)[number] = { to, answer: null };
      moves.push(move);
      await condition(() => move.answer !== null);
      return move.answer as unknown as Result<ClockMoved>;
    },
    { description: 'Moves a test clock' },
  );

  const advance = async (to?: Instant): Promise<Result<Advanced>> => {
    const seen = await advanceContract(to === undefined ? input : { ...input, to });
    if (seen.ok) show(seen.value);
    return seen;
  };
  const woken = (): boolean => poked || moves.length > 0;

  let rested = false;
  for (;;) {
    poked = false;
    const move = moves.shift();
    let seen: Result<Advanced> = move ? await stepTo({ lanes, later, advance }, move.to, rested) : await advance();
    if (move) {
      move.answer = seen.ok ? { ok: true, value: movedTo(seen.value) } : seen;
      // A refusal of the move says nothing of the contract.
      if (!seen.ok) seen = await advance();
    }
    if (seen.ok) lanes.add(seen.value.work);
    rested = seen.ok && seen.value.work.length === 0;
    // What the record does not know cannot have a clock.
    const over =
      !seen.ok || (seen.value.state === 'ended' && seen.value.wakeAt === null && seen.value.work.length === 0);
    const wakeInMs = seen.ok ? seen.value.wakeInMs : null;
    const awake = (): boolean => woken() || ((over || longRun()) && lanes.idle());
    if (wakeInMs === null) await condition(awake);
    else await condition(awake, clamp(wakeInMs), { summary: seen.ok ? (seen.value.wakeClause ?? 'look again') : '' });
    if (moves.length > 0 || !allHandlersFinished()) continue;
    if (longRun() && (lanes.idle() || tooLongRun())) await continueAsNew<typeof contract>(input);
    if (over && lanes.idle() && !poked) return;
  }
}

const movedTo = ({ asOf, seq, state }: Advanced): ClockMoved => ({ asOf, seq, state });

/** All running timelines where the web page shows them, and what one can search for. */
function show({ details, operator, offer, state }: Advanced): void {
  setCurrentDetails(details);
  const known = workflowInfo().typedSearchAttributes;
  const pairs = [
    { key: OPERATOR, value: operator },
    { key: OFFER, value: offer },
    { key: STATE, value: state },
  ].filter(({ key, value }) => known.get(key) !== value);
  if (pairs.length > 0) upsertSearchAttributes(pairs);
}

function longRun(): boolean {
  const { continueAsNewSuggested, historyLength, runStartTime } = workflowInfo();
  return continueAsNewSuggested || historyLength > LONG_HISTORY || Date.now() - runStartTime.getTime() > LONGEST_MS;
}

const tooLongRun = (): boolean => workflowInfo().historyLength > TOO_LONG_HISTORY;
const clamp = (ms: number): number => Math.min(Math.max(ms, 1), LONGEST_MS);
const summaryOf = (item: WorkItem): string => `${item.operation} ${item.key}`.slice(0, 190);
