import { createHash } from 'node:crypto';
import type { Order } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { type Letter, letterOf } from './words.js';

/** A short name for an idempotency key that is safe in file names and mail headers. */
export const nameOf = (idempotencyKey: string): string =>
  createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);

type Addressee = 'participant' | 'operator';

/** Whom a letter goes to: the offer says the participant, the operator or both. */
export function addresseesOf({ content: { to } }: Order): readonly Addressee[] {
  if (to === 'both') return ['participant', 'operator'];
  return [to === 'operator' ? 'operator' : 'participant'];
}

/** The e-mail address that a letter goes to; null when it can only lie in an inbox of the portal, as the operator's do. */
export function addressOf(order: Order): string | null {
  return addresseesOf(order).includes('participant') ? (order.participant.email ?? null) : null;
}

/** What every carrier does first: the letter lies in the inbox of each addressee, whatever becomes of the mail. Answers the letter to the first. */
export async function intoInbox(record: HandsRecord, order: Order): Promise<Letter> {
  const name = nameOf(order.idempotencyKey);
  const letters = addresseesOf(order).map((to) => ({ to, id: `${name}-${to}`, letter: letterOf(order, to) }));
  for (const { to, id, letter } of letters) {
    const message = { ...letter, id, to, at: order.now, clause: order.clause };
    await record.putMessage(order.tenant, order.contract, message);
  }
  return letters[0]!.letter;
}

/** A mail for nodemailer; repeats carry the same Message-ID and the same date. Without an address it names nobody. */
export function mailOf(order: Order, letter: Letter, from: string, to: string | null) {
  return {
    from,
    ...(to === null ? {} : { to }),
    subject: letter.subject,
    text: letter.text,
    date: new Date(order.legalAt),
    messageId: `<${nameOf(order.idempotencyKey)}@merzim>`,
    headers: {
      'Content-Language': letter.language,
      'X-Merzim-Contract': order.contract,
      'X-Merzim-Clause': order.clause,
    },
  };
}
