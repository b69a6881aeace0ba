import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from '../launch/cluster.js';
import { publicFolder } from '../launch/postgres-binaries.js';
import { APP_ROLE, ensureRole, OWNER_ROLE, withClient } from '../launch/roles.js';
import { advance, appendFacts, claimAct, createContract, openRecord, settleAct, type Rec } from '../prisma/index.js';
import { migrate } from '../prisma/migrate.js';
import type { FactInput } from '../rules/facts/fact.js';
import { bareTransaction } from './bare.js';
import { edocLife } from './life.js';
import type { Row } from './measure.js';
import { aside } from './record-aside.js';

const TENANT = 'bench';
const MINUTE = 60_000;

/** A quantile of times, in milliseconds. */
const quantile = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))]!;

/**
 * P2b: `advance` after one new fact, on a PostgreSQL of its own that is as careful as in service (time on the wall, because the
 * database works in other processes), beside a bare transaction that writes the same rows. P7: the record of a contract read aside.
 */
export function rows(): Promise<Row[]> {
  return onRecord(async (rec, superUrl) => {
    const small = await advanced(rec, superUrl, { facts: 120, contracts: 12, rounds: 20 });
    const large = await advanced(rec, superUrl, { facts: 5_000, contracts: 1, rounds: 60 });
    return [...small, ...large, ...(await aside(rec, TENANT, '120-0'))];
  });
}

/** Gives `work` an empty record on a PostgreSQL of its own in a folder of its own; both are gone afterwards. */
export async function onRecord<T>(work: (rec: Rec, superUrl: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(publicFolder(), 'merzim-bench-'));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user than this process
  const files = { folder: join(folder, 'postgres'), log: join(folder, 'postgres.log') };
  const cluster = await startCluster({ ...files, scratch: folder });
  try {
    await withClient(cluster.superUrl('postgres'), async (client) => {
      await ensureRole(client, OWNER_ROLE, OWNER_ROLE);
      await ensureRole(client, APP_ROLE, APP_ROLE);
      await client.query(`CREATE DATABASE merzim OWNER ${OWNER_ROLE}`);
    });
    const superUrl = cluster.superUrl('merzim');
    await migrate(superUrl.replace('postgres@', `${OWNER_ROLE}@`), APP_ROLE);
    const rec = await openRecord(superUrl.replace('postgres@', `${APP_ROLE}@`));
    try {
      return await work(rec, superUrl);
    } finally {
      await rec.close();
    }
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Contracts of one length, brought up to now; then a fact more and an advance, in turns, each beside its bare twin. */
export async function advanced(
  rec: Rec,
  superUrl: string,
  { facts, contracts, rounds }: { readonly facts: number; readonly contracts: number; readonly rounds: number },
): Promise<Row[]> {
  const ids: string[] = [];
  for (let n = 0; n < contracts; n++) ids.push(await settled(rec, `${facts}-${n}`, facts));
  const warm: number[] = [];
  const cold: number[] = [];
  const bare: number[] = [];
  const written: number[] = [];
  await withClient(superUrl, async (client) => {
    const twin = await bareTransaction(client, TENANT);
    for (let round = 0; round < rounds + WARM_UP; round++) {
      for (const id of ids) {
        await told(appendFacts(rec, TENANT, id, [anotherFact(round)]));
        const isCold = round % 4 === 3;
        if (isCold) rec.memory.forget();
        const began = performance.now();
        await told(advance(rec, TENANT, id));
        const spent = performance.now() - began;
        const { ms, rows } = await twin(id);
        if (round < WARM_UP) continue;
        (isCold ? cold : warm).push(spent);
        bare.push(ms);
        written.push(rows);
      }
    }
  });
  const against = 'bare transaction, p50';
  const p50 = quantile(bare, 0.5);
  const row = (id: string, times: readonly number[], work: string): Row => ({
    id,
    work,
    ours: quantile(times, 0.5),
    unit: 'ms',
    peers: { p99: quantile(times, 0.99), [against]: p50, 'bare transaction, p99': quantile(bare, 0.99) },
    ratio: quantile(times, 0.5) / p50,
    against,
    spread: [quantile(times, 0), quantile(times, 1)],
  });
  const rows = `${quantile(written, 0.5)} rows written`;
  return [
    row(`P2b-${facts}`, warm, `advance of ${facts} facts after one more, ${rows}, p50`),
    row(`P2b-${facts}-cold`, cold, 'the same by a process that has not met the contract yet, p50'),
  ];
}

/** Rounds that are not counted: connections, statements and code are made ready. */
const WARM_UP = 4;

/** A contract with this many facts, everything that it called for done. */
async function settled(rec: Rec, name: string, facts: number): Promise<string> {
  const participant = { kind: 'legal-entity', resident: true };
  const { id } = await told(createContract(rec, TENANT, { id: name, offer: 'edoc', participant }));
  const life = edocLife(facts).map(({ id: own, type, at, subject, data }): FactInput => ({
    id: own,
    type,
    at: new Date(at).toISOString(),
    subject,
    data,
  }));
  for (let from = 0; from < life.length; from += 500) {
    await told(appendFacts(rec, TENANT, id, life.slice(from, from + 500)));
  }
  for (;;) {
    const { work } = await told(advance(rec, TENANT, id));
    if (work.length === 0) return id;
    for (const item of work) {
      const claimed = await claimAct(rec, TENANT, item, MINUTE);
      if (claimed !== null)
        await told(settleAct(rec, TENANT, item, claimed.lease, { outcome: 'performed', receipt: {} }));
    }
  }
}

/** An invoice, then its payment. */
function anotherFact(round: number): FactInput {
  const subject = `INV-LATER-${round >> 1}`;
  const at = new Date(Date.now() - MINUTE).toISOString();
  const money = { amount: '100000.00', currency: 'KZT' };
  return round % 2 === 0
    ? { id: `i${round}`, type: 'invoice.presented', at, subject, data: { kind: 'subscription', ...money } }
    : { id: `p${round}`, type: 'payment.credited', at, subject, data: money };
}

/** The value of a result. A refusal here is a mistake of the bench. */
async function told<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; refusal: { code: string; message: string } }>,
): Promise<T> {
  const said = await result;
  if (!said.ok) throw new Error(`${said.refusal.code}: ${said.refusal.message}`);
  return said.value;
}
