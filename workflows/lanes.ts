import type { WorkItem } from '../prisma/types.js';

/** What became of one act: nothing more to do now, or it is due at a later instant of the contract's own clock. */
export type Performed = { readonly later: number | null };

/** Lanes of acts beside the loop: inside a lane one act after another, between lanes no waiting. */
export interface Lanes {
  /** Puts what is not already waiting or under way into its lane. */
  add(work: readonly WorkItem[]): void;
  /** True when no act waits and none is under way. */
  idle(): boolean;
}

/** Names one act of work: the same generation and operation of one effect is the same act, however often it is listed. */
export const actId = (item: WorkItem): string => `${item.key}/${item.generation}/${item.operation}`;

/** Makes lanes that hand each act to `perform`. What `perform` throws ends the workflow task: it must only throw for a bug. */
export function createLanes(perform: (item: WorkItem) => Promise<unknown>): Lanes {
  // Per lane the acts in order; the first is under way.
  const lanes = new Map<string, WorkItem[]>();

  async function run(lane: string, queue: WorkItem[]): Promise<void> {
    for (let item = queue[0]; item; item = queue[0]) {
      await perform(item);
      queue.shift();
    }
    lanes.delete(lane);
  }

  return {
    add(work) {
      for (const item of work) {
        const queue = lanes.get(item.lane);
        if (!queue) {
          const fresh = [item];
          lanes.set(item.lane, fresh);
          void run(item.lane, fresh);
        } else if (!queue.some((other) => actId(other) === actId(item))) queue.push(item);
      }
    },
    idle: () => lanes.size === 0,
  };
}
