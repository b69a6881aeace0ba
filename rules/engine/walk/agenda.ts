import type { Instant } from '../../law/types.js';
import type { Fact } from '../../facts/fact.js';
import type { Topic } from '../../offer/types.js';
import type { Cause } from './cause.js';
import type { Clock, Claim, End, Right, Span } from './state.js';

/** What is to happen by itself. At one instant: editions that come into force, lapses, then amendments, the clauses that an edition adds, spans, receipts, caps, and the end of the contract last. */
export type Item =
  | { readonly what: 'adoption'; readonly fact: Fact }
  | { readonly what: 'new clauses'; readonly edition: number; readonly cause: Cause }
  | { readonly what: 'lapse'; readonly clock: Clock }
  | { readonly what: 'apply'; readonly subject: string }
  | { readonly what: 'span starts' | 'span ends'; readonly span: Span }
  | { readonly what: 'right expires'; readonly right: Right }
  | { readonly what: 'performed'; readonly topic: Topic; readonly cause: Cause }
  | { readonly what: 'cap'; readonly claim: Claim }
  | { readonly what: 'end'; readonly end: End; readonly cause: Cause };

export interface Entry {
  readonly at: Instant;
  readonly rank: number;
  readonly order: number;
  readonly subject: string;
  /** The order in which entries were made: the last of the ties, for two debtors of one clause. */
  readonly made: number;
  readonly item: Item;
}

/**
 * What brings an edition into force comes before all else of its instant: what opens then, opens under that text. Of several at one instant the one
 * that became known last comes last, and holds.
 */
const BRINGS_EDITION = -1;

const RANK: Readonly<Record<Item['what'], number>> = {
  adoption: BRINGS_EDITION,
  lapse: 0,
  apply: 1,
  'new clauses': 2,
  'span starts': 3,
  'span ends': 4,
  'right expires': 4,
  performed: 5,
  cap: 6,
  end: 7,
};

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

/** A queue of what is to come (a binary heap), earliest first; ties by kind, then by place in the offer, then by subject: never by order of arrival. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #made = 0;

  /** @param knownFrom where its happening brings an edition into force: since when that is known */
  add(at: Instant, order: number, subject: string, item: Item, knownFrom: Instant | null = null): void {
    const heap = this.#heap;
    const rank = knownFrom === null ? RANK[item.what] : BRINGS_EDITION;
    const entry: Entry = { at, rank, order: knownFrom ?? order, subject, made: this.#made++, item };
    let child = heap.length;
    heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!before(entry, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  peek(): Entry | undefined {
    return this.#heap[0];
  }

  pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && before(heap[right] as Entry, heap[left] as Entry) ? right : left;
      const below = heap[child] as Entry;
      if (!before(below, last)) break;
      heap[parent] = below;
      parent = child;
    }
    heap[parent] = last;
    return top;
  }

  /** All entries, in no order. */
  all(): readonly Entry[] {
    return this.#heap;
  }
}
