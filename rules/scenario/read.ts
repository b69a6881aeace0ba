import { z } from 'zod';
import type { Participant } from '../engine/types.js';
import type { Instant, Refusal } from '../law/types.js';
import { firstIssue } from '../facts/issue.js';
import { parseInstant } from '../law/instant.js';
import { isRefusal } from '../law/refusal.js';
import { isRefusalOf, readPattern } from './pattern.js';
import { refuseScenario } from './refusal.js';
import type { Check, Pattern, Scenario } from './scenario.js';
import { OUTCOME } from './shape.js';
import { readYaml, type Yaml } from './yaml.js';
import { delayOf } from '../engine/driver.js';

/** Who the participant is; what a policy, a rule or a document may look at. */
export const participantForm = z.strictObject({
  kind: z.string().optional(),
  resident: z.boolean().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  bin: z.string().optional(),
  language: z.enum(['kk', 'ru', 'en'], { error: 'must be one of: kk, ru, en' }).optional(),
});

/** Performance that differs from "at once": by key of the effect. */
export const performanceForm = z.record(
  z.string(),
  z.union(
    [
      z.strictObject({
        after: z.string().refine(isDelay, { error: 'must be a delay, such as 90 minutes, 2 hours or 3 calendar days' }),
      }),
      z.strictObject({ fails: z.boolean() }),
    ],
    {
      error: 'must be { after: <such as 90 minutes, 2 hours, 3 calendar days> } or { fails: true }',
    },
  ),
);

const form = z.strictObject({
  title: z.string(),
  why: z.string().optional(),
  offer: z.string(),
  policy: z.string().default('automatic'),
  editions: z.record(z.string(), z.string()).default({}),
  policies: z.record(z.string(), z.string()).default({}),
  participant: participantForm.default({}),
  facts: z.array(z.unknown()),
  performance: performanceForm.default({}),
  checks: z
    .array(z.looseObject({ asOf: z.string(), knownAt: z.string().optional(), none: z.array(z.unknown()).optional() }))
    .default([]),
});
type Written = z.infer<typeof form>;

/**
 * Reads a scenario file (YAML; JSON is YAML too). Refusals name file, line and place. Facts are left as written: they
 * are read with the law of their offer.
 */
export function readScenario(text: string, file: string): Scenario | Refusal {
  const yaml = readYaml(text, file);
  if (isRefusal(yaml)) return yaml;
  const parsed = form.safeParse(yaml.value);
  if (!parsed.success) {
    const { message } = firstIssue(parsed.error, form);
    return refuseScenario('scenario.form', message, yaml.where(placeOfIssue(parsed.error)));
  }
  const checks: Check[] = [];
  for (const [index, written] of parsed.data.checks.entries()) {
    const check = readCheck(written, index, yaml);
    if (isRefusal(check)) return check;
    checks.push(check);
  }
  const { title, offer, policy, editions, policies, facts } = parsed.data;
  const participant = parsed.data.participant as Participant;
  return {
    file,
    title,
    offer,
    policy,
    editions,
    policies,
    participant,
    facts,
    performance: parsed.data.performance as Scenario['performance'],
    checks,
  };
}

function readCheck(written: Written['checks'][number], index: number, yaml: Yaml): Check | Refusal {
  const path = ['checks', index];
  const { asOf: asOfText, knownAt: knownAtText = asOfText, none: noneWritten = [], why: _why, ...named } = written;
  const asOf = readInstant(asOfText, [...path, 'asOf'], yaml);
  if (isRefusal(asOf)) return asOf;
  const knownAt = readInstant(knownAtText, [...path, 'knownAt'], yaml);
  if (isRefusal(knownAt)) return knownAt;
  const expected = readPattern(named, OUTCOME, path, yaml);
  if (isRefusalOf(expected)) return expected;
  const none: Pattern[] = [];
  for (const [place, entry] of noneWritten.entries()) {
    const pattern = readPattern(entry, OUTCOME, [...path, 'none', place], yaml);
    if (isRefusalOf(pattern)) return pattern;
    none.push(pattern);
  }
  return { asOf, knownAt, expected, none, where: yaml.where(path) };
}

function readInstant(text: string, path: readonly PropertyKey[], yaml: Yaml): Instant | Refusal {
  const at = parseInstant(text);
  return isRefusal(at) ? refuseScenario('scenario.form', at.message, yaml.where(path)) : at;
}

function placeOfIssue(error: z.ZodError): readonly PropertyKey[] {
  const issue = error.issues[0];
  if (issue === undefined) return [];
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
}

function isDelay(text: string): boolean {
  try {
    return delayOf(text) >= 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
