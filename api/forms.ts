import { z } from 'zod';
import { parseDay } from '../rules/law/day.js';
import { parseInstant } from '../rules/law/instant.js';
import { isRefusal } from '../rules/law/refusal.js';
import { participantForm, performanceForm } from '../rules/scenario/read.js';

/** What requests are made of. Every form says what would be right. */

/** An instant with its offset, read to milliseconds. */
export const instant = z
  .string()
  .transform((text, context) => {
    const at = parseInstant(text);
    if (!isRefusal(at)) return at;
    context.addIssue({ code: 'custom', message: at.message });
    return z.NEVER;
  })
  .describe('an instant with its offset, such as 2026-03-20T00:00:00+05:00');

/** The same in a query, where a plus that nobody encoded arrives as a space. */
export const queryInstant = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim().replace(' ', '+') : value),
  instant,
);

/** A day `YYYY-MM-DD`. */
export const day = z.string().refine((text) => !isRefusal(parseDay(text)), { error: 'must be a day, YYYY-MM-DD' });

/** Text that the database can keep. */
export const plain = z.string().regex(/^[^\0]*$/, { error: 'must not hold the character NUL' });
const name = plain.min(1).max(200);

/** The name of an offer or policy that ships with the product or is stored: never a path. */
export const shippedName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,99}$/, { error: 'must be a name: small letters, digits and hyphens' });

/** A page of a list. */
export const page = { limit: z.coerce.number().int().min(1).max(1000).default(100) };

/** A view in a query. */
export const view = { asOf: queryInstant.optional(), knownAt: queryInstant.optional() };

/** The path of one contract. */
export const contractPath = z.strictObject({ id: name });

/** The name of an edition of an offer. */
const edition = z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be the SHA-256 of an edition, in hex' });

/** A contract to be made. */
export const newContract = z
  .strictObject({
    offer: shippedName,
    participant: participantForm.default({}),
    policy: shippedName.optional(),
    externalId: name.optional(),
    edition: edition.optional(),
    testClock: instant.optional(),
    performance: performanceForm.optional(),
  })
  .refine(({ testClock, performance }) => performance === undefined || testClock !== undefined, {
    error: 'only a contract with a testClock can be told how its effects are performed',
    path: ['performance'],
  });

/** An edition that a contract comes under: the newest and from now on, unless it says otherwise. */
export const adoption = z.strictObject({
  edition: edition.optional(),
  from: instant.optional(),
  reason: plain.min(1).max(10_000),
});

/** A policy that decides from now on. */
export const policyAdoption = z.strictObject({ policy: shippedName, reason: plain.min(1).max(10_000) });

/** How fast a change goes to the contracts of its offer, and whether it goes. */
const perSecond = z.number().int().min(1).max(1000);

/** A change of an offer that goes to all of its contracts: published with an amendment, or adopted by decision. */
export const change = z
  .strictObject({
    name: plain.min(1).max(100).regex(/[^.]/, { error: 'must not be dots only' }),
    edition: edition.optional(),
    publish: z
      .strictObject({
        effective: z
          .string()
          .refine((text) => !isRefusal(parseInstant(text)), { error: 'must be an instant with its offset' })
          .optional(),
        kind: z.enum(['terms', 'tariff'], { error: 'must be one of: terms, tariff' }).optional(),
        law: z.boolean().optional(),
      })
      .optional(),
    adopt: z.strictObject({ from: instant.optional(), reason: plain.min(1).max(10_000) }).optional(),
    perSecond: perSecond.default(20),
    paused: z.boolean().default(false),
  })
  .refine(({ publish, adopt }) => (publish === undefined) !== (adopt === undefined), {
    error: 'say exactly one of `publish`, an amendment, and `adopt`, a decision',
  })
  .describe('exactly one of `publish`, an amendment, and `adopt`, a decision');

/** Another pace. */
export const pace = z
  .strictObject({ perSecond: perSecond.optional(), paused: z.boolean().optional() })
  .refine((wish) => Object.keys(wish).length > 0, { error: 'say perSecond, paused or both' })
  .describe('perSecond, paused or both');

/** One fact as a request tells it; types and data are checked with the vocabulary of the offer. */
export const factInput = z.looseObject({ type: z.string() }).describe('{ id?, type, at | on, by?, subject?, data? }');

/** The body that tells facts. The handler reads it, so that a refusal names the fact and the field. */
export const factsBody = z.unknown().meta({
  description: 'a fact or a list of facts',
  anyOf: [z.toJSONSchema(factInput), z.toJSONSchema(z.array(factInput))],
});

/** A person's choice about a right. */
export const decision = z.strictObject({
  decision: z.enum(['used', 'declined'], { error: 'must be one of: used, declined' }),
  effective: day.optional(),
  reason: plain.min(1).max(10_000),
});

/** Without the fields that nobody gave. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
