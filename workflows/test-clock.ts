import { condition } from '@temporalio/workflow';
import type { Advanced, Result, WorkItem } from '../prisma/types.js';
import type { Instant } from '../rules/law/types.js';
import { actId, type Lanes } from './lanes.js';

/** What a test clock needs of the contract that it moves. */
export interface Moved {
  readonly lanes: Lanes;
  /** Judges the record where the clock stands, or moves it towards `to`; it stops at every waking. */
  advance(to?: Instant): Promise<Result<Advanced>>;
  /** Acts whose scripted performance lies ahead, with its instant. */
  readonly later: Map<string, { readonly item: WorkItem; readonly at: Instant }>;
}

/**
 * Steps a test clock to `to`: through each instant at which a wanted effect changes or a scripted performance is due,
 * and at each one does all the work before time goes on. So a jump of a hundred days is a hundred jumps of a day.
 * @param rested nothing was wanted when it was last judged; the record itself does not move away from what is newer
 */
export async function stepTo(moved: Moved, to: Instant, rested: boolean): Promise<Result<Advanced>> {
  let seen = rested ? null : await settle(moved);
  for (let still = 0; still < 4;) {
    if (seen !== null && !seen.ok) return seen;
    const before: Instant = seen?.value.asOf ?? -Infinity;
    seen = await settle(moved, Math.min(to, nextScripted(moved, before)));
    if (!seen.ok || seen.value.asOf === to) return seen;
    // The record stands still for a step while it judges what is new; longer, and it is held.
    still = seen.value.asOf > before ? 0 : still + 1;
  }
  return HELD;
}

const HELD = {
  ok: false,
  refusal: { code: 'clock.held', message: 'The contract is held for a person to look at; its clock stands still.' },
} as const;

/** Judges and works until nothing new is wanted at this instant. An act is tried once per instant: what fails waits for the next. */
async function settle(moved: Moved, to?: Instant): Promise<Result<Advanced>> {
  await condition(moved.lanes.idle);
  const tried = new Set<string>();
  for (let seen = await moved.advance(to); ; seen = await moved.advance()) {
    if (!seen.ok) return seen;
    const fresh = unlessTried(tried, [...seen.value.work, ...fallen(moved, seen.value.asOf)]);
    if (fresh.length === 0) return seen;
    moved.lanes.add(fresh);
    await condition(moved.lanes.idle);
  }
}

function unlessTried(tried: Set<string>, work: readonly WorkItem[]): readonly WorkItem[] {
  return work.filter((item) => {
    const id = actId(item);
    return tried.has(id) ? false : tried.add(id);
  });
}

/** Acts whose scripted instant has come. */
function fallen(moved: Moved, asOf: Instant): readonly WorkItem[] {
  const due = [...moved.later].filter(([, { at }]) => at <= asOf);
  for (const [id] of due) moved.later.delete(id);
  return due.map(([, { item }]) => item);
}

/** The next scripted performance that lies ahead. */
const nextScripted = ({ later }: Moved, asOf: Instant): Instant =>
  Math.min(...[...later.values()].map(({ at }) => at).filter((at) => at > asOf));
