import type { Fact } from '../rules/facts/fact.js';
import type { Judgement, Law } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { canonical, sha256 } from './chain.js';
import type { Engine } from './engine.js';
import { onceFor } from './sharing.js';

/** Judges the whole of what is known at an instant. */
export function judgeAt(engine: Engine, law: Law, facts: readonly Fact[], asOf: Instant): Judgement {
  return engine.judge(law, facts, { asOf, knownAt: asOf });
}

/**
 * Hash of what was judged: the outcome without the moment of asking, and the fingerprints of what is wanted. Salted with the contract's
 * salt, which an erasure takes away: a plain hash would let what was erased be guessed.
 */
export function hashOfJudgement(judgement: Judgement, salt: string): string {
  const { asOf: _asOf, knownAt: _knownAt, ...outcome } = judgement.outcome;
  const wanted = [...judgement.wanted.values()].map(({ key, fingerprint }) => `${key} ${fingerprint}`).sort();
  return sha256(`${salt}{"outcome":${textOf(outcome)},"wanted":${canonical(wanted)}}`);
}

/** Canonical JSON of an outcome, put together from the texts of its views: those of views that are shared are there already. */
function textOf({ ledger, ...outcome }: Readonly<Omit<Judgement['outcome'], 'asOf' | 'knownAt'>>): string {
  const { entries, ...money } = ledger;
  const whole = { ...outcome, ledger: null };
  const parts = Object.keys(whole)
    .toSorted()
    .flatMap((name) => {
      const value: unknown = name === 'ledger' ? null : whole[name as keyof typeof whole];
      if (value === undefined) return [];
      const text =
        name === 'ledger'
          ? `{"balance":${canonical(money.balance)},"entries":${listOf(entries)}}`
          : Array.isArray(value)
            ? listOf(value as readonly object[])
            : canonical(value);
      return [`"${name}":${text}`];
    });
  return `{${parts.join(',')}}`;
}

const textOfView = onceFor(canonical as (view: object) => string);

const listOf = (views: readonly object[]): string => `[${views.map(textOfView).join(',')}]`;

/** Running timelines, a line each, for people who look at the workflow. */
export function detailsOf(judgement: Judgement): string {
  return judgement.outcome.timelines
    .filter((line) => line.state === 'running' || line.state === 'tolled')
    .slice(0, 100)
    .map(
      (line) =>
        `- ${line.clause} ${line.subject}: ${line.state}, ${line.lastDay === null ? 'no end in sight' : `last day ${line.lastDay}`}`,
    )
    .join('\n');
}
