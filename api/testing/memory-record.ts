import { createHash } from 'node:crypto';
import { lawFor, loadPolicy } from '../../compose/library.js';
import type { Adopted, AmendmentProgress, Answer, Result } from '../../prisma/index.js';
import { judge } from '../../rules/engine/index.js';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import { canonical } from '../../rules/facts/canonical.js';
import { readFacts } from '../../rules/facts/read.js';
import { declaredIn } from '../../rules/offer/declared.js';
import { isRefusal } from '../../rules/law/refusal.js';
import { parseInstant } from '../../rules/law/instant.js';
import type { Instant } from '../../rules/law/types.js';
import type { ApiRecord, ContractSeen } from '../ports.js';

interface Kept {
  readonly row: ContractSeen;
  readonly law: Law;
  readonly facts: Fact[];
}

/** A record in memory, judged by the rules as they ship, whose clock stands where a test puts it. */
export interface MemoryRecord extends ApiRecord {
  now: Instant;
  /** Thrown by whatever is called next, until it is null again. */
  broken: Error | null;
  /** Calls that changed something. */
  readonly writes: string[];
}

const unknown = { ok: false, refusal: { code: 'contract.unknown', message: 'no such contract' } } as const;
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An empty one, at 2 March 2026, 10:00 in Almaty. */
export function memoryRecord(): MemoryRecord {
  const kept = new Map<string, Kept>();
  const changes = new Map<string, AmendmentProgress>();
  const answers = new Map<string, Answer & { readonly request: string }>();
  const find = (tenant: string, id: string): Kept | undefined => {
    if (record.broken !== null) throw record.broken;
    return kept.get(`${tenant}/${id}`);
  };
  const adopt = (tenant: string, id: string, what: string, adopted: string, at: Instant): Result<Adopted> => {
    const contract = find(tenant, id);
    if (contract === undefined) return unknown;
    const fact = { id: `${what}.adopted~${at}~1`, type: `${what}.adopted`, at, recordedAt: record.now };
    contract.facts.push({ ...fact, subject: 'contract', data: { [what]: adopted } });
    record.writes.push(`${what} ${id}`);
    const row = { id: fact.id, seq: contract.facts.length, recordedAt: record.now };
    return { ok: true, value: { adopted, fact: row, repeated: false } };
  };
  const record: MemoryRecord = {
    now: parseInstant('2026-03-02T10:00:00+05:00') as Instant,
    broken: null,
    writes: [],
    async createContract(tenant, contract) {
      const { offer, participant, policy = 'automatic' } = contract;
      const law = lawFor(offer, { policy, participant });
      if (isRefusal(law)) return { ok: false, refusal: law };
      const id = contract.id ?? `c${kept.size + 1}`;
      const there = find(tenant, id);
      if (there !== undefined) return { ok: true, value: { id, repeated: true } };
      const row = rowOf(tenant, id, law, record.now, contract);
      kept.set(`${tenant}/${id}`, { row, law, facts: [] });
      record.writes.push(`contract ${id}`);
      return { ok: true, value: { id, repeated: false } };
    },
    getContract: async (tenant, id) => find(tenant, id)?.row ?? null,
    listContracts: async (tenant, { after = '', limit }) => {
      const rows = [...kept.values()].map(({ row }) => row).filter((row) => row.tenant === tenant && row.id > after);
      return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    zoneOf: ({ tenant, id }) => find(tenant, id)!.law.offer.zone,
    async appendFacts(tenant, id, inputs) {
      const contract = find(tenant, id);
      if (contract === undefined) return unknown;
      const { offer } = contract.law;
      const { zone } = offer;
      const facts = readFacts(inputs, {
        zone,
        declared: declaredIn(offer),
        mode: 'server',
        now: record.now,
        hashId: hash,
      });
      if (isRefusal(facts)) return { ok: false, refusal: facts };
      for (const fact of facts) {
        const there = contract.facts.find((each) => each.id === fact.id);
        if (there === undefined) continue;
        const same = canonical({ ...there, recordedAt: 0 }) === canonical({ ...fact, recordedAt: 0 });
        if (!same)
          return { ok: false, refusal: { code: 'fact.conflict', message: `the id ${fact.id} has other content` } };
      }
      for (const fact of facts)
        if (!contract.facts.some(({ id: known }) => known === fact.id)) contract.facts.push(fact);
      record.writes.push(`facts ${id}`);
      const rows = facts.map((fact) => {
        const seq = contract.facts.findIndex(({ id: known }) => known === fact.id) + 1;
        return { id: fact.id, seq, recordedAt: contract.facts[seq - 1]!.recordedAt };
      });
      return { ok: true, value: { facts: rows, repeated: false } };
    },
    async adoptEdition(tenant, id, { edition, from = record.now }) {
      const own = find(tenant, id)?.law.offer.edition;
      if (edition !== undefined && edition !== own)
        return { ok: false, refusal: { code: 'edition.unknown', message: 'no such edition' } };
      return adopt(tenant, id, 'edition', own ?? '', from);
    },
    async adoptPolicy(tenant, id, { policy }) {
      const known = loadPolicy(policy);
      return isRefusal(known) ? { ok: false, refusal: known } : adopt(tenant, id, 'policy', policy, record.now);
    },
    async startAmending(tenant, change, pace) {
      const law = lawFor(change.offer, { policy: 'automatic', participant: {} });
      if (isRefusal(law)) return { ok: false, refusal: law };
      const edition = change.edition ?? law.offer.edition;
      const key = `${tenant} ${change.offer} ${change.name}`;
      const there = changes.get(key);
      if (there !== undefined) {
        const same = canonical([there.amending.edition, there.amending.how]) === canonical([edition, change.how]);
        if (same) return { ok: true, value: { progress: there, fresh: false } };
        return { ok: false, refusal: { code: 'amendment.conflict', message: 'other content' } };
      }
      const amending = { ...change, tenant, edition, at: record.now };
      const begun = { amending, ...pace, after: null, told: 0, refused: 0, refusals: [] };
      changes.set(key, { ...begun, state: pace.paused ? 'paused' : 'under way' });
      return { ok: true, value: { progress: changes.get(key)!, fresh: true } };
    },
    amendmentOf: async ({ tenant, offer, name }) => changes.get(`${tenant} ${offer} ${name}`) ?? null,
    listAmendments: async (tenant, offer) =>
      [...changes.values()].filter(({ amending }) => amending.tenant === tenant && amending.offer === offer),
    async paceAmendment({ tenant, offer, name }, wish) {
      const key = `${tenant} ${offer} ${name}`;
      const there = changes.get(key);
      if (there === undefined) return { ok: false, refusal: { code: 'amendment.unknown', message: 'no such change' } };
      const paced = { ...there, ...wish };
      changes.set(key, { ...paced, state: paced.paused ? 'paused' : 'under way' });
      return { ok: true, value: changes.get(key)! };
    },
    async listFacts(tenant, id, { after = 0, limit }) {
      const contract = find(tenant, id);
      if (contract === undefined) return null;
      const rows = contract.facts.map((fact, i) => ({
        ...fact,
        by: fact.by ?? null,
        seq: i + 1,
        digest: 'd',
        hash: 'h',
      }));
      return rows.slice(after, after + limit);
    },
    async outcomeOf(tenant, id, view) {
      const contract = find(tenant, id);
      if (contract === undefined) return unknown;
      const { law, facts } = contract;
      const asOf = view.asOf ?? record.now;
      const judgement = judge(law, facts, { asOf, knownAt: view.knownAt ?? asOf });
      return { ok: true, value: { ...judgement, seq: facts.length, law, facts, asOf } };
    },
    async *exportJournal(tenant, id) {
      for (const fact of find(tenant, id)?.facts ?? []) yield `${JSON.stringify(fact)}\n`;
    },
    listCases: async () => [],
    async resolveAct(tenant, { contract, key }, { outcome }) {
      if (find(tenant, contract) === undefined) return unknown;
      record.writes.push(`${outcome} ${key}`);
      return { ok: true, value: { repeated: false } };
    },
    listDrifts: async () => [],
    release: async (tenant, id) => (find(tenant, id) === undefined ? unknown : { ok: true, value: { released: 0 } }),
    async answerOf(tenant, key, request): Promise<Result<Answer | null>> {
      const there = answers.get(`${tenant} ${key}`);
      if (there === undefined) return { ok: true, value: null };
      if (there.request === canonical(request)) return { ok: true, value: there };
      return { ok: false, refusal: { code: 'answer.conflict', message: 'another request' } };
    },
    async keepAnswer(tenant, key, request, given) {
      answers.set(`${tenant} ${key}`, { ...given, request: canonical(request) });
    },
    ping: async () => {
      if (record.broken !== null) throw record.broken;
    },
  };
  return record;
}

function rowOf(
  tenant: string,
  id: string,
  law: Law,
  now: Instant,
  { testClock = null, externalId = null }: { readonly testClock?: Instant | null; readonly externalId?: string | null },
): ContractSeen {
  return {
    tenant,
    id,
    externalId,
    offer: law.offer.id,
    edition: law.offer.edition,
    adopted: [],
    policies: [],
    policy: law.policy.id,
    participant: law.participant,
    testClock,
    performance: {},
    head: 0,
    advanced: -1,
    asOf: null,
    wakeAt: null,
    createdAt: testClock ?? now,
    state: 'offered',
    held: false,
    concludedAt: null,
    endsAt: null,
    endedAt: null,
  };
}
