import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { writeOnce } from '../files.js';
import { CALL_MS, PATIENCE_MS, type Port } from '../ports.js';
import type { HandsRecord } from '../record.js';
import { addressOf, intoInbox, mailOf, nameOf } from './letter.js';

/**
 * Notices as `.eml` files in a folder, which any mail program opens. Deduplicating: the file is named by the key. A letter
 * to somebody without an address lies there too, with no `To`; the inbox is what carries it.
 */
export function emlNotices(record: HandsRecord, folder: string, from: string): Port {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    name: 'notices',
    class: 'deduplicating',
    timeoutMs: CALL_MS,
    patienceMs: PATIENCE_MS,
    async send(order) {
      const letter = await intoInbox(record, order);
      const to = addressOf(order);
      const { message, messageId } = await transport.sendMail(mailOf(order, letter, from, to));
      const file = `${nameOf(order.idempotencyKey)}.eml`;
      await writeOnce(join(folder, file), message as Buffer);
      const receipt = to === null ? { carrier: 'inbox', file } : { carrier: 'eml', messageId, file, to };
      return { outcome: 'performed', receipt };
    },
  };
}
