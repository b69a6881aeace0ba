import { join } from 'node:path';
import { standingAccess } from '../activities/access/stand.js';
import { announcing, webhookAccess } from '../activities/access/webhook.js';
import { documents } from '../activities/invoicing/documents.js';
import { emlNotices } from '../activities/notices/eml.js';
import { smtpNotices } from '../activities/notices/smtp.js';
import type { Ports } from '../activities/ports.js';
import type { HandsRecord } from '../activities/record.js';
import { registryOutbox } from '../activities/registry/outbox.js';
import { signatureRequests } from '../activities/signing/request.js';

/** Where the world is; what is not named is served from the data folder and the record. */
export interface PortSettings {
  /** Folder of the product's own files. */
  readonly data: string;
  /** `smtp://user:password@host:port`; without it letters are files. */
  readonly smtpUrl?: string | undefined;
  /** Sender of letters. */
  readonly mailFrom?: string | undefined;
  /** Receiver of changes of access; without it the state stands in the record and is asked for. */
  readonly accessWebhookUrl?: string | undefined;
  /** Standard Webhooks secret, `whsec_…`; needed with the address. */
  readonly accessWebhookSecret?: string | undefined;
}

/**
 * The ports of a worker.
 * @throws Error when an address of a webhook comes without its secret
 */
export function portsOf(record: HandsRecord, settings: PortSettings): Ports {
  const { data, smtpUrl, accessWebhookUrl: url, accessWebhookSecret: secret } = settings;
  if (url !== undefined && secret === undefined) throw new Error('ACCESS_WEBHOOK_URL needs ACCESS_WEBHOOK_SECRET');
  const from = settings.mailFrom ?? 'Merzim <merzim@localhost>';
  return {
    access: url === undefined || secret === undefined ? standingAccess(record) : webhookAccess(record, url, secret),
    invoicing: documents(record),
    notices: smtpUrl === undefined ? emlNotices(record, join(data, 'mail'), from) : smtpNotices(record, smtpUrl, from),
    signing: signatureRequests(record),
    registry: registryOutbox(join(data, 'registry')),
  };
}

/** What tells the receiver of access that nothing else tells of; undefined where there is no receiver. */
export function announcerOf({ accessWebhookUrl: url, accessWebhookSecret: secret }: PortSettings) {
  if (url === undefined || secret === undefined) return undefined;
  return (record: HandsRecord) => announcing(record, url, secret);
}
