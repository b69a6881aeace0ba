import { Engine } from 'json-rules-engine';
import { lawFor } from '../compose/library.js';
import { judge, judgeBare, receiptOf, reconcile } from '../rules/engine/index.js';
import type { Law } from '../rules/engine/types.js';
import type { Fact } from '../rules/facts/fact.js';
import { edocLife } from './life.js';
import { microseconds, type Measured, type Row } from './measure.js';

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

/** A figure of time: less is better, and the ratio says how many times better than the peer. */
function row(id: string, work: string, ours: Measured, against: string, peer: number): Row {
  return {
    id,
    work,
    ours: ours.median,
    unit: 'µs',
    peers: { [against]: peer },
    ratio: peer / ours.median,
    against,
    spread: [ours.low, ours.high],
  };
}

/** P2: judge and reconcile a contract of three years and about 120 facts, on integers, without formatting and derivations; and how it grows. */
export async function rows(): Promise<Row[]> {
  const small = lived(120);
  const once = (life: typeof small): number => {
    const judgement = judgeBare(life.law, life.facts, { asOf: life.at, knownAt: life.at });
    return reconcile(judgement).length + judgement.wanted.size;
  };
  const ours = await microseconds(() => once(small));
  const theirs = await microseconds(() => peer(small.law, small.facts));
  const found = [
    row(
      'P2',
      'a contract of 120 facts, judged and reconciled',
      ours,
      'json-rules-engine, one run per event',
      theirs.median,
    ),
  ];
  for (const count of [1_200, 12_000]) {
    const life = lived(count);
    const straight = (ours.median * life.facts.length) / small.facts.length;
    found.push(
      row(
        `P2-${count}`,
        `the same with ${count} facts`,
        await microseconds(() => once(life)),
        'linear from 120 facts',
        straight,
      ),
    );
  }
  const full = await microseconds(() => judge(small.law, small.facts, { asOf: small.at, knownAt: small.at }));
  found.push(
    row('P2-full', 'the same 120 facts with the outcome written out', full, 'judged on integers only', ours.median),
  );
  return found;
}
