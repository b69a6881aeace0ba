import { z } from 'zod';

/** What the routes answer, for the OpenAPI page. The code's own types hold the answers to it; nothing is checked again when it is sent. */

const instant = z.string().describe('ISO 8601 with the offset of the contract’s zone');
const maybe = instant.nullable();
const money = z.string().nullable().describe('a decimal with two digits; null while it is not known');
const about = { clause: z.string(), subject: z.string() };
const cause = z.object({ ...about, since: instant });
const data = z.record(z.string(), z.unknown());

const outcome = z
  .object({
    offer: z.object({ id: z.string(), edition: z.string() }),
    asOf: instant,
    knownAt: instant,
    next: maybe,
    wakeAt: maybe,
    contract: z.object({
      state: z.enum(['offered', 'active', 'suspended', 'ended']),
      concludedAt: maybe,
      endsAt: maybe,
      endedAt: maybe,
    }),
    timelines: z.array(
      z.object({
        ...about,
        run: z.string(),
        kind: z.string(),
        debtor: z.string().nullable(),
        edition: z.string(),
        state: z.enum(['running', 'tolled', 'met', 'lapsed', 'cancelled']),
        opened: instant,
        lastDay: z.string().nullable(),
        due: maybe,
        closed: maybe,
        provisional: z.boolean(),
        tolledDays: z.number(),
      }),
    ),
    rights: z.array(
      z.object({
        key: z.string(),
        ...about,
        holder: z.string(),
        state: z.enum(['open', 'asked', 'used', 'declined', 'expired']),
        openedAt: instant,
        usedAt: maybe,
      }),
    ),
    restrictions: z.array(z.object({ ...about, functions: z.array(z.string()), from: instant, to: maybe })),
    access: z.record(z.string(), z.object({ open: z.boolean(), causes: z.array(cause) })),
    presumptions: z.array(
      z.object({ ...about, at: instant, meaning: z.enum(['accepted', 'refused', 'admitted', 'consented']) }),
    ),
    consents: z.array(z.object({ purpose: z.string(), state: z.enum(['given', 'withdrawn']), at: instant })),
    ledger: z.object({
      entries: z.array(
        z.object({
          at: instant,
          clause: z.string().nullable(),
          subject: z.string(),
          kind: z.enum(['invoice', 'payment', 'fine', 'penalty', 'credit', 'refund']),
          amount: money,
          currency: z.string(),
          days: z.number().optional(),
        }),
      ),
      balance: z.record(z.string(), z.string()),
    }),
    effects: z.array(
      z.object({
        key: z.string(),
        generation: z.number(),
        kind: z.string(),
        ...about,
        at: instant,
        performedAt: maybe,
        undoes: z.string().nullable(),
        undoneBy: z.string().nullable(),
        data,
        state: z.string(),
      }),
    ),
    amendments: z.array(
      z.object({
        subject: z.string(),
        publishedAt: instant,
        appliesAt: maybe,
        state: z.enum(['pending', 'applies', 'refused']),
        edition: z.string().optional().describe('the text that it brings'),
      }),
    ),
    cases: z.array(
      z.object({
        key: z.string(),
        clause: z.string().nullable(),
        subject: z.string(),
        question: z.string(),
        openedAt: instant,
      }),
    ),
  })
  .describe('how the contract stands at asOf, as known at knownAt');

const contract = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  offer: z.string(),
  edition: z.string().describe('the one that it was made under'),
  adopted: z.array(z.string()).describe('those that its facts bring after it'),
  policy: z.string().describe('the one that it was made under'),
  policies: z.array(z.string()).describe('those that its facts bring after it'),
  state: z.string(),
  held: z.boolean().describe('a drift holds it for a person'),
  concludedAt: maybe,
  endsAt: maybe,
  endedAt: maybe,
  asOf: maybe,
  wakeAt: maybe,
  testClock: maybe,
  createdAt: instant,
});
const fact = z.object({
  seq: z.number(),
  id: z.string(),
  type: z.string(),
  at: instant,
  recordedAt: instant,
  by: z.string().nullable(),
  subject: z.string(),
  data: data.nullable().describe('null after an erasure'),
  digest: z.string(),
  hash: z.string(),
});
const told = z.object({ id: z.string(), seq: z.number(), recordedAt: instant });
const moment = {
  seq: z.number().describe('sequence of the last fact that was read'),
  asOf: instant,
  validUntil: maybe,
};
const access = z.object({ open: z.boolean(), causes: z.array(cause), ...moment });
const offer = z.object({
  id: z.string(),
  edition: z.string(),
  operator: z.unknown(),
  clauses: z.number(),
  rules: z.number(),
});
const clause = z.object({
  ref: z.string(),
  kind: z.string(),
  title: z.string(),
  rule: z.boolean(),
  why: z.string().nullable(),
});
const finding = z.looseObject({
  code: z.string(),
  severity: z.string(),
  clauses: z.array(z.string()),
  message: z.string(),
  silenced: z.boolean(),
});
const openCase = z.object({
  contract: z.string(),
  key: z.string(),
  clause: z.string().nullable(),
  subject: z.string(),
  question: z.string(),
  openedAt: instant,
});

