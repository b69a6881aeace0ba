import type { RuleFile } from '../schema.js';
import type { Clause, CompiledOffer, Rule, Who } from '../types.js';
import { CHANGES, type Change, type ChangeCode, type Favours, type RuleChange } from './change.js';
import { consequenceChanges } from './consequences.js';
import { against, longerHelps, sayWho, sideOf } from './parties.js';
import { listed, sayCondition, sayConsequence, sayEvents } from '../say.js';
import { compareTerms, sayWithin } from './terms.js';

interface Ruled {
  readonly offer: CompiledOffer;
  readonly rule: Rule;
  readonly file: RuleFile;
}

const rulesOf = (offer: CompiledOffer, clause: Clause): readonly Ruled[] =>
  clause.rules.map((rule, position) => ({
    offer,
    rule,
    file: listed(offer.file.clauses[clause.ref]?.rule)[position] as RuleFile,
  }));

/** All that a clause is but its number: equal for a clause that only moved. */
export function bareClause(offer: CompiledOffer, clause: Clause): string {
  const { kind, title, why, rule } = offer.file.clauses[clause.ref] ?? {};
  return JSON.stringify({ kind, title, why, rule }).replaceAll(` ${clause.ref}"`, ' itself"');
}

const change = (clause: Clause, from: string | null, to: string | null, one: RuleChange): Change => ({
  ...one,
  what: CHANGES[one.code],
  from,
  to,
  title: clause.title,
  running: from !== null && clause.rules.some((rule) => rule.within !== null || rule.holder !== null),
});

/** A clause that is new, or gone: what it gives or takes, rule by rule. */
export function wholeClause(offer: CompiledOffer, clause: Clause, which: 'new' | 'gone'): readonly Change[] {
  const from = which === 'gone' ? clause.ref : null;
  const to = which === 'new' ? clause.ref : null;
  const rules = rulesOf(offer, clause).map((ruled) => wholeRule(ruled, which));
  if (rules.length > 0) return rules.map((one) => change(clause, from, to, one));
  const says = `${clause.title.en}; there is nothing to execute in it`;
  return [change(clause, from, to, { code: `clause-${which}`, says, favours: 'neither' })];
}

function wholeRule(ruled: Ruled, which: 'new' | 'gone'): RuleChange {
  const { rule } = ruled;
  const says = sayRule(ruled);
  const turn = (favours: Favours): Favours => (which === 'new' ? favours : against(favours));
  if (rule.holder !== null)
    return { code: which === 'new' ? 'right-gained' : 'right-lost', says, favours: turn(sideOf(rule.holder)) };
  const silence = rule.then.some((one) => one.do === 'presume');
  if (rule.debtor !== null && !silence && rule.kind !== 'retention')
    return { code: which === 'new' ? 'duty-new' : 'duty-gone', says, favours: turn(against(sideOf(rule.debtor))) };
  const hurts = rule.then.some((one) => ['restrict', 'suspend', 'fine', 'penalty'].includes(one.do));
  const keeps = rule.kind === 'retention' || rule.then.some((one) => one.do === 'keep');
  return { code: `clause-${which}`, says, favours: hurts ? turn('operator') : keeps ? turn('participant') : 'unclear' };
}

/** A rule in one line. */
function sayRule({ rule, file }: Ruled): string {
  const who =
    rule.holder === null ? (rule.debtor === null ? '' : `${sayWho(rule.debtor)}: `) : `${sayWho(rule.holder)} may: `;
  const starts = rule.all
    ? listed(file['later of'])
        .map((one) => sayEvents(one))
        .join(' and ')
    : sayEvents(file.on);
  const when = file.when === undefined ? '' : ` when ${sayCondition(file.when)}`;
  const met = file.met === undefined ? '' : `, met by ${sayEvents(file.met)}`;
  const then = file.then === undefined ? '' : `; then ${listed(file.then).map(sayConsequence).join(', ')}`;
  const fulfilled =
    file.fulfilled === undefined ? '' : `; when met, ${listed(file.fulfilled).map(sayConsequence).join(', ')}`;
  return `${who}on ${starts}${when}, ${sayWithin(rule.within)}${met}${then}${fulfilled}`;
}

/** What changes in a clause that is in both editions. */
export function changesOfClause(from: CompiledOffer, old: Clause, to: CompiledOffer, now: Clause): readonly Change[] {
  const left = [...rulesOf(from, old)];
  const found: RuleChange[] = [];
  for (const ruled of rulesOf(to, now)) {
    const place = bestMatch(left, ruled);
    const [same] = place < 0 ? [] : left.splice(place, 1);
    found.push(...(same === undefined ? [wholeRule(ruled, 'new')] : changesOfRule(same, ruled)));
  }
  found.push(...left.map((ruled) => wholeRule(ruled, 'gone')));
  const words =
    old.kind !== now.kind || old.why !== now.why || old.title.ru !== now.title.ru || old.title.kk !== now.title.kk;
  if (found.length === 0 && (words || JSON.stringify(old.title) !== JSON.stringify(now.title)))
    found.push({ code: 'reworded', says: `${old.title.en} becomes ${now.title.en}`, favours: 'neither' });
  return found.map((one) => change(now, old.ref, now.ref, one));
}

