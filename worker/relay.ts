import type { Client } from '@temporalio/client';
import { crashPoint } from '../launch/crash-point.js';
import { CONTRACT_WORKFLOW, poke, TASK_QUEUE, workflowIdOf } from '../workflows/messages.js';
import { startRounds, type Running } from './rounds.js';

/** "Look at this contract." A newer version is a newer reason. */
export interface Poke {
  readonly tenant: string;
  readonly contract: string;
  readonly version: number;
}

/** Where pokes come from: one per contract, taken under a lease, gone when done and not newer. */
export interface PokeSource {
  take(limit: number): Promise<readonly Poke[]>;
  done(pokes: readonly Poke[]): Promise<unknown>;
}

/** How a relay runs. */
export interface RelayOptions {
  readonly source: PokeSource;
  readonly client: Client;
  readonly taskQueue?: string;
  /** How long to rest when there was nothing, in milliseconds. */
  readonly restMs?: number;
  /** Told when Temporal or the database turned away or came back. */
  readonly tell?: (event: 'away' | 'back', error?: unknown) => void;
}

const BATCH = 100;
const AT_ONCE = 16;
const CALL_MS = 5_000;

/**
 * Carries pokes from the record to Temporal: a signal that starts the contract's workflow where none is open, also one
 * that has ended before. A poke is forgotten only after Temporal has taken it; while Temporal is away the relay comes
 * back at growing intervals and nothing is lost. Two relays share the work, and a poke that two carry does no harm.
 */
export function startRelay({ source, client, taskQueue = TASK_QUEUE, restMs = 100, tell }: RelayOptions): Running {
  let held: readonly Poke[] = [];
  return startRounds({ round, restMs, tell });

  // What could not be delivered is kept for the next round, so that it need not wait for its lease once Temporal is back;
  // when this process dies, the lease runs out and it is taken again.
  async function round(): Promise<boolean> {
    if (held.length === 0) held = await source.take(BATCH);
    crashPoint('relay.taken');
    const outcomes = await inTurns(held);
    crashPoint('relay.delivered');
    const delivered = held.filter((_, i) => outcomes[i] === null);
    held = held.filter((_, i) => outcomes[i] !== null);
    if (delivered.length > 0) await source.done(delivered);
    if (held.length > 0) throw outcomes.find((outcome) => outcome !== null);
    return delivered.length === BATCH;
  }

  async function inTurns(pokes: readonly Poke[]): Promise<readonly unknown[]> {
    const outcomes: unknown[] = [];
    for (let i = 0; i < pokes.length; i += AT_ONCE) {
      const some = pokes.slice(i, i + AT_ONCE);
      outcomes.push(
        ...(await Promise.all(
          some.map((each) =>
            deliver(each).then(
              () => null,
              (error: unknown) => error,
            ),
          ),
        )),
      );
    }
    return outcomes;
  }

  async function deliver({ tenant, contract }: Poke): Promise<void> {
    await client.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.signalWithStart(CONTRACT_WORKFLOW, {
        taskQueue,
        workflowId: workflowIdOf(tenant, contract),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        args: [{ tenant, contract }],
        signal: poke,
        signalArgs: [],
      }),
    );
  }
}
