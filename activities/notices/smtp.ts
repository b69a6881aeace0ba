import { createTransport } from 'nodemailer';
import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { addressOf, intoInbox, mailOf } from './letter.js';

/**
 * Notices by SMTP. Blind: a server that has taken a mail and then falls silent is sent it again, with the same
 * Message-ID, by which the addressee's programs know it for the same letter. Without an address the inbox is the carrier.
 */
export function smtpNotices(record: HandsRecord, url: string, from: string): Port {
  const options = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 15_000 };
  const transport = createTransport({ url, ...options });
  return {
    name: 'notices',
    class: 'blind',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      const letter = await intoInbox(record, order);
      const to = addressOf(order);
      if (to === null) return { outcome: 'performed', receipt: { carrier: 'inbox' } };
      const { messageId, response } = await transport.sendMail(mailOf(order, letter, from, to));
      return { outcome: 'performed', receipt: { carrier: 'smtp', messageId, response, to } };
    },
  };
}
