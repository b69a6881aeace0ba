import type { ConsequenceFile, RuleFile } from './schema.js';

/** Pieces of an offer file as short text. */

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Lists and single things alike. */
export const listed = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** What happens, with its condition: `invoice.presented (kind equal "credit")`. */
export function sayEvents(source: RuleFile['on']): string {
  const said = listed(source).map((event) => {
    if (typeof event === 'string') return event;
    const when = event.when === undefined ? '' : ` (${sayCondition(event.when)})`;
    const after = event.after === undefined ? '' : ', after the opening';
    const any = event.subject === 'any' ? ', whatever it is about' : '';
    return `${event.on}${when}${any}${after}`;
  });
  return said.length === 0 ? 'nothing' : said.join(' or ');
}

/** A condition in one line. */
export function sayCondition(source: unknown): string {
  if (typeof source !== 'object' || source === null) return plain(source);
  const node = source as Readonly<Record<string, unknown>>;
  if (Array.isArray(node['all'])) return node['all'].map(sayCondition).join(' and ');
  if (Array.isArray(node['any'])) return `(${node['any'].map(sayCondition).join(' or ')})`;
  if ('not' in node) return `not (${sayCondition(node['not'])})`;
  const value = node['value'];
  const other =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { fact?: unknown }).fact
      : undefined;
  return `${String(node['fact'])} ${words(String(node['operator']))} ${other === undefined ? plain(value) : String(other)}`;
}

const words = (operator: string): string => operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const LIMITS = { 'last payment': 'the last payment', 'all payments': 'all that was paid' } as const;

/** A consequence in a few words. */
export function sayConsequence(one: ConsequenceFile): string {
  if ('restrict' in one) {
    const what = one.restrict.length === 0 ? 'one key' : one.restrict.join(', ');
    return `close ${what}${one.until === undefined ? '' : ` until ${sayEvents(one.until)}`}`;
  }
  if ('suspend' in one) return `suspend the contract${one.until === undefined ? '' : ` until ${sayEvents(one.until)}`}`;
  if ('fine' in one) return `a fine of ${one.fine}`;
  if ('penalty' in one)
    return `a penalty of ${one.penalty} a day of ${one.of === 'unpaid' ? 'what is unpaid' : 'the invoice'}${one.cap === undefined ? ', without a cap' : `, at most ${one.cap}`}`;
  if ('compensate' in one)
    return `the operator makes the loss good${one.limit === undefined ? '' : `, at most ${LIMITS[one.limit]}`}`;
  if ('presume' in one) return `counts as ${one.presume}`;
  if ('contract' in one) return one.contract === 'concluded' ? 'the contract is concluded' : 'the contract ends';
  if ('amendment' in one)
    return one.amendment === 'refused'
      ? 'the change is refused'
      : `the change applies${one['next month'] ? ' from the next month' : ''}`;
  if ('consent' in one)
    return `consent${one.purpose === undefined ? '' : ` (${one.purpose})`} is ${one.consent}${one['unless debt'] ? ' unless something is owed' : ''}`;
  if ('keep' in one) return `${one.keep.join(', ')} stays open`;
  if ('ask' in one)
    return `a person is asked${one.until === undefined ? '' : ` (until ${sayEvents(one.until)})`}: ${one.ask}`;
  const [[word, what]] = Object.entries(one) as [[string, string]];
  const to = 'to' in one && one.to !== undefined ? ` to ${one.to === 'both' ? 'both' : `the ${one.to}`}` : '';
  return `${word.replace('-', ' ')} ${what}${to}`;
}
