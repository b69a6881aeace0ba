/**
 * Who guards a door, as the webhook promises it: each delivery carries the whole state and its version, any may come
 * late, twice or not at all, and the receiver keeps the highest.
 */
export interface Delivery {
  readonly version: number;
  /** Open or closed, by function. */
  readonly open: Readonly<Record<string, boolean>>;
}

/** What the receiver holds after a delivery: the newer of the two. */
export const receive = (held: Delivery | null, delivered: Delivery): Delivery =>
  held === null || delivered.version > held.version ? delivered : held;
