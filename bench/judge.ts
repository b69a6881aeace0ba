import { Engine } from 'json-rules-engine';
import { lawFor } from '../compose/library.js';
import { judgeBare, receiptOf, reconcile } from '../rules/engine/index.js';
import type { Law } from '../rules/engine/types.js';
import type { Fact } from '../rules/facts/fact.js';
import { edocLife } from './life.js';
import { row, timed, type Row } from './timing.js';

const law = (): Law => {
  const found = lawFor('edoc', { policy: 'automatic', participant: { kind: 'legal-entity', resident: true } });
  if ('code' in found) throw new Error(found.message);
  return found;
};

/** A life with the receipts of all that it called for, and the view from its end. */
function lived(count: number): { readonly law: Law; readonly facts: readonly Fact[]; readonly at: number } {
  const own = law();
  const facts = edocLife(count);
  const at = (facts.at(-1)?.at ?? 0) + 1;
  const steps = reconcile(judgeBare(own, facts, { asOf: at, knownAt: at }));
  return { law: own, facts: [...facts, ...steps.map((step) => receiptOf(own, step, 'effect.performed', at, at))], at };
}

/** The same clause conditions on json-rules-engine: one run for each event of the record. */
async function peer(own: Law, facts: readonly Fact[]): Promise<number> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const rule of own.offer.rules) {
    const types = rule.on.flatMap((event) => (event.what.on === 'fact' ? [event.what.type] : []));
    if (types.length === 0) continue;
    const when = rule.whenSource === null ? [] : [rule.whenSource];
    engine.addRule({
      conditions: { all: [{ fact: 'type', operator: 'in', value: types }, ...when] } as never,
      event: { type: rule.clause },
    });
  }
  let fired = 0;
  for (const fact of facts) {
    const { events } = await engine.run({ type: fact.type, subject: fact.subject, ...fact.data });
    fired += events.length;
  }
  return fired;
}

/** P2: judge and reconcile a contract of three years and about 120 facts, on integers, without formatting and derivations; and how it grows. */
export async function rows(): Promise<readonly Row[]> {
  const found: Row[] = [];
  const small = lived(120);
  const judgeOne = ({ law: own, facts, at }: typeof small): number => {
    const judgement = judgeBare(own, facts, { asOf: at, knownAt: at });
    return reconcile(judgement).length + judgement.wanted.size;
  };
  const ours = await timed(() => judgeOne(small));
  const theirs = await timed(() => peer(small.law, small.facts));
  found.push(
    row('P2', 'µs per contract of 120 facts, judged and reconciled', ours, {
      'json-rules-engine, one run per event': theirs.median,
    }),
  );
  for (const count of [1_200, 12_000]) {
    const life = lived(count);
    found.push(
      row(`P2 at ${count}`, `µs per contract of ${count} facts`, await timed(() => judgeOne(life)), {
        'linear from 120': ours.median * (life.facts.length / small.facts.length),
      }),
    );
  }
  return found;
}
