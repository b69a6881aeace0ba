import { formatMoney } from '../../law/money.js';
import { tiynOf } from './invoices.js';

type Content = Readonly<Record<string, unknown>>;

/** What a document is that changes what is claimed: a credit over what is less, another claim over what is more, else a correction. */
export function sentFor(before: Content, after: Content): 'claim' | 'credit' | 'correct' {
  const more = Number(after['amount']) - Number(before['amount']);
  return more === 0 ? 'correct' : more < 0 ? 'credit' : 'claim';
}

/** Whether both are over one currency. Between two there is no difference to send: the one is taken back whole, and the other claimed. */
export const isOfOneCurrency = (before: Content, after: Content): boolean => before['currency'] === after['currency'];

/**
 * What a document says that makes a claim larger or smaller: the difference, as a claim or a credit of its own, and in `stands` what is
 * claimed with it. Whoever adds all documents up comes to what is owed.
 */
export function differenceOf(before: Content, after: Content): Content {
  const [was, is] = [tiynOf(before['amount']), tiynOf(after['amount'])];
  if (was === null || is === null) return after;
  const amount = formatMoney(Math.abs(is - was));
  if (typeof after['days'] !== 'number') return { ...after, amount, stands: { amount: after['amount'] } };
  const days = Math.abs(after['days'] - Number(before['days'] ?? 0));
  return { ...after, amount, days, stands: { amount: after['amount'], days: after['days'] } };
}

/** What is claimed when a document has gone out. */
export function standingAfter({ stands, ...said }: Content): Content {
  return { ...said, ...(stands as Content | undefined) };
}
