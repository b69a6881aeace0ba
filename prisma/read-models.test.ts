import { expect, test } from 'vitest';
import type { LedgerEntry, Outcome } from '../rules/engine/outcome.js';
import { readModelsOf } from './read-models.js';

const AT = '2026-03-12T11:00:00+05:00';

const EMPTY: Outcome = {
  offer: { id: 'edoc', edition: 'e' },
  asOf: AT,
  knownAt: AT,
  next: null,
  wakeAt: null,
  contract: { state: 'active', concludedAt: AT, endsAt: null, endedAt: null },
  timelines: [],
  rights: [],
  restrictions: [],
  access: {},
  presumptions: [],
  consents: [],
  ledger: { entries: [], balance: {} },
  effects: [],
  amendments: [],
  cases: [],
};

const entry = (kind: LedgerEntry['kind'], amount: string | null, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: AT,
  clause: '5.4',
  subject: 'INV-1',
  kind,
  amount,
  currency: 'KZT',
  ...more,
});

const invoicesOf = (...entries: readonly LedgerEntry[]): readonly unknown[] => [
  ...readModelsOf({ ...EMPTY, ledger: { entries, balance: {} } }).invoice.values(),
];

test.each([
  ['nothing paid', [], '0.00', false],
  ['a tiyn too little', ['99999.99'], '99999.99', false],
  ['paid in two parts', ['50000.00', '50000.00'], '100000.00', true],
  ['paid too much', ['100000.01'], '100000.01', true],
])('an invoice over 100000 tenge, %s', (_what, payments, paid, settled) => {
  const found = invoicesOf(entry('invoice', '100000.00'), ...payments.map((amount) => entry('payment', amount)));
  expect(found).toEqual([{ subject: 'INV-1', presented_at: AT, amount: '100000.00', paid, currency: 'KZT', settled }]);
});

test('an invoice whose amount is not known yet is not settled, and money of another subject or currency is not its own', () => {
  const others = [entry('payment', '5.00', { subject: 'INV-2' }), entry('payment', '5.00', { currency: 'USD' })];
  expect(invoicesOf(entry('invoice', null), ...others)).toMatchObject([{ amount: null, paid: '0.00', settled: false }]);
});

test('two entries of one name are two rows, told apart by their place', () => {
  const twice = [entry('payment', '1.00'), entry('payment', '2.00')];
  const { ledger_entry: rows } = readModelsOf({ ...EMPTY, ledger: { entries: twice, balance: {} } });
  expect([...rows.keys()].map((key) => key.split('~').at(-1))).toEqual([encodeURIComponent(AT), '#2']);
});

test('effects become notices and documents; access is neither', () => {
  const kinds = [
    'restrict',
    'lift',
    'claim',
    'invoice',
    'credit',
    'notify',
    'correct',
    'prepare',
    'register',
    'request-signature',
  ] as const;
  const effects = kinds.map((kind) => ({
    key: `5.4~INV-1~1~${kind}`,
    generation: 1,
    kind,
    clause: '5.4',
    subject: 'INV-1',
    at: AT,
    performedAt: null,
    undoes: null,
    undoneBy: null,
    data: {},
    state: 'wanted' as const,
  }));
  const { notice, document } = readModelsOf({ ...EMPTY, effects });
  const kindsOf = (rows: ReadonlyMap<string, object>): readonly unknown[] =>
    [...rows.values()].map((row) => (row as { kind: string }).kind);
  expect(kindsOf(notice)).toEqual(['notify', 'correct']);
  expect(kindsOf(document)).toEqual(['claim', 'invoice', 'credit', 'prepare', 'register', 'request-signature']);
});
