import type { Advanced, Result, WorkItem } from '../../prisma/types.js';
import type { Step } from '../../rules/engine/types.js';
import type { Instant } from '../../rules/law/types.js';
import type { Claim, DocumentDraft, HandsRecord, InboxMessage, Settlement } from '../record.js';

/** An act that a memory record wants from an instant on. */
export interface WantedAct {
  readonly key: string;
  readonly from: Instant;
  readonly lane: string;
  readonly port: WorkItem['port'];
}

/** A record in memory with a law of one sentence: each act is wanted from its instant on. It stands for the real one in tests of the clock. */
export interface MemoryRecord extends HandsRecord {
  readonly journal: readonly (Settlement & { readonly key: string; readonly at: Instant })[];
  readonly advances: number;
  readonly messages: readonly InboxMessage[];
  /** Versions of access that a receiver has taken. */
  readonly told: readonly number[];
  readonly documents: readonly (DocumentDraft & { readonly number: string })[];
  want(act: WantedAct): void;
  end(): void;
  /** Called after each settlement: where the real record writes a poke row. */
  onSettled(listener: () => void): void;
}

/** Makes one. With `clock` it is a test-clock contract that stands there; without, it lives on the real time. */
export function memoryRecord(
  options: { clock?: Instant; performance?: Record<string, { after?: string; fails?: boolean }> } = {},
): MemoryRecord {
  const wanted = new Map<string, WantedAct>();
  const journal: (Settlement & { key: string; at: Instant })[] = [];
  const messages = new Map<string, InboxMessage>();
  const documents = new Map<string, DocumentDraft & { number: string }>();
  const claims = new Map<string, { first: Instant; lease: string; until: number }>();
  const told: number[] = [];
  const listeners: (() => void)[] = [];
  let clock = options.clock ?? null;
  let state: Advanced['state'] = 'active';
  let advances = 0;
  let leases = 0;
  const now = (): Instant => clock ?? Date.now();
  const settled = (key: string): boolean => journal.some((row) => row.key === key);
  const open = (): readonly WantedAct[] => [...wanted.values()].filter(({ key }) => !settled(key));
  const wakeOf = (): Instant | null => {
    const ahead = open().filter(({ from }) => from > now());
    return ahead.length === 0 ? null : Math.min(...ahead.map(({ from }) => from));
  };

  return {
    journal,
    get advances() {
      return advances;
    },
    get messages() {
      return [...messages.values()];
    },
    told,
    get documents() {
      return [...documents.values()];
    },
    want: (act) => void wanted.set(act.key, act),
    end: () => void (state = 'ended'),
    onSettled: (listener) => void listeners.push(listener),

    async advance(tenant, contract, to): Promise<Result<Advanced>> {
      advances++;
      if (to !== undefined) {
        if (clock === null)
          return { ok: false, refusal: { code: 'contract.no_test_clock', message: 'not a test-clock contract' } };
        if (to < clock) return { ok: false, refusal: { code: 'clock.backward', message: 'a clock only goes forward' } };
        clock = Math.min(to, wakeOf() ?? to);
      }
      const wakeAt = wakeOf();
      const work = open()
        .filter(({ key, from }) => from <= now() && (claims.get(key)?.until ?? 0) < Date.now())
        .map(({ key, port, lane }) => ({ contract, key, generation: 1, operation: 'do' as const, port, lane }));
      return {
        ok: true,
        value: {
          contract,
          seq: journal.length,
          asOf: now(),
          state,
          wakeAt,
          wakeInMs: wakeAt === null || clock !== null ? null : Math.max(0, wakeAt - Date.now()),
          wakeClause: wakeAt === null ? null : '5.4',
          details: open()
            .map(({ key }) => `- ${key}`)
            .join('\n'),
          work,
          operator: tenant,
          offer: 'edoc',
        },
      };
    },

    async claim(tenant, item, leaseMs): Promise<Claim | null> {
      const act = wanted.get(item.key);
      const held = claims.get(item.key);
      if (!act || settled(item.key) || (held && held.until >= Date.now())) return null;
      const lease = `lease-${++leases}`;
      const first = held?.first ?? now();
      claims.set(item.key, { first, lease, until: Date.now() + leaseMs });
      return {
        lease,
        idempotencyKey: `${item.contract}/${item.key}/1/do`,
        step: stepOf(act),
        repeated: held !== undefined,
        claimedAt: first,
        now: now(),
        contract: {
          offer: 'edoc',
          operator: tenant,
          participant: { name: 'Participant', email: 'participant@example.kz', language: 'en' },
          test: clock !== null,
          performance: options.performance?.[item.key] ?? null,
        },
      };
    },

    async settle(_tenant, item, lease, settlement) {
      if (claims.get(item.key)?.lease !== lease) return;
      journal.push({ ...settlement, key: item.key, at: now() });
      for (const listener of listeners) listener();
    },

    async release(_tenant, item, lease) {
      const held = claims.get(item.key);
      if (held?.lease === lease) claims.set(item.key, { ...held, until: 0 });
    },

    amend: async () => ({ state: 'done', waitMs: 0, details: '' }),
    access: async () => ({ version: journal.length, functions: { portal: { open: true, causes: [] } } }),
    accessTold: async (_tenant, _contract, version) => void told.push(version),
    putMessage: async (_tenant, _contract, message) =>
      void messages.set(message.id, messages.get(message.id) ?? message),
    async issueDocument(_tenant, _contract, draft) {
      const before = documents.get(draft.id);
      const issued = before ?? { ...draft, number: `${draft.series}-${documents.size + 1}` };
      documents.set(draft.id, issued);
      return { number: issued.number };
    },
  };
}

const stepOf = ({ key, from }: WantedAct): Step => ({
  key,
  generation: 1,
  operation: 'do',
  kind: 'notify',
  sends: 'notify',
  clause: '5.4',
  subject: 'INV-1',
  at: from,
  content: {},
  fingerprint: key,
});
