import { expect } from 'vitest';
import type { Outcome } from '../../rules/engine/outcome.js';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import type { EventSpec, Rule } from '../../rules/offer/types.js';
import { seenAt } from '../model/record.js';

const BEYOND = /[ .]|^(ordinal|debt|unpaid)$/;

/** The fields of a fact for a condition; throws when it asks for what the fact does not say by itself. */
export const valuesAt =
  (fact: Fact) =>
  (name: string): unknown => {
    if (BEYOND.test(name)) throw new RangeError(name);
    if (name === 'by') return fact.data['by'] ?? 'operator';
    if (name === 'type') return fact.type;
    if (name === 'subject') return fact.subject;
    const value = fact.data[name];
    return name === 'amount' && typeof value === 'string' ? Number(value) : value;
  };

/**
 * Grounds of what an outcome shows, looked for without the engine: in the facts that stand, in the offer's own words and
 * in the rest of the outcome. A run, right or restriction that has none of those its clause names is an error.
 */
export function everythingHasGrounds(
  law: Law,
  record: readonly Fact[],
  outcome: Outcome,
  asOf: number,
  knownAt = asOf,
): void {
  const seen = grounds(law, seenAt(record, asOf, knownAt), outcome);
  const of = (clause: string): readonly Rule[] => law.offer.rules.filter((rule) => rule.clause === clause);
  for (const one of outcome.timelines) {
    const opened = Date.parse(one.opened);
    const again = outcome.timelines.some(
      (former) =>
        former !== one &&
        former.clause === one.clause &&
        former.subject === one.subject &&
        former.closed === one.opened,
    );
    const grounded = of(one.clause).some(
      (rule) =>
        rule.within !== null && ((rule.recurring && again) || rule.on.some((spec) => seen.happened(spec, opened))),
    );
    expect([one.clause, one.subject, one.opened, grounded]).toEqual([one.clause, one.subject, one.opened, true]);
  }
  for (const one of outcome.timelines) {
    if (one.closed === null || one.state === 'lapsed') continue;
    const closed = Date.parse(one.closed);
    const ended = one.closed === outcome.contract.endedAt;
    const grounded = of(one.clause).some((rule) =>
      one.state === 'met'
        ? rule.met.some(
            (spec) => seen.happened(spec, closed) || (closed === Date.parse(one.opened) && seen.before(spec, closed)),
          )
        : rule.cancel.some((spec) => seen.happened(spec, closed)) ||
          ended ||
          seen.fact((fact) => fact.type === 'invoice.cancelled' && fact.subject === one.subject && fact.at === closed),
    );
    expect([one.clause, one.subject, one.state, one.closed, grounded]).toEqual([
      one.clause,
      one.subject,
      one.state,
      one.closed,
      true,
    ]);
  }
  for (const one of outcome.rights) {
    const opened = Date.parse(one.openedAt);
    const grounded = of(one.clause).some(
      (rule) =>
        rule.holder !== null &&
        (rule.within === null
          ? rule.on.some((spec) => seen.happened(spec, opened))
          : seen.closed(one.clause, 'lapsed', opened)),
    );
    expect([one.key, one.openedAt, grounded]).toEqual([one.key, one.openedAt, true]);
    const chosen = one.state === 'used' && one.holder === 'participant';
    if (chosen)
      expect([one.key, seen.fact((fact) => fact.at === Date.parse(one.usedAt as string))]).toEqual([one.key, true]);
  }
  for (const one of outcome.restrictions) {
    const from = Date.parse(one.from);
    const grounded = of(one.clause).some((rule) =>
      [...rule.then, ...rule.fulfilled].some((what) => {
        if (what.do !== 'restrict') return false;
        const elsewhen = what.from !== null;
        const at = (instant: number): boolean => instant === from || elsewhen;
        const resumed = seen.fact((fact) => fact.type === 'payment.reversed' && fact.at === from);
        const begun =
          rule.holder !== null
            ? outcome.rights.some(
                (right) => right.clause === one.clause && right.usedAt !== null && at(Date.parse(right.usedAt)),
              )
            : rule.within !== null
              ? outcome.timelines.some(
                  (run) => run.clause === one.clause && run.closed !== null && at(Date.parse(run.closed)),
                )
              : elsewhen || rule.on.some((spec) => seen.happened(spec, from));
        return begun || resumed;
      }),
    );
    expect([one.clause, one.subject, one.from, grounded]).toEqual([one.clause, one.subject, one.from, true]);
  }
  for (const one of outcome.presumptions) {
    const at = Date.parse(one.at);
    const grounded = law.offer.rules.some((rule) =>
      [...rule.then, ...rule.fulfilled].some(
        (what) =>
          what.do === 'presume' &&
          (what.as ?? rule.clause) === one.clause &&
          (rule.within === null
            ? rule.on.some((spec) => seen.happened(spec, at))
            : outcome.timelines.some((run) => run.clause === rule.clause && run.closed === one.at)),
      ),
    );
    expect([one.clause, one.subject, one.at, grounded]).toEqual([one.clause, one.subject, one.at, true]);
  }
}

function grounds(law: Law, facts: readonly Fact[], outcome: Outcome) {
  const world = facts.filter((fact) => !fact.type.startsWith('effect.'));
  const fact = (fits: (fact: Fact) => boolean): boolean => world.some(fits);
  const closed = (clause: string, state: string, at: number): boolean =>
    outcome.timelines.some(
      (run) => run.clause === clause && run.state === state && Date.parse(run.closed as string) === at,
    );
  const rule = (clause: string): Rule | undefined => law.offer.rules.find((one) => one.clause === clause);
  const happened = ({ what }: EventSpec, at: number): boolean => {
    switch (what.on) {
      case 'fact':
        return fact((one) => one.type === what.type && one.at === at);
      case 'lapse':
        return closed(what.ref, 'lapsed', at);
      case 'met':
        return closed(what.ref, 'met', at);
      case 'opening':
        return outcome.timelines.some((run) => run.clause === what.ref && Date.parse(run.opened) === at);
      case 'use':
        return outcome.rights.some((right) => right.clause === what.ref && Date.parse(right.usedAt ?? '') === at);
      case 'performance':
        return (
          rule(what.ref) !== undefined &&
          facts.some(
            (one) =>
              one.type === 'effect.performed' &&
              one.data['clause'] === what.ref &&
              one.data['kind'] === what.kind &&
              one.data['operation'] === 'do' &&
              one.at <= at,
          )
        );
      case 'conclusion':
        return Date.parse(outcome.contract.concludedAt ?? '') === at;
      case 'end':
        return Date.parse(outcome.contract.endedAt ?? '') === at;
      case 'application':
        return outcome.amendments.some((one) => one.state === 'applies' && Date.parse(one.appliesAt ?? '') === at);
      case 'settled':
      case 'debt settled':
      case 'all settled':
      case 'account settled':
        return fact((one) => /^(payment|invoice|loss)\./.test(one.type) && one.at === at);
      case 'month end':
      case 'named end':
        return true;
    }
  };
  const before = ({ what }: EventSpec, at: number): boolean =>
    what.on === 'fact' ? fact((one) => one.type === what.type && one.at <= at) : what.on.endsWith('settled');
  return { fact, closed, happened, before };
}
