import type { Fact } from '../facts/fact.js';
import { deadlineOf } from '../law/deadline.js';
import type { Toll } from '../law/types.js';
import type { CompiledOffer, Party } from '../offer/types.js';
import type { RecordView } from './record.js';
import type { Law, View } from './types.js';

const NONE: Readonly<Record<Party, readonly Toll[]>> = { participant: [], operator: [] };

/** The parties that a fact's `data.by` names: one, or both; the operator by default. */
export function partiesBy(by: unknown): readonly Party[] {
  if (by === 'both') return ['participant', 'operator'];
  return by === 'participant' ? ['participant'] : ['operator'];
}

/**
 * The stratum of force majeure: for each party the spans in which its obligations are tolled, before any clock is looked at.
 * An event comes under the edition that was in force when it began (`under`, by the id of its fact). Where that makes the right depend on notice, only an event of which notice came in time tolls, and then from its beginning (reading 11).
 */
export function tollsOf(
  law: Law,
  record: RecordView,
  view: View,
  under: ReadonlyMap<string, number>,
): Readonly<Record<Party, readonly Toll[]>> {
  const events = record.facts.filter((fact) => fact.type.startsWith('forcemajeure.'));
  if (events.length === 0) return NONE;
  const tolls: Record<Party, Toll[]> = { participant: [], operator: [] };
  const { zone } = law.offer;
  for (const began of events) {
    if (began.type !== 'forcemajeure.began') continue;
    const ended = events.find(
      (fact) => fact.type === 'forcemajeure.ended' && fact.subject === began.subject && fact.at >= began.at,
    );
    const offer = law.offer.editions[under.get(began.id) ?? 0] as CompiledOffer;
    for (const party of partiesBy(began.data['by'])) {
      if (offer.forceMajeure.notice !== null && !noticeInTime(law, offer, events, began, party, view)) continue;
      tolls[party].push({
        from: began.at,
        to: ended ? ended.at : null,
        fromDay: zone.dayOf(began.at),
        toDay: ended ? zone.dayOf(ended.at) : null,
      });
    }
  }
  return { participant: merge(tolls.participant), operator: merge(tolls.operator) };
}

/** Notice by this party before the term of the notice clause ran out. The duty to notify is not itself tolled. */
function noticeInTime(
  { calendar }: Law,
  { forceMajeure: { notice, evidence }, rules, zone, hours }: CompiledOffer,
  events: readonly Fact[],
  began: Fact,
  party: Party,
  view: View,
): boolean {
  const rule = rules.find((one) => one.clause === notice);
  if (rule?.within?.form !== 'term') return false;
  const { due } = deadlineOf(
    rule.within.term,
    { event: began.at },
    {
      zone,
      calendar,
      hours,
      asOf: view.asOf,
      knownAt: view.knownAt,
      opened: began.at,
      noRoll: rule.noRoll,
    },
  );
  return events.some(
    (fact) =>
      fact.type === 'forcemajeure.notified' &&
      fact.subject === began.subject &&
      (due === null || fact.at < due) &&
      (!evidence || fact.data['evidence'] === true) &&
      (fact.data['by'] === undefined || partiesBy(fact.data['by']).includes(party)),
  );
}

/** Spans in order, those that touch or overlap made one. */
function merge(spans: readonly Toll[]): readonly Toll[] {
  if (spans.length < 2) return spans;
  const sorted = [...spans].sort((left, right) => left.from - right.from);
  const merged: Toll[] = [];
  for (const span of sorted) {
    const last = merged[merged.length - 1];
    if (last && (last.toDay === null || span.fromDay <= last.toDay)) {
      const open = last.toDay === null || span.toDay === null;
      const longer = !open && (span.to as number) > (last.to as number);
      merged[merged.length - 1] = {
        from: last.from,
        fromDay: last.fromDay,
        to: open ? null : longer ? span.to : last.to,
        toDay: open ? null : longer ? span.toDay : last.toDay,
      };
    } else merged.push(span);
  }
  return merged;
}
