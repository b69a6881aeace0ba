import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standingAccess } from './access/stand.js';
import { announcing, webhookAccess } from './access/webhook.js';
import { memoryRecord } from './fakes/memory-record.js';
import { sampleOrder } from './fakes/order.js';
import { fakePort } from './fakes/port.js';
import { portContract, type PortUnderTest } from './fakes/port-contract.js';
import { startSmtpServer } from './fakes/smtp-server.js';
import { startWebhookReceiver } from './fakes/webhook-receiver.js';
import { documents } from './invoicing/documents.js';
import { TITLES } from './notices/titles.js';
import { emlNotices } from './notices/eml.js';
import { smtpNotices } from './notices/smtp.js';
import type { Order, PortClass } from './ports.js';
import { registryOutbox } from './registry/outbox.js';
import { signatureRequests } from './signing/request.js';

const FROM = 'Merzim <merzim@localhost>';
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes !!!').toString('base64')}`;
const claim = sampleOrder({
  effect: '5.9~INV-1~1~claim~fine',
  kind: 'claim',
  sends: 'claim',
  content: { amount: '8650.00', currency: 'KZT' },
});

/** What the offers say that is told to people: the words after notify, prepare and request-signature. */
function shippedMessages(): readonly string[] {
  const folder = new URL('../rules/offers/', import.meta.url);
  const offers = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const words = offers.flatMap(({ name }) => {
    const text = readFileSync(new URL(`${name}/offer.yaml`, folder), 'utf8');
    return [...text.matchAll(/\b(?:notify|prepare|request-signature): ([a-z-]+)/g)].map(([, word = '']) => word);
  });
  return [...new Set(words)];
}

async function inFolder(make: (folder: string) => Omit<PortUnderTest, 'close'>): Promise<PortUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'merzim-port-'));
  return { ...make(folder), close: () => rm(folder, { recursive: true, force: true }) };
}
const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => name.includes('.'));

describe('notices as files', () =>
  portContract(() =>
    inFolder((folder) => ({ port: emlNotices(memoryRecord(), folder, FROM), held: () => filesOf(folder) })),
  ));

describe('notices by SMTP', () =>
  portContract(async () => {
    const server = await startSmtpServer();
    const port = smtpNotices(memoryRecord(), server.url, FROM);
    return { port, held: async () => server.mails.map(({ messageId }) => messageId), close: server.close };
  }));

describe('access by webhooks', () =>
  portContract(
    async () => {
      const receiver = await startWebhookReceiver(SECRET);
      const port = webhookAccess(memoryRecord(), receiver.url, SECRET);
      return { port, held: async () => [...new Set(receiver.arrived.map(({ id }) => id))], close: receiver.close };
    },
    sampleOrder({ effect: '5.9~INV-1~1~restrict', kind: 'restrict', sends: 'restrict' }),
  ));

describe('documents', () =>
  portContract(async () => {
    const record = memoryRecord();
    return { port: documents(record), held: async () => record.documents.map(({ number }) => number) };
  }, claim));

describe('requests for a signature', () =>
  portContract(
    async () => {
      const record = memoryRecord();
      return { port: signatureRequests(record), held: async () => record.messages.map(({ id }) => id) };
    },
    sampleOrder({ kind: 'request-signature', sends: 'request-signature' }),
  ));

describe('the outbox of the state system', () =>
  portContract(
    () => inFolder((folder) => ({ port: registryOutbox(folder), held: () => filesOf(folder) })),
    sampleOrder({ kind: 'register', sends: 'register' }),
  ));

describe.each<PortClass>(['deduplicating', 'queryable', 'blind'])('the %s fake', (portClass) =>
  portContract(async () => {
    const fake = fakePort('notices', portClass);
    return { port: fake.port, held: async () => fake.effects().map(({ idempotencyKey }) => idempotencyKey) };
  }),
);

const signal = AbortSignal.timeout(60_000);

test('a notice lies in the inbox and in an .eml file that names its clause, in the participant’s language', async () => {
  const record = memoryRecord();
  const { port, held, close } = await inFolder((folder) => ({
    port: emlNotices(record, folder, FROM),
    held: async () => Promise.all((await filesOf(folder)).map((name) => readFile(join(folder, name), 'utf8'))),
  }));
  const answer = await port.send(sampleOrder(), signal);
  const [mail = ''] = await held();
  expect(answer).toMatchObject({ outcome: 'performed', receipt: { carrier: 'eml', to: 'office@orken.example' } });
  expect(record.messages).toMatchObject([
    { to: 'participant', language: 'kk', subject: 'Қолжетімділікті бұғаттау туралы ескерту', clause: '5.4' },
  ]);
  expect(record.messages[0]?.text).toContain('5.4 тармағы. Ол 14.04.2026 00:00 басталды.');
  expect(mail).toContain('To: office@orken.example');
  expect(mail).toContain('X-Merzim-Clause: 5.4');
  expect(mail).toContain('Content-Language: kk');
  await close?.();
});

test('every message of the offers has a title in three languages', () => {
  const words = shippedMessages();
  expect(words.length).toBeGreaterThan(10);
  expect(words.filter((word) => TITLES[word] === undefined)).toEqual([]);
});

