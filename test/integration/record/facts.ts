import type { FactInput } from '../../../rules/facts/fact.js';

/** An invoice of 2 March 2026, 10:00, over 5000 tenge. */
export const invoice = (subject: string, more: Partial<FactInput> = {}): FactInput => ({
  id: `${subject} presented`,
  type: 'invoice.presented',
  at: '2026-03-02T10:00:00+05:00',
  subject,
  data: { kind: 'subscription', amount: '5000.00', currency: 'KZT' },
  ...more,
});

/** Its payment, credited at an instant. */
export const payment = (subject: string, at: string): FactInput => ({
  id: `${subject} paid`,
  type: 'payment.credited',
  at,
  subject,
  data: { amount: '5000.00', currency: 'KZT' },
});
