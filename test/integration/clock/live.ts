import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { Ports } from '../../../activities/ports.js';
import { createContract, listFacts, type Rec } from '../../../prisma/index.js';
import type { NewContract } from '../../../prisma/contracts.js';
import { moveTestClock } from '../../../worker/clock.js';
import { portsOf, type PortSettings } from '../../../worker/ports.js';
import { type RunningWorker, startWorker } from '../../../worker/worker.js';
import { workflowIdOf } from '../../../workflows/messages.js';
import { createNamespace, temporalAddress } from '../../support/clock.js';
import { freshRecord, got, TENANT } from '../record/opened.js';

export { got, TENANT };

/** A worker on a record and a namespace of one test's own. */
export interface Live {
  readonly rec: Rec;
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  readonly data: string;
  /** Starts a worker; more than one may run. */
  work(options?: {
    readonly ports?: Partial<Ports>;
    readonly settings?: Partial<PortSettings>;
  }): Promise<RunningWorker>;
  create(contract?: Partial<NewContract>): Promise<string>;
  /** Types of the facts in the journal of a contract, in order, with the effect's key for receipts. */
  journal(contract: string): Promise<readonly string[]>;
  /** The journal with the effect's key for receipts. */
  recorded(
    contract: string,
  ): Promise<readonly { readonly type: string; readonly key: string; readonly recordedAt: number }[]>;
  workflowId(contract: string): string;
  /** Moves a test clock as the API does. */
  move(contract: string, to: number): Promise<number>;
  letters(): readonly string[];
}

/** Sets it up; `address` of another server than the shared one may be given. */
export async function live(address = temporalAddress(), shared = true, record?: Rec): Promise<Live> {
  const rec = record ?? (await freshRecord()).rec;
  const connection = Connection.lazy({ address });
  onTestFinished(() => connection.close());
  const namespace = shared ? await createNamespace(connection) : 'default';
  const client = new Client({ connection, namespace });
  const data = mkdtempSync(join(inject('scratch'), 'data-'));
  return {
    rec,
    client,
    address,
    namespace,
    data,
    async work({ ports = {}, settings = {} } = {}) {
      const worker = await startWorker({
        rec,
        address,
        namespace,
        ports: (hands) => ({ ...portsOf(hands, { data, ...settings }), ...ports }),
        sweepMs: 300,
        graceMs: 1_000,
        relayRestMs: 20,
      });
      worker.ended.catch(() => undefined);
      onTestFinished(() => worker.stop().catch(() => undefined));
      return worker;
    },
    create: async (contract = {}) =>
      got(await createContract(rec, TENANT, { offer: 'small', participant: {}, ...contract })).id,
    async journal(contract) {
      const facts = (await listFacts(rec, TENANT, contract, { limit: 1_000 })) ?? [];
      return facts.map(({ type, data }) =>
        type.startsWith('effect.') ? `${type} ${String(data?.['operation'])} ${String(data?.['key'])}` : type,
      );
    },
    async recorded(contract) {
      const facts = (await listFacts(rec, TENANT, contract, { limit: 10_000 })) ?? [];
      return facts.map(({ type, data, recordedAt }) => ({ type, recordedAt, key: String(data?.['key'] ?? '') }));
    },
    workflowId: (contract) => workflowIdOf(TENANT, contract),
    move: async (contract, to) => got(await moveTestClock(client, { tenant: TENANT, contract, to })).asOf,
    letters: () =>
      readdirSync(data, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.eml')),
  };
}
