import type { Instant } from '../law/types.js';
import type { Cause, Clock, Claim, Right, Span } from './state.js';

/** What is to happen by itself. At one instant: lapses, then amendments, spans, receipts, caps, and the end of the contract last. */
export type Item =
  | { readonly what: 'lapse'; readonly clock: Clock }
  | { readonly what: 'apply'; readonly subject: string }
  | { readonly what: 'span starts' | 'span ends'; readonly span: Span }
  | { readonly what: 'right expires'; readonly right: Right }
  | { readonly what: 'performed'; readonly key: string; readonly cause: Cause }
  | { readonly what: 'cap'; readonly claim: Claim }
  | { readonly what: 'end'; readonly clause: string; readonly subject: string; readonly cause: Cause };

export interface Entry {
  readonly at: Instant;
  readonly rank: number;
  readonly order: number;
  readonly subject: string;
  /** The order in which entries were made: the last of the ties, for two debtors of one clause. */
  readonly made: number;
  readonly item: Item;
}

const RANK: Readonly<Record<Item['what'], number>> = {
  lapse: 0,
  apply: 1,
  'span starts': 2,
  'span ends': 3,
  'right expires': 3,
  performed: 4,
  cap: 5,
  end: 6,
};

/** A queue of what is to come, earliest first; ties by kind, then by place in the offer, then by subject: never by order of arrival. */
export interface Agenda {
  add(at: Instant, order: number, subject: string, item: Item): void;
  peek(): Entry | undefined;
  pop(): Entry | undefined;
  /** All entries, in no order. */
  all(): readonly Entry[];
}

const before = (left: Entry, right: Entry): boolean =>
  left.at !== right.at
    ? left.at < right.at
    : left.rank !== right.rank
      ? left.rank < right.rank
      : left.order !== right.order
        ? left.order < right.order
        : left.subject !== right.subject
          ? left.subject < right.subject
          : left.made < right.made;

/** An empty agenda (a binary heap). */
export function makeAgenda(): Agenda {
  const heap: Entry[] = [];
  let made = 0;
  const swap = (left: number, right: number): void => {
    const kept = heap[left] as Entry;
    heap[left] = heap[right] as Entry;
    heap[right] = kept;
  };
  return {
    add(at, order, subject, item) {
      heap.push({ at, rank: RANK[item.what], order, subject, made: made++, item });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!before(heap[child] as Entry, heap[parent] as Entry)) return;
        swap(child, parent);
        child = parent;
      }
    },
    peek: () => heap[0],
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      heap[0] = last;
      for (let parent = 0; ;) {
        const left = 2 * parent + 1;
        if (left >= heap.length) return top;
        const right = left + 1;
        const child = right < heap.length && before(heap[right] as Entry, heap[left] as Entry) ? right : left;
        if (!before(heap[child] as Entry, heap[parent] as Entry)) return top;
        swap(parent, child);
        parent = child;
      }
    },
    all: () => heap,
  };
}