test('a letter to both lies in two inboxes; a request waits for a person, a document does not', async () => {
  const record = memoryRecord();
  const port = signatureRequests(record);
  const both = sampleOrder({ content: { what: 'negotiation', to: 'both' } });
  expect(await port.send({ ...both, sends: 'prepare' }, signal)).toMatchObject({ outcome: 'performed' });
  expect(record.messages.map(({ to, text }) => `${to} ${text.split('\n')[0]}`)).toEqual([
    'participant Құрметті ТОО «Өркен»!',
    'operator Сәлеметсіз бе!',
  ]);
  expect(
    await port.send({ ...both, sends: 'request-signature', content: { what: 'act', to: 'operator' } }, signal),
  ).toMatchObject({
    outcome: 'sent',
    receipt: { waitsFor: 'operator' },
  });
});

test('without an address the inbox is the carrier, and the file names nobody', async () => {
  const record = memoryRecord();
  const { port, held, close } = await inFolder((folder) => ({
    port: emlNotices(record, folder, FROM),
    held: async () => Promise.all((await filesOf(folder)).map((name) => readFile(join(folder, name), 'utf8'))),
  }));
  expect(await port.send(sampleOrder({ participant: {} }), signal)).toEqual({
    outcome: 'performed',
    receipt: { carrier: 'inbox', file: expect.stringMatching(/\.eml$/) },
  });
  const [mail = '', ...more] = await held();
  expect(more).toEqual([]);
  expect(mail).toContain('X-Merzim-Contract: ');
  expect(mail).not.toMatch(/^To:/m);
  expect(record.messages).toMatchObject([{ language: 'ru', subject: 'Предупреждение о блокировке доступа' }]);
  await close?.();
});

test.each<[Order['operation'], string]>([
  ['do', 'Warning that access will be blocked'],
  ['undo', 'Correction: Warning that access will be blocked'],
  ['correct', 'Correction: Warning that access will be blocked'],
])('a notice that is %s is titled %s', async (operation, subject) => {
  const record = memoryRecord();
  await signatureRequests(record).send(sampleOrder({ operation, participant: { language: 'en' } }), signal);
  expect(record.messages).toMatchObject([{ subject }]);
});

test('a restriction delivered after its lift leaves access open', async () => {
  const states = [
    { version: 1, functions: { portal: { open: false, causes: [{ clause: '5.9' }] } } },
    { version: 2, functions: { portal: { open: true, causes: [] } } },
  ];
  const record = { ...memoryRecord(), access: async () => states.shift()! };
  const receiver = await startWebhookReceiver(SECRET);
  const port = webhookAccess(record, receiver.url, SECRET);
  receiver.behave('hold');
  await expect(port.send(sampleOrder({ effect: 'a', sends: 'restrict' }), AbortSignal.timeout(200))).rejects.toThrow();
  receiver.behave('well');
  await port.send(sampleOrder({ effect: 'a', operation: 'undo', sends: 'lift' }), signal);
  receiver.letIn();
  expect(receiver.arrived.map(({ version }) => version)).toEqual([2, 1]);
  expect(receiver.open('c1', 'portal')).toBe(true);
  await receiver.close();
});

test('what no act tells of is told under its version, and it is noted that the receiver has it', async () => {
  const record = memoryRecord();
  const receiver = await startWebhookReceiver(SECRET);
  const announce = announcing({ ...record, access: async () => ({ version: 3, functions: {} }) }, receiver.url, SECRET);
  await announce('t', 'c 1');
  await announce('t', 'c 1');
  expect(receiver.arrived.map(({ id, version }) => [id, version])).toEqual([
    ['access%2Fc%201%2F3', 3],
    ['access%2Fc%201%2F3', 3],
  ]);
  expect(record.told).toEqual([3, 3]);
  receiver.behave(503);
  await expect(announce('t', 'c 1')).rejects.toThrow();
  expect(record.told).toEqual([3, 3]);
  await receiver.close();
});

test('a webhook that is signed with another secret is turned away for good', async () => {
  const receiver = await startWebhookReceiver(SECRET);
  const other = `whsec_${Buffer.from('another secret of thirty-two byt').toString('base64')}`;
  const port = webhookAccess(memoryRecord(), receiver.url, other);
  await expect(port.send(sampleOrder(), signal)).rejects.toMatchObject({ status: 401 });
  await receiver.close();
});

test('access without a receiver says which version of the state stands', async () => {
  const record = { ...memoryRecord(), access: async () => ({ version: 7, functions: {} }) };
  const answer = await standingAccess(record).send(sampleOrder({ sends: 'lift' }), signal);
  expect(answer).toEqual({ outcome: 'performed', receipt: { carrier: 'record', version: 7 } });
});

test('the outbox claims no success, and keeps what a test clock asks for apart', async () => {
  const { port, held, close } = await inFolder((folder) => ({
    port: registryOutbox(folder),
    held: () => filesOf(folder),
  }));
  const register = sampleOrder({ kind: 'register', sends: 'register' });
  expect(await port.send(register, signal)).toMatchObject({ outcome: 'sent', receipt: { status: 'queued' } });
  await port.send({ ...register, test: true }, signal);
  expect((await held()).map((path) => path.split('/')[0]).toSorted()).toEqual(['live', 'test']);
  await close?.();
});
