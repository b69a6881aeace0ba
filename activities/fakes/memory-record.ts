import type { AccessState, Advanced, Result, Settlement, WorkItem } from '../../prisma/index.js';
import type { Instant } from '../../rules/law/types.js';
import type { Claim, HandsRecord, InboxMessage } from '../record.js';

/** An act that a memory record wants from an instant on. */
export interface WantedAct {
  readonly key: string;
  readonly from: Instant;
  readonly lane: string;
  readonly port: WorkItem['port'];
}

/** A record in memory with a law of one sentence: each act is wanted from its instant on. It stands for the real one in tests of clock and hands. */
export interface MemoryRecord extends HandsRecord {
  readonly journal: readonly (Settlement & { readonly key: string; readonly at: Instant })[];
  readonly advances: number;
  readonly messages: readonly InboxMessage[];
  want(act: WantedAct): void;
  end(): void;
  /** Called after each settlement: where the real record writes a poke row. */
  onSettled(listener: () => void): void;
}

/** How a memory record is made. With `clock` it is a test-clock contract that stands there; without, it lives on the real time. */
export interface MemoryOptions {
  readonly clock?: Instant;
  readonly performance?: Readonly<Record<string, { readonly after?: string; readonly fails?: boolean }>>;
  readonly access?: AccessState;
}

/** Makes one. */
export function memoryRecord(options: MemoryOptions = {}): MemoryRecord {
  const wanted = new Map<string, WantedAct>();
  const journal: (Settlement & { key: string; at: Instant })[] = [];
  const messages = new Map<string, InboxMessage>();
  const claims = new Map<string, { first: Instant; lease: string; until: number }>();
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
    want: (act) => void wanted.set(act.key, act),
    end: () => void (state = 'ended'),
    onSettled: (listener) => void listeners.push(listener),

    async advance(tenant, contract, to): Promise<Result<Advanced>> {
      advances++;
      if (to !== undefined) {
        if (clock === null) return refused('contract.no_test_clock');
        if (to < clock) return refused('clock.backward');
        clock = Math.min(to, wakeOf() ?? to);
      }
      const wakeAt = wakeOf();
      const work = open()
        .filter(({ key, from }) => from <= now() && (claims.get(key)?.until ?? 0) < Date.now())
        .map(({ key, port, lane }): WorkItem => ({
          tenant,
          contract,
          key,
          generation: 1,
          operation: 'do',
          port,
          lane,
        }));
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

    async claim(item, leaseMs): Promise<Claim | null> {
      const act = wanted.get(item.key);
      const held = claims.get(item.key);
      if (!act || settled(item.key) || (held && held.until >= Date.now())) return null;
      const lease = `lease-${++leases}`;
      const claimedAt = held?.first ?? now();
      const leaseUntil = Date.now() + leaseMs;
      claims.set(item.key, { first: claimedAt, lease, until: leaseUntil });
      return {
        item,
        lease,
        leaseUntil,
        idempotencyKey: `${item.contract}/${item.key}/1/do`,
        kind: 'notify',
        sends: 'notify',
        clause: '5.4',
        subject: 'INV-1',
        at: act.from,
        content: {},
        again: held !== undefined,
        number: null,
        access: options.access ?? null,
        participant: { name: 'Participant', email: 'participant@example.kz', language: 'en' },
        testClock: clock,
        performance: options.performance?.[item.key] ?? null,
        claimedAt,
        now: now(),
      };
    },

    async settle(item, lease, settlement) {
      if (claims.get(item.key)?.lease !== lease) return refused('act.lease_lost');
      journal.push({ ...settlement, key: item.key, at: now() });
      for (const listener of listeners) listener();
      return { ok: true, value: null };
    },

    async keep(item, lease, ms) {
      const held = claims.get(item.key);
      if (held?.lease === lease) claims.set(item.key, { ...held, until: Date.now() + ms });
    },

    putMessage: async (_tenant, _contract, message) =>
      void messages.set(message.id, messages.get(message.id) ?? message),
  };
}

const refused = (code: string) => ({ ok: false, refusal: { code, message: code } }) as const;
