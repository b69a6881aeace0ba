import { BUILT_IN } from '../../rules/policy/builtin.js';
import { calendarOf } from '../../rules/law/calendar.js';
import { isRefusal } from '../../rules/law/refusal.js';
import { simulate } from '../../rules/engine/index.js';
import { compileOffer } from '../../rules/offer/compile.js';
import type { CompiledOffer } from '../../rules/offer/types.js';
import type { Policy } from '../../rules/policy/types.js';
import type { Participant } from '../../rules/engine/types.js';
import { readScenario } from '../../rules/scenario/read.js';
import { runScenario, type ScenarioResult } from '../../rules/scenario/run.js';

type Json = Readonly<Record<string, unknown>>;

const title = (text: string): Json => ({ kk: text, ru: text, en: text });

/** A small offer with these clauses beside its formation: each a rule, or `{ kind, rules, was }`. */
export function lockers(
  clauses: Readonly<Record<string, Json>>,
  more: Json = {},
  concludedBy = 'agreement.signed',
): CompiledOffer {
  const file = {
    offer: 'lockers',
    title: title('Lockers'),
    operator: { name: 'Sandyq LLP', bin: '000140000001', place: 'Almaty' },
    zone: 'Asia/Almaty',
    calendar: 'KZ',
    languages: ['kk', 'ru', 'en'],
    formation: ['agreement.signed'],
    functions: ['portal', 'archive'],
    facts: { 'a.happened': { type: 'object' }, 'b.happened': { type: 'object' }, 'c.happened': { type: 'object' } },
    ...more,
    clauses: {
      '1.1': {
        kind: 'formation',
        title: title('Concluded'),
        rule: { on: concludedBy, subject: 'contract', then: { contract: 'concluded' } },
      },
      ...Object.fromEntries(
        Object.entries(clauses).map(([ref, { kind = 'obligation', was, rules, ...rule }]) => [
          ref,
          { kind, title: title(ref), ...(was === undefined ? {} : { was }), rule: rules ?? rule },
        ]),
      ),
    },
  };
  const offer = compileOffer(JSON.stringify(file), 'lockers.yaml');
  if (isRefusal(offer)) throw new Error(`${offer.where}: ${offer.message}`);
  return offer;
}

/** A life of a contract under the first of these editions, by their names, with what must hold on the way. */
export interface Told {
  readonly editions: Readonly<Record<string, CompiledOffer>>;
  readonly facts: readonly Json[];
  readonly checks: readonly Json[];
  readonly participant?: Participant;
}

/** Runs it. */
export function tell({ editions, facts, checks, participant = {} }: Told): ScenarioResult {
  const [own, ...later] = Object.keys(editions) as [string, ...string[]];
  const written = {
    title: 'lockers',
    offer: own,
    editions: Object.fromEntries(later.map((name) => [name, name])),
    participant,
    facts,
    checks,
  };
  const scenario = readScenario(JSON.stringify(written), 'lockers');
  if (isRefusal(scenario)) throw new Error(scenario.message);
  const result = runScenario(scenario, {
    simulate,
    lawFor: () => ({
      offer: editions[own] as CompiledOffer,
      calendar: calendarOf('KZ'),
      policy: BUILT_IN['automatic'] as Policy,
      participant,
    }),
    editionAt: (name) => editions[name] as CompiledOffer,
  });
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.message}`);
  return result;
}
