import type { Order } from '../ports.js';

/** 14 April 2026, 00:00 in Almaty. */
export const APRIL_14 = Date.parse('2026-04-14T00:00:00+05:00');

/** An order as a claim would give it, with changes. */
export function sampleOrder(changes: Partial<Order> = {}): Order {
  const effect = changes.effect ?? '5.4~INV-1~1~notify';
  const { generation = 1, operation = 'do' } = changes;
  return {
    idempotencyKey: `c1/${effect}/${generation}/${operation}`,
    tenant: 't',
    contract: 'c1',
    offer: 'edoc',
    operator: 'operator',
    effect,
    generation,
    operation,
    kind: 'notify',
    sends: 'notify',
    clause: '5.4',
    subject: 'INV-1',
    legalAt: APRIL_14,
    now: APRIL_14,
    content: { what: 'block-warning' },
    participant: { name: 'ТОО «Өркен»', email: 'office@orken.example', language: 'kk' },
    test: false,
    ...changes,
  };
}
