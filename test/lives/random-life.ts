import fc from 'fast-check';
import { lawFor } from '../../compose/library.js';
import type { Law } from '../../rules/engine/types.js';
import type { Fact } from '../../rules/facts/fact.js';
import { readable } from './readable.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-03-02T10:00:00+05:00, a Monday. */
export const BIRTH = Date.UTC(2026, 2, 2, 5);

/** The law of an offer under a policy; throws when it does not compile, which is a bug of the tests. */
export function lawOf(offer: string, policy = 'automatic'): Law {
  const law = lawFor(offer, { policy, participant: { kind: 'legal-entity', resident: true } });
  if ('code' in law) throw new Error(`${law.code}: ${law.message}`);
  return law;
}

type Draft = Omit<Fact, 'id' | 'recordedAt'>;

const when = fc.integer({ min: 1, max: 24 * 150 }).map((hours) => BIRTH + hours * HOUR);
const midnight = fc.integer({ min: 1, max: 150 }).map((days) => BIRTH - 10 * HOUR + days * DAY);
const at = fc.oneof({ weight: 3, arbitrary: when }, { weight: 1, arbitrary: midnight });
const invoice = fc.constantFrom('INV-1', 'INV-2', 'INV-3');
const party = fc.constantFrom('participant', 'operator', 'both');
const amount = fc.constantFrom('100000.00', '30000.00', '70000.00', '0.01', '99999.99');

const draft = (
  type: string,
  subject: fc.Arbitrary<string>,
  data: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<Draft> => fc.record({ type: fc.constant(type), at, subject, data });

const none = fc.constant({});
const drafts: fc.Arbitrary<Draft> = fc.oneof(
  draft(
    'invoice.presented',
    invoice,
    fc.record({ kind: fc.constantFrom('subscription', 'credit'), amount, currency: fc.constant('KZT') }),
  ),
  draft(
    'invoice.received',
    invoice,
    fc.record({ kind: fc.constant('subscription'), amount, currency: fc.constant('KZT') }),
  ),
  { weight: 3, arbitrary: draft('payment.credited', invoice, fc.record({ amount, currency: fc.constant('KZT') })) },
  draft('payment.reversed', invoice, fc.record({ payment: fc.integer({ min: 1, max: 12 }).map((n) => `f${n}`) })),
  draft('invoice.cancelled', invoice, none),
  draft('act.received', fc.constantFrom('ACT-1', 'ACT-2'), none),
  draft('act.signed', fc.constantFrom('ACT-1', 'ACT-2'), none),
  draft('act.refused', fc.constantFrom('ACT-1', 'ACT-2'), fc.constantFrom({}, { reasons: 'not done' })),
  draft('breach.recorded', fc.constantFrom('B-1', 'contract'), none),
  draft('breach.cured', fc.constantFrom('B-1', 'contract'), none),
  draft('forcemajeure.began', fc.constantFrom('FM-1', 'FM-2'), fc.record({ by: party })),
  draft('forcemajeure.notified', fc.constantFrom('FM-1', 'FM-2'), fc.record({ by: party, evidence: fc.boolean() })),
  draft('forcemajeure.ended', fc.constantFrom('FM-1', 'FM-2'), fc.record({ by: party })),
  draft('termination.received', fc.constant('contract'), fc.record({ by: fc.constantFrom('participant', 'operator') })),
  draft('termination.withdrawn', fc.constant('contract'), none),
  draft('claim.received', fc.constantFrom('CLM-1', 'CLM-2'), none),
  draft('claim.answered', fc.constantFrom('CLM-1', 'CLM-2'), fc.constant({ answer: 'admitted' })),
  draft('amendment.published', fc.constantFrom('AM-1', 'AM-2'), none),
  draft('amendment.objected', fc.constantFrom('AM-1', 'AM-2'), none),
  draft('portal.visited', fc.constant('contract'), none),
  draft('access.opened', invoice, none),
  draft(
    'fact.voided',
    fc.constant('contract'),
    fc.integer({ min: 1, max: 12 }).map((n) => ({ fact: `f${n}`, reason: 'a mistake' })),
  ),
);

const delay = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 24 * 40 }).map((hours) => hours * HOUR) },
);

/** A life of a contract: registered on 2 March 2026, then anything, some of it known late. Ids are f1, f2 … in the order of the list. */
export const lives: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.tuple(drafts, delay), { minLength: 1, maxLength: 14 })
  .map((list) => {
    const registered: Fact = {
      id: 'f0',
      type: 'participant.registered',
      at: BIRTH,
      recordedAt: BIRTH,
      subject: 'contract',
      data: { eds: true },
    };
    return readable([
      registered,
      ...list.map(([one, late], position): Fact => ({ ...one, id: `f${position + 1}`, recordedAt: one.at + late })),
    ]);
  });

/** An instant of such a life. */
export const instants: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 24 * 220 }).map((hours) => BIRTH + hours * HOUR),
  fc.integer({ min: 1, max: 220 }).map((days) => BIRTH - 10 * HOUR + days * DAY),
);

/** The offers that the properties run over. */
export const OFFERS = ['edoc', 'idocs', 'uchet-edo', 'avtomektep', 'adr'] as const;
