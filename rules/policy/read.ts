import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Refusal } from '../law/types.js';
import { compileCondition, fieldsOf } from '../offer/condition.js';
import type { Predicate } from '../offer/types.js';
import { BUILT_IN } from './builtin.js';
import type { Policy, PolicyQuestion } from './types.js';

/** A policy file: the first entry whose condition holds decides; `otherwise` when none does. */
const schema = z.strictObject({
  policy: z.string().min(1),
  decide: z.array(z.strictObject({ when: z.record(z.string(), z.unknown()), then: z.enum(['use', 'ask', 'leave']) })),
  otherwise: z.enum(['automatic', 'use', 'ask', 'leave']),
});

/** What a condition of a policy may look at. */
export const POLICY_FIELDS: readonly string[] = [
  'clause',
  'subject',
  'does',
  'amount',
  'currency',
  'participant.kind',
  'participant.resident',
  'history.lapses',
  'history.breaches',
];

const fieldOf =
  (right: PolicyQuestion) =>
  (name: string): unknown => {
    switch (name) {
      case 'participant.kind':
        return right.participant.kind;
      case 'participant.resident':
        return right.participant.resident;
      case 'history.lapses':
        return right.history.lapses;
      case 'history.breaches':
        return right.history.breaches;
      default:
        return right[name as 'clause'];
    }
  };

/** Compiles the text of a policy file, with conditions in json-rules-engine's language. Whatever it says, `use` never withdraws from a contract, ends it or moves somebody: that is put to a person. */
export function readPolicy(text: string, file: string): Policy | Refusal {
  let source: unknown;
  try {
    source = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return { code: 'policy.yaml', message: String(error instanceof Error ? error.message : error), where: file };
  }
  const checked = schema.safeParse(source);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return {
      code: 'policy.form',
      message: issue?.message ?? 'not a policy',
      where: `${file} ${issue?.path.join('.') ?? ''}`.trim(),
    };
  }
  const rules: { readonly when: Predicate; readonly then: 'use' | 'ask' | 'leave' }[] = [];
  for (const [position, rule] of checked.data.decide.entries()) {
    const where = `${file} decide[${position}].when`;
    const unknown = fieldsOf(rule.when).find((name) => !POLICY_FIELDS.includes(name));
    if (unknown !== undefined)
      return {
        code: 'policy.unknown_fact',
        message: `a policy knows nothing of "${unknown}"; it may look at ${POLICY_FIELDS.join(', ')}`,
        where,
      };
    const when = compileCondition(rule.when, where);
    if (typeof when !== 'function') return { ...when, code: 'policy.condition' };
    rules.push({ when, then: rule.then });
  }
  const { policy, otherwise } = checked.data;
  const allowed = (right: PolicyQuestion, choice: 'use' | 'ask' | 'leave'): 'use' | 'ask' | 'leave' =>
    choice === 'use' ? (BUILT_IN['automatic'] as Policy).decide(right) : choice;
  return {
    id: policy,
    edition: `${policy}@${bytesToHex(sha256(utf8ToBytes(JSON.stringify(checked.data)))).slice(0, 16)}`,
    decide(right) {
      const found = rules.find((rule) => rule.when(fieldOf(right)));
      const choice = found?.then ?? (otherwise === 'automatic' ? 'use' : otherwise);
      return allowed(right, choice);
    },
  };
}
