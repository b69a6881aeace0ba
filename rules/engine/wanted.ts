import { performedAtOf } from './acts.js';
import { calledFor } from './money/claims.js';
import type { EffectKind } from './outcome.js';
import { liftOf } from './walk/spans.js';
import type { Machine } from './walk/state.js';
import type { Wanted } from './types.js';

/** What the world must see as of now, by identity. */
export function wantedOf(machine: Machine): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  const asOf = machine.view.asOf;
  const want = (
    key: string,
    kind: EffectKind,
    clause: string,
    subject: string,
    at: number,
    content: Readonly<Record<string, unknown>>,
    past = false,
  ): void => {
    wanted.set(key, { key, kind, clause, subject, at, content, fingerprint: JSON.stringify(content), past });
  };
  for (const span of machine.spans) {
    if (span.what !== 'restrict' || span.from > asOf || span.to === span.from) continue;
    const { clause } = span.rule;
    const { key } = span;
    const past = span.to !== null && span.to <= asOf;
    want(key, 'restrict', clause, span.subject, span.from, { functions: span.functions }, past);
    // A lawful end is told only to a world that was told of the beginning.
    if (past && performedAtOf(machine.acts.get(key)) !== null)
      want(liftOf(span), 'lift', clause, span.subject, span.to as number, { functions: span.functions });
  }
  for (const claim of machine.claims) {
    const { documents, standing } = calledFor(machine, claim);
    for (const document of documents)
      if (document.amount !== null)
        want(document.key, 'claim', claim.rule.clause, claim.subject, document.at, document.content);
    if (standing !== null) {
      const { key, kind, clause, subject, legalAt, content, fingerprint } = standing;
      wanted.set(key, { key, kind, clause, subject, at: legalAt, content, fingerprint, past: false });
    }
  }
  for (const message of machine.messages)
    want(message.key, message.kind, message.rule.clause, message.subject, message.at, message.content);
  return wanted;
}
