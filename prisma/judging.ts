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

/** The form of the hashes that are written now; a hash names its form, so that one that was written in an earlier form still says whether it holds. */
const FORM = '2';

/** The form of a hash that was written down. The first form had no name. */
export const formOf = (hash: string): string => (hash.includes(':') ? hash.slice(0, hash.indexOf(':')) : '1');

/**
 * Hash of what was judged: the outcome without the moment of asking, and the fingerprints of what is wanted. Salted with the contract's
 * salt, which an erasure takes away: a plain hash would let what was erased be guessed. In form 1 the text of the whole is hashed; in form 2
 * each view stands in it by its own digest, so that a long past is not hashed again whenever something is added to it.
 */
export function hashOfJudgement(judgement: Judgement, salt: string, form: string = FORM): string {
  const { asOf: _asOf, knownAt: _knownAt, ...outcome } = judgement.outcome;
  const wanted = [...judgement.wanted.values()].map(({ key, fingerprint }) => `${key} ${fingerprint}`).sort();
  if (form === '1') return sha256(`${salt}${canonical({ outcome, wanted })}`);
  return `${FORM}:${sha256(`${salt}{"outcome":${textOf(outcome)},"wanted":${canonical(wanted)}}`)}`;
}

/** Canonical JSON of an outcome in which lists of views are lists of their digests. */
function textOf({ ledger, ...outcome }: Readonly<Omit<Judgement['outcome'], 'asOf' | 'knownAt'>>): string {
  const { entries, ...money } = ledger;
  const lists: Record<string, readonly object[]> = { entries };
  const rest: Record<string, unknown> = { ...money };
  for (const [name, value] of Object.entries(outcome))
    if (Array.isArray(value)) lists[name] = value as readonly object[];
    else rest[name] = value;
  const parts = Object.keys(lists)
    .toSorted()
    .map((name) => `"${name}":"${lists[name]!.map(digestOfView).join('')}"`);
  return `{${parts.join(',')},"rest":${canonical(rest)}}`;
}

/** Worked out once for a view, however many outcomes share it. */
const digestOfView = onceFor((view: object) => sha256(canonical(view)));

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
