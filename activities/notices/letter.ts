import { createHash } from 'node:crypto';
import type { Order } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { type Letter, letterOf } from './words.js';

/** A short name for an idempotency key that is safe in file names and mail headers. */
export const nameOf = (idempotencyKey: string): string =>
  createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);

/** Whom a letter goes to. The offer may name the operator; else it is the participant. */
export const addresseeOf = ({ content }: Order): 'participant' | 'operator' =>
  content['to'] === 'operator' ? 'operator' : 'participant';

/** The e-mail address of the addressee; null when a letter can only lie in the portal's inbox. */
export function addressOf(order: Order): string | null {
  return addresseeOf(order) === 'participant' ? (order.participant.email ?? null) : null;
}

/** What every carrier does first: the letter is in the portal's inbox, whatever becomes of the mail. */
export async function intoInbox(record: HandsRecord, order: Order): Promise<Letter> {
  const letter = letterOf(order);
  const { language, subject, text } = letter;
  const message = {
    id: nameOf(order.idempotencyKey),
    to: addresseeOf(order),
    at: order.now,
    language,
    subject,
    text,
    clause: order.clause,
  };
  await record.putMessage(order.tenant, order.contract, message);
  return letter;
}

/** A mail for nodemailer; repeats carry the same Message-ID and the same date. */
export function mailOf(order: Order, letter: Letter, from: string, to: string) {
  return {
    from,
    to,
    subject: letter.subject,
    text: letter.text,
    date: new Date(order.legalAt),
    messageId: `<${nameOf(order.idempotencyKey)}@merzim>`,
    headers: { 'Content-Language': letter.language, 'X-Merzim-Clause': order.clause },
  };
}
