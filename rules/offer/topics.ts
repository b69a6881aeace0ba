import type { EffectKind } from '../engine/outcome.js';
import { fieldsOf } from './condition.js';
import { eventsOf } from './events.js';
import { placesOf } from './places.js';
import { applying, isEffectful, reachingProvisions } from './reach.js';
import type { EventSpec, OwnTopic, Rule, RuleIndex, RuleStart, Topic } from './types.js';

const OWN: readonly OwnTopic[] = [
  'conclusion',
  'application',
  'end',
  'settled',
  'debt settled',
  'all settled',
  'account settled',
];

/** Kinds of the effects that a rule can call for. */
const kindsOf = (rule: Rule): readonly EffectKind[] => [
  ...new Set(
    [...rule.then, ...rule.fulfilled].flatMap((one): EffectKind[] =>
      one.do === 'restrict' ? ['restrict'] : one.do === 'message' ? [one.kind] : [],
    ),
  ),
];

/** Fact types that a clock can be met by at its opening, or that a condition asks whether it was seen. */
function rememberedBy(rules: readonly Rule[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const rule of rules) {
    for (const { event, place } of eventsOf(rule)) {
      // What meets a recurring clock meets the run that is open, and is not looked back at.
      const backward = place !== 'on' && !(place === 'met' && rule.recurring);
      if (backward && event.what.on === 'fact') types.add(event.what.type);
      for (const field of fieldsOf(event.whenSource)) if (field.startsWith('seen ')) types.add(field.slice(5));
    }
    for (const field of fieldsOf(rule.whenSource)) if (field.startsWith('seen ')) types.add(field.slice(5));
  }
  return types;
}

/** Who may be more than one, or another each time. */
const isSeveral = (debtor: Rule['debtor']): boolean =>
  debtor !== null && debtor !== 'participant' && debtor !== 'operator';

/** A recurring run goes on under the edition in force: what its successor there reaches, it reaches. */
function foreseeSuccessors(editions: readonly (readonly Rule[])[]): void {
  for (const rule of editions.flat())
    for (const [edition, rules] of editions.entries()) {
      const next =
        rule.recurring && rule.edition !== edition ? rules.find(({ place }) => place === rule.place) : undefined;
      if (next?.effectful[edition] === true) (rule.effectful as boolean[])[edition] = true;
    }
}

/** The rules of one edition, and the index that they share with those of the others. */
export interface Linked {
  readonly rules: readonly Rule[];
  readonly index: RuleIndex;
}

/**
 * Makes one topic of each key that some rule listens to, gives every event its topic and every rule what is made known of it, and the rules
 * of each edition their places beside those of the others. The events are those that were just read for these rules and for nothing else.
 * What an edition says counts while it is in force only: a text that never is changes nothing.
 */
export function linkTopics(editions: readonly (readonly Rule[])[]): readonly Linked[] {
  const all = editions.flat();
  const remembered = rememberedBy(all);
  const topics = new Map<string, Topic & { readonly starts: RuleStart[][] }>();
  const topicOf = (key: string) => {
    const known = topics.get(key);
    if (known !== undefined) return known;
    const paysBy = (rule: Rule): boolean => rule.pays && rule.on.some((event) => event.topic.key === key);
    const pays = editions.map((rules) => rules.some(paysBy));
    const topic = { key, place: topics.size, starts: editions.map(() => []), remembered: remembered.has(key), pays };
    topics.set(key, topic);
    return topic;
  };
  for (const key of [...OWN, ...remembered]) topicOf(key);
  const events = all.flatMap((rule) => eventsOf(rule).map(({ event }) => event));
  for (const event of events as (EventSpec & { topic: Topic })[]) event.topic = topicOf(event.topic.key);

  const heard = (key: string): Topic | null => topics.get(key) ?? null;
  const reaching = editions.map(reachingProvisions);
  const places = placesOf(editions);
  const several = new Set(
    editions.flatMap((rules, edition) =>
      rules.flatMap(({ debtor }, order) => (isSeveral(debtor) ? [(places[edition] as readonly number[])[order]] : [])),
    ),
  );
  const linked = editions.map((rules, edition) => {
    const brings = applying(rules);
    return rules.map((rule, order): Rule => {
      const place = (places[edition] as readonly number[])[order] as number;
      const says = {
        lapse: heard(`lapse:${rule.provision}`),
        met: heard(`met:${rule.provision}`),
        opening: heard(`opening:${rule.provision}`),
        use: heard(`use:${rule.provision}`),
        performance: Object.fromEntries(
          kindsOf(rule).flatMap((kind) => {
            const topic = heard(`performance:${rule.provision}:${kind}`);
            return topic === null ? [] : [[kind, topic]];
          }),
        ),
      };
      const silent = rule.holder === null && rule.then.length === 0 && says.lapse === null && says.opening === null;
      const quiet = silent && rule.recurring && !rule.pays;
      const effectful = reaching.map((provisions) => isEffectful(rule, provisions));
      return {
        ...rule,
        order,
        edition,
        place,
        several: several.has(place),
        applies: brings.has(rule),
        says,
        quiet,
        effectful,
      };
    });
  });
  foreseeSuccessors(linked);
  for (const [edition, rules] of linked.entries())
    for (const rule of rules) for (const spec of rule.on) topicOf(spec.topic.key).starts[edition]?.push({ rule, spec });
  const own = Object.fromEntries(OWN.map((key) => [key, topicOf(key)])) as unknown as RuleIndex['own'];
  return linked.map((rules) => ({ rules, index: { topics, own } }));
}
