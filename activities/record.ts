import type { Claimed, Draft, handsOf, Message, Settlement } from '../prisma/index.js';

/** The record as the hands see it: everything that activities read or write, bound to one open record. */
export type HandsRecord = ReturnType<typeof handsOf>;

/** An act that this hand holds until its lease runs out. */
export type Claim = Claimed;

/** A document that is to get the next number of its series. Issuing the same id twice gives the first one again. */
export type DocumentDraft = Draft;

/** A message for an inbox of the portal. Putting the same id twice is putting it once. */
export type InboxMessage = Message;

export type { Settlement };
