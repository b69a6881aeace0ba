import { expect, test } from 'vitest';
import { lawFor } from '../compose/library.js';
import { edocLife } from '../bench/life.js';
import { canonical, sha256 } from './chain.js';
import { ENGINE } from './engine.js';
import { hashOfJudgement, judgeAt } from './judging.js';
import { readModelChanges, readModelsOf, NOTHING_STANDS } from './read-models.js';
import { sharing } from './sharing.js';

test('an outcome that shares the views of an earlier one is equal to itself: same value, same hash, same rows', () => {
  const law = lawFor('edoc', { policy: 'automatic', participant: { kind: 'legal-entity', resident: true } });
  if ('code' in law) throw new Error(law.message);
  const facts = edocLife(60);
  let earlier: Parameters<typeof sharing>[0] = null;
  let kept = 0;
  for (let count = 1; count <= facts.length; count += 1) {
    const known = facts.slice(0, count);
    const alone = judgeAt(ENGINE, law, known, known.at(-1)!.at);
    const outcome = sharing(earlier, alone.outcome);
    expect(outcome).toEqual(alone.outcome);
    const { asOf: _asOf, knownAt: _knownAt, ...rest } = alone.outcome;
    const wanted = [...alone.wanted.values()].map(({ key, fingerprint }) => `${key} ${fingerprint}`).sort();
    const first = sha256(`salt${canonical({ outcome: rest, wanted })}`);
    expect(hashOfJudgement({ ...alone, outcome }, 'salt', '1')).toBe(first);
    expect(hashOfJudgement({ ...alone, outcome }, 'salt')).toBe(
      hashOfJudgement({ ...alone, outcome: structuredClone(alone.outcome) }, 'salt'),
    );
    const of = { tenant: 't', id: 'c' };
    const plain = readModelChanges(of, readModelsOf(structuredClone(alone.outcome)), NOTHING_STANDS);
    expect(readModelChanges(of, readModelsOf(outcome), NOTHING_STANDS).then).toEqual(plain.then);
    kept += outcome.timelines.filter((view) => earlier?.timelines.includes(view)).length;
    earlier = outcome;
  }
  expect(kept).toBeGreaterThan(1_000);
});
