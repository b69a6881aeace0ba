import type { Answer, Order, Port, PortClass } from '../ports.js';
import type { Port as PortName } from '../../prisma/types.js';

/** A port that keeps what it was given, and can be told to hang or fail. */
export interface FakePort {
  readonly port: Port;
  /** Every order that arrived, repeats included. */
  readonly arrived: readonly Order[];
  /** What the other side has: one per idempotency key where it can tell, else all. */
  effects(): readonly Order[];
  /** How the next calls go: `hang` never answers, `lose` takes the order and never answers, an error is thrown. */
  behave(how: 'well' | 'hang' | 'lose' | Error): void;
}

/** Makes one of a class. */
export function fakePort(name: PortName, portClass: PortClass, timeoutMs = 2_000): FakePort {
  const arrived: Order[] = [];
  let how: 'well' | 'hang' | 'lose' | Error = 'well';
  const answer = (order: Order): Answer => ({ outcome: 'performed', receipt: { reference: order.idempotencyKey } });
  const never = new Promise<never>(() => {});

  async function send(order: Order): Promise<Answer> {
    if (how instanceof Error) throw how;
    if (how === 'hang') return never;
    arrived.push(order);
    return how === 'lose' ? never : answer(order);
  }
  const ask = async (order: Order): Promise<Answer | null> =>
    arrived.some(({ idempotencyKey }) => idempotencyKey === order.idempotencyKey) ? answer(order) : null;

  const base = { name, timeoutMs, patienceMs: 60_000, send };
  return {
    port: portClass === 'queryable' ? { ...base, class: portClass, ask } : { ...base, class: portClass },
    arrived,
    effects: () =>
      portClass === 'deduplicating'
        ? [...new Map(arrived.map((order) => [order.idempotencyKey, order])).values()]
        : arrived,
    behave: (next) => void (how = next),
  };
}
