import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { AccessEvent } from '../access/webhook.js';

/** How the receiver treats the next calls. `lose`: takes it and falls silent. `hold`: as `lose`, but lets it in only on `letIn`. A number: answers with this status. */
export type ReceiverManner = 'well' | 'lose' | 'hold' | number;

/** An operator's door: it checks signatures, keeps the newest state of each contract, and guards by it. */
export interface WebhookReceiver {
  readonly url: string;
  /** Versions in order of arrival, repeats and late ones included. */
  readonly arrived: readonly { readonly id: string; readonly version: number }[];
  /** Whether a function is open for a contract, by the highest version seen. */
  open(contract: string, name: string): boolean;
  behave(how: ReceiverManner): void;
  /** Delivers what was held, late. */
  letIn(): void;
  close(): Promise<void>;
}

/** Starts one on loopback. */
export async function startWebhookReceiver(secret: string): Promise<WebhookReceiver> {
  const webhook = new Webhook(secret);
  const arrived: { id: string; version: number }[] = [];
  const newest = new Map<string, AccessEvent['data']>();
  const held: { id: string; event: AccessEvent }[] = [];
  let manner: ReceiverManner = 'well';

  function take(id: string, { data }: AccessEvent): void {
    arrived.push({ id, version: data.version });
    const known = newest.get(data.contract);
    if (!known || known.version < data.version) newest.set(data.contract, data);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const id = String(request.headers['webhook-id']);
    let event: AccessEvent;
    try {
      event = webhook.verify(body, request.headers as Record<string, string>) as AccessEvent;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return void response.writeHead(401).end();
    }
    if (typeof manner === 'number') return void response.writeHead(manner).end();
    if (manner === 'hold') return void held.push({ id, event });
    take(id, event);
    if (manner === 'well') response.writeHead(204).end();
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/access`,
    arrived,
    open: (contract, name) => newest.get(contract)?.functions[name]?.open ?? true,
    behave: (how) => void (manner = how),
    letIn() {
      for (const { id, event } of held.splice(0)) take(id, event);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