/** The old rule that shares most with the new one: what starts it, who, what follows. */
function bestMatch(left: readonly Ruled[], now: Ruled): number {
  const score = (old: Ruled): number => {
    let points = 0;
    if (JSON.stringify(old.file.on) === JSON.stringify(now.file.on)) points += 2;
    if (JSON.stringify(old.file.when) === JSON.stringify(now.file.when)) points += 1;
    if (JSON.stringify(old.file.met) === JSON.stringify(now.file.met)) points += 1;
    if (JSON.stringify(old.file.then) === JSON.stringify(now.file.then)) points += 1;
    if (old.rule.holder === now.rule.holder && old.rule.debtor === now.rule.debtor) points += 1;
    return points;
  };
  const points = left.map(score);
  const best = Math.max(-1, ...points);
  return best < 2 ? (left.length === 1 ? 0 : -1) : points.indexOf(best);
}

function changesOfRule(old: Ruled, now: Ruled): readonly RuleChange[] {
  return [
    ...parties(old, now),
    ...starts(old, now),
    ...terms(old, now),
    ...differs('met-otherwise', 'met by', sayEvents(old.file.met), sayEvents(now.file.met)),
    ...differs('met-otherwise', 'cancelled by', sayEvents(old.file.cancel), sayEvents(now.file.cancel)),
    ...differs('met-otherwise', 'expires by', sayEvents(old.file.expires), sayEvents(now.file.expires)),
    ...consequenceChanges(old.rule, old.file.then, now.file.then),
    ...consequenceChanges(old.rule, old.file.fulfilled, now.file.fulfilled),
    ...counting(old.rule, now.rule),
  ];
}

const differs = (code: ChangeCode, of: string, was: string, is: string): readonly RuleChange[] =>
  was === is
    ? []
    : [{ code, says: `${of} ${was}; now by ${is}`.replace(/by nothing/g, 'nothing'), favours: 'unclear' }];

function parties({ rule: old }: Ruled, { rule: now }: Ruled): readonly RuleChange[] {
  if (old.holder !== now.holder) {
    if (old.holder === null)
      return [
        {
          code: 'right-gained',
          says: `what came by itself is now a right of ${sayWho(now.holder)}`,
          favours: sideOf(now.holder),
        },
      ];
    if (now.holder === null)
      return [
        {
          code: 'right-lost',
          says: `what was a right of ${sayWho(old.holder)} now comes by itself`,
          favours: 'unclear',
        },
      ];
    return otherHolder(old.holder, now.holder);
  }
  if (old.debtor === now.debtor) return [];
  return [
    {
      code: 'party-other',
      says: `was to be done by ${sayWho(old.debtor)}, now by ${sayWho(now.debtor)}`,
      favours: against(sideOf(now.debtor)),
    },
  ];
}

/** Of two holders that are known by name, who has gained and who has lost. */
function otherHolder(old: Who, now: Who): readonly RuleChange[] {
  const says = `a right of ${sayWho(old)} becomes one of ${sayWho(now)}`;
  if (![old, now].every((who) => who === 'participant' || who === 'operator' || who === 'either'))
    return [{ code: 'party-other', says, favours: 'unclear' }];
  const had = (who: Who, party: Who): boolean => who === party || who === 'either';
  return (['participant', 'operator'] as const)
    .filter((party) => had(old, party) !== had(now, party))
    .map((party) =>
      had(now, party)
        ? { code: 'right-gained', says, favours: party }
        : { code: 'right-lost', says, favours: against(party) },
    );
}

function starts(old: Ruled, now: Ruled): readonly RuleChange[] {
  const say = ({ rule, file }: Ruled): string => {
    const events = rule.all
      ? listed(file['later of'])
          .map((one) => sayEvents(one))
          .join(' and ')
      : sayEvents(file.on);
    return `${events}${file.when === undefined ? '' : ` when ${sayCondition(file.when)}`}`;
  };
  const was = say(old);
  const is = say(now);
  return was === is ? [] : [{ code: 'starts-otherwise', says: `started by ${was}; now by ${is}`, favours: 'unclear' }];
}

function terms(old: Ruled, now: Ruled): readonly RuleChange[] {
  const { how, says, usually } = compareTerms(old.offer, old.rule, now.offer, now.rule);
  const helps = longerHelps(now.rule);
  switch (how) {
    case 'same':
      return [];
    case 'longer':
    case 'shorter':
      return [{ code: `term-${how}`, says, favours: how === 'longer' ? helps : against(helps) }];
    case 'new':
    case 'gone':
      // To be bound by a term where there was none is the debtor's burden; a right that has to wait is a relief from it.
      return [{ code: `term-${how}`, says, favours: favoursOfSet(old.rule, now.rule, how) }];
    case 'other unit':
      return [
        {
          code: 'term-in-other-unit',
          says,
          favours: usually === null ? 'unclear' : usually === 'longer' ? helps : against(helps),
        },
      ];
  }
}

function favoursOfSet(old: Rule, now: Rule, how: 'new' | 'gone'): Favours {
  const helps = longerHelps(how === 'new' ? now : old);
  const none = how === 'new' ? old.within : now.within;
  // From "at once" to a term is more time; from "no last day" to a term is less.
  const more = none === null ? how === 'new' : how === 'gone';
  return more ? helps : against(helps);
}

function counting(old: Rule, now: Rule): readonly RuleChange[] {
  const parts: readonly (readonly [text: string, was: unknown, is: unknown])[] = [
    ['stands still in force majeure', old.tolled, now.tolled],
    ['goes on after the end', old.survives, now.survives],
    ['starts again when it is over', old.recurring, now.recurring],
    ['may run again for the same subject', old.again, now.again],
    ['runs once for the contract', old.subject, now.subject],
  ];
  return parts
    .filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is))
    .map(([text, was, is]) => ({
      code: 'counts-otherwise' as const,
      says: `${text}: ${sayFlag(was)} becomes ${sayFlag(is)}`,
      favours: 'unclear' as const,
    }));
}

const sayFlag = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : JSON.stringify(value));
