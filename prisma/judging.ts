import type { Fact } from '../rules/facts/fact.js';
import type { Judgement, Law } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { canonical, sha256 } from './chain.js';
import type { Engine } from './engine.js';

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
  return sha256(salt + canonical({ outcome, wanted }));
}

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
