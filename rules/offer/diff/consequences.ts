import type { ConsequenceFile, RuleFile } from '../schema.js';
import type { Rule } from '../types.js';
import type { Favours, RuleChange } from './change.js';
import { listed, sayConsequence, sayEvents } from '../say.js';

type Restrict = Extract<ConsequenceFile, { restrict: unknown }>;
type Fine = Extract<ConsequenceFile, { fine: unknown }>;
type Penalty = Extract<ConsequenceFile, { penalty: unknown }>;
type Presume = Extract<ConsequenceFile, { presume: unknown }>;

/** What a rule brings now and did not, or otherwise: money, closings, silence, the rest. */
export function consequenceChanges(rule: Rule, was: RuleFile['then'], is: RuleFile['then']): readonly RuleChange[] {
  const old = listed(was);
  const now = listed(is);
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  return [
    ...fines(rule, old, now),
    ...penalties(rule, old, now),
    ...closings(old, now),
    ...silences(old, now),
    ...rest(old, now),
  ];
}

const some = <T extends ConsequenceFile>(list: readonly ConsequenceFile[], key: string): T | undefined =>
  list.find((one): one is T => key in one);

/** Who gets the money: sanctions are the operator's where it holds the right or the other side owes. */
const gains = (rule: Rule): Favours =>
  rule.holder === 'participant' || rule.debtor === 'operator' ? 'participant' : 'operator';
const loses = (rule: Rule): Favours => (gains(rule) === 'operator' ? 'participant' : 'operator');

function money(rule: Rule, says: string, change: number): RuleChange {
  return change > 0
    ? { code: 'costs-more', says, favours: gains(rule) }
    : { code: 'costs-less', says, favours: loses(rule) };
}

function fines(rule: Rule, old: readonly ConsequenceFile[], now: readonly ConsequenceFile[]): readonly RuleChange[] {
  const was = some<Fine>(old, 'fine')?.fine;
  const is = some<Fine>(now, 'fine')?.fine;
  if (was === is) return [];
  const change = Number.parseFloat(is ?? '0') - Number.parseFloat(was ?? '0');
  return [money(rule, `fine: ${was ?? 'none'} becomes ${is ?? 'none'}`, change)];
}

function penalties(
  rule: Rule,
  old: readonly ConsequenceFile[],
  now: readonly ConsequenceFile[],
): readonly RuleChange[] {
  const was = some<Penalty>(old, 'penalty');
  const is = some<Penalty>(now, 'penalty');
  if (was === undefined && is === undefined) return [];
  if (was === undefined || is === undefined)
    return [
      money(
        rule,
        `penalty: ${was ? sayConsequence(was) : 'none'} becomes ${is ? sayConsequence(is) : 'none'}`,
        is ? 1 : -1,
      ),
    ];
  const found: RuleChange[] = [];
  const rate = Number.parseFloat(is.penalty) - Number.parseFloat(was.penalty);
  if (rate !== 0) found.push(money(rule, `penalty a day: ${was.penalty} becomes ${is.penalty}`, rate));
  // What is unpaid is never more than the invoice.
  if (was.of !== is.of)
    found.push(
      money(
        rule,
        `penalty is taken of ${was.of === 'unpaid' ? 'what is unpaid' : 'the invoice'}, now of ${is.of === 'unpaid' ? 'what is unpaid' : 'the invoice'}`,
        is.of === 'invoice' ? 1 : -1,
      ),
    );
  const cap = (one: Penalty): number => (one.cap === undefined ? Infinity : Number.parseFloat(one.cap));
  if (cap(was) !== cap(is))
    found.push(
      money(rule, `cap of the penalty: ${was.cap ?? 'none'} becomes ${is.cap ?? 'none'}`, cap(is) > cap(was) ? 1 : -1),
    );
  return found;
}

function closings(old: readonly ConsequenceFile[], now: readonly ConsequenceFile[]): readonly RuleChange[] {
  const was = some<Restrict>(old, 'restrict');
  const is = some<Restrict>(now, 'restrict');
  const found: RuleChange[] = [];
  const left = was === undefined ? [] : was.restrict;
  const right = is === undefined ? [] : is.restrict;
  const more = right.filter((name) => !left.includes(name));
  const less = left.filter((name) => !right.includes(name));
  // Closing the portal closes everything.
  const all = (names: readonly string[]): boolean => names.includes('portal');
  if (more.length > 0 && !(all(left) && !all(more)))
    found.push({ code: 'closes-more', says: `closes ${more.join(', ')} too`, favours: 'operator' });
  if (less.length > 0 && !(all(right) && !all(less)))
    found.push({ code: 'closes-less', says: `no longer closes ${less.join(', ')}`, favours: 'participant' });
  if (was !== undefined && is !== undefined && sayEvents(was.until) !== sayEvents(is.until))
    found.push({
      code: 'opens-otherwise',
      says: `open again by ${sayEvents(was.until)}; now by ${sayEvents(is.until)}`,
      favours: laterEnd(sayEvents(was.until), sayEvents(is.until)),
    });
  return found;
}

/** One invoice, all that is late, every invoice, the whole balance: each asks for more than the one before. */
const ENDS = ['settled', 'debt settled', 'all settled', 'account settled', 'nothing'];

function laterEnd(was: string, is: string): Favours {
  const before = ENDS.indexOf(was);
  const after = ENDS.indexOf(is);
  if (is === 'nothing') return 'operator';
  if (before < 0 || after < 0) return 'unclear';
  return after > before ? 'operator' : 'participant';
}

function silences(old: readonly ConsequenceFile[], now: readonly ConsequenceFile[]): readonly RuleChange[] {
  const was = some<Presume>(old, 'presume')?.presume;
  const is = some<Presume>(now, 'presume')?.presume;
  if (was === is) return [];
  return [
    {
      code: 'silence-means-other',
      says: `silence: ${was ?? 'means nothing'} becomes ${is ?? 'means nothing'}`,
      favours: 'unclear',
    },
  ];
}

const TOLD = ['restrict', 'fine', 'penalty', 'presume'];

function rest(old: readonly ConsequenceFile[], now: readonly ConsequenceFile[]): readonly RuleChange[] {
  const others = (list: readonly ConsequenceFile[]): readonly string[] =>
    list.filter((one) => !TOLD.some((key) => key in one)).map(sayConsequence);
  const left = others(old);
  const right = others(now);
  const gone = left.filter((text) => !right.includes(text)).map((text) => `no longer: ${text}`);
  const come = right.filter((text) => !left.includes(text)).map((text) => `now: ${text}`);
  if (gone.length === 0 && come.length === 0) return [];
  return [{ code: 'follows-otherwise', says: [...gone, ...come].join('; '), favours: 'unclear' }];
}