const drift = z
  .object({
    seq: z.number().describe('sequence of the last fact that both engines read'),
    asOf: instant,
    engineWas: z.string(),
    engineIs: z.string(),
    law: z.string(),
    foundAt: instant,
    releasedAt: maybe,
    releasedBy: z.string().nullable(),
    differences: z.array(z.object({ of: z.string(), key: z.string(), was: data.nullable(), is: data.nullable() })),
  })
  .describe('where a new engine judged the past otherwise, line by line');

const amendment = z
  .object({
    offer: z.string(),
    name: z.string(),
    edition: z.string(),
    at: instant.describe('as of when every contract is told'),
    by: z.string(),
    publish: data.nullable(),
    adopt: data.nullable(),
    state: z.enum(['under way', 'paused', 'done']),
    perSecond: z.number(),
    told: z.number(),
    refused: z.number(),
    refusals: z.array(z.object({ contract: z.string(), code: z.string() })).describe('the first of them'),
  })
  .describe('how far a change of an offer has come');

/** The problem document of every refusal: RFC 9457 with the catalogue's code. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string().describe('of the one catalogue of errors'),
  where: z.string().optional().describe('the place in the request'),
});

/** By method and path: what is answered when it is done. */
export const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  'GET /v1/contracts/:id': outcome,
  'GET /v1/contracts/:id/access': access,
  'GET /v1/contracts/:id/effects/:key/why': z.looseObject({
    key: z.string(),
    clause: z.string(),
    steps: z.array(data),
    sentences: z.array(z.string()),
  }),
  'GET /v1/contracts': z.object({ contracts: z.array(contract), next: z.string().nullable() }),
  'GET /v1/contracts/:id/facts': z.object({ facts: z.array(fact), next: z.number().nullable() }),
  'GET /v1/contracts/:id/journal': z.string().describe('JSON Lines: a head, the facts, what each advance found'),
  'POST /v1/contracts': z.object({ id: z.string() }),
  'POST /v1/contracts/:id/facts': z.object({ facts: z.array(told) }),
  'POST /v1/contracts/:id/rights/:key/decision': z.object({ fact: told }),
  'POST /v1/contracts/:id/effects/:key/resolution': z.object({
    key: z.string(),
    generation: z.number(),
    operation: z.string(),
    outcome: z.string(),
  }),
  'POST /v1/contracts/:id/editions': z.object({ edition: z.string(), fact: told }),
  'POST /v1/contracts/:id/policies': z.object({ policy: z.string(), fact: told }),
  'GET /v1/contracts/:id/drifts': z.object({ drifts: z.array(drift) }),
  'POST /v1/contracts/:id/release': z.object({ released: z.number() }),
  'POST /v1/contracts/:id/clock': z.object({ asOf: instant, seq: z.number(), state: z.string() }),
  'POST /v1/simulations': outcome,
  'GET /v1/cases': z.object({ cases: z.array(openCase), next: z.string().nullable() }),
  'GET /v1/offers': z.object({ offers: z.array(offer) }),
  'GET /v1/offers/:offer': offer,
  'POST /v1/offers/:offer/amendments': amendment,
  'GET /v1/offers/:offer/amendments': z.object({ amendments: z.array(amendment) }),
  'GET /v1/offers/:offer/amendments/:name': amendment,
  'POST /v1/offers/:offer/amendments/:name/pace': amendment,
  'GET /v1/offers/:offer/clauses': z.object({ clauses: z.array(clause) }),
  'GET /v1/offers/:offer/diff/:other': z.looseObject({
    changes: z.array(data),
    favours: z.record(z.string(), z.number()),
  }),
  'GET /v1/offers/:offer/lint': z.object({ findings: z.array(finding) }),
};
