import { expect, test } from 'vitest';
import type { Order, Port } from '../ports.js';
import { sampleOrder } from './order.js';

/** A port with what its other side has received. */
export interface PortUnderTest {
  readonly port: Port;
  /** The marks of what the other side holds (a file, a mail's Message-ID, a document's number), in order of arrival, repeats included where it keeps them. */
  held(): Promise<readonly string[]>;
  close?(): Promise<void>;
}

/** What every port must do, adapters and fakes alike. Call it inside a `describe`. */
export function portContract(make: () => Promise<PortUnderTest>, order: Order = sampleOrder()): void {
  const other = { ...order, idempotencyKey: `${order.idempotencyKey}-2`, generation: 2 };

  async function opened(work: (it: PortUnderTest) => Promise<void>): Promise<void> {
    const it = await make();
    try {
      await work(it);
    } finally {
      await it.close?.();
    }
  }
  const signal = (): AbortSignal => AbortSignal.timeout(5_000);

  test('one order has one effect and a receipt that is plain JSON', () =>
    opened(async ({ port, held }) => {
      const { receipt } = await port.send(order, signal());
      expect(await held()).toHaveLength(1);
      expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
    }));

  test('two generations are two effects', () =>
    opened(async ({ port, held }) => {
      await port.send(order, signal());
      await port.send(other, signal());
      expect(new Set(await held()).size).toBe(2);
    }));

  test('the same order twice is what the class of the port says', () =>
    opened(async ({ port, held }) => {
      const first = await port.send(order, signal());
      if (port.class === 'queryable') expect(await port.ask(order, signal())).toEqual(first);
      else await port.send(order, signal());
      const marks = await held();
      expect(new Set(marks).size).toBe(1);
      if (port.class !== 'blind') expect(marks).toHaveLength(1);
    }));

  test('a queryable port says that it has never seen what was never sent', () =>
    opened(async ({ port }) => {
      if (port.class !== 'queryable') return expect(['deduplicating', 'blind']).toContain(port.class);
      expect(await port.ask(order, signal())).toBeNull();
      await port.send(order, signal());
      expect(await port.ask(other, signal())).toBeNull();
    }));
}
