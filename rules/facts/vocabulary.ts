import { z } from 'zod';
import type { ReceiptType } from './fact.js';
import * as d from './data.js';

/** What may stand in the data of a fact of one type. */
export interface FactType {
  readonly type: string;
  readonly data: z.ZodObject;
}

/**
 * Fields that any fact may carry beside its own: the party that the rule is about (by default the operator), words for whoever reads the
 * journal, and what the vocabulary knows elsewhere. They are checked, and change nothing where no clause looks at them; a field that no
 * type knows is a slip of the pen and refused.
 */
const common = {
  by: d.oneOf('participant', 'operator').optional(),
  note: d.text.optional(),
  reason: d.text.optional(),
  reasons: d.text.optional(),
  amount: d.money.optional(),
  currency: d.currency.optional(),
  kind: d.name.optional(),
  evidence: d.flag.optional(),
  effective: d.dayOrInstant.optional(),
  clause: d.name.optional(),
  purpose: d.name.optional(),
  since: d.instant.optional(),
  starts: d.instant.optional(),
  expires: d.day.optional(),
  related: d.name.optional(),
  tariff: d.name.optional(),
};
const of = <const S extends z.core.$ZodLooseShape>(shape: S) => z.strictObject({ ...common, ...shape });
const nothing = of({});

const invoice = { amount: d.money, currency: d.currency };
const someMoney = { amount: d.money.optional(), currency: d.currency.optional() };
const invoiceKind = d.oneOf('subscription', 'credit', 'other');
const reasons = { reasons: d.text.optional() };
const purpose = of({ purpose: d.oneOf('data', 'reviews', 'advertising').optional() });
const tariff = { tariff: d.name.optional(), ...someMoney };
const change = {
  effective: d.instant.optional(),
  kind: d.oneOf('terms', 'tariff').optional(),
  law: d.flag.optional(),
  ...reasons,
};
const forceMajeure = of({ by: d.oneOf('participant', 'operator', 'both').optional(), evidence: d.flag.optional() });
const breach = of({ kind: d.name.optional() });
const loss = of({ amount: d.money, currency: d.currency.optional() });
const maintenance = of({ starts: d.instant.optional() });
const key = of({ since: d.instant.optional() });
const suspension = of({ from: d.dayOrInstant.optional(), until: d.dayOrInstant.optional() });
const termination = of({ effective: d.day.optional(), clause: d.name.optional() });
const choice = of({
  clause: d.name,
  effective: d.dayOrInstant.optional(),
  holder: d.oneOf('participant', 'operator').optional(),
  policy: d.name.optional(),
  reason: d.text.optional(),
});
const hold = of({
  clauses: z.array(d.name, { error: 'must be a list of clauses' }).optional(),
  decision: d.oneOf('uphold', 'overturn').optional(),
  reason: d.text.optional(),
});

const allocated = of({ ...invoice, allocate: d.allocation.optional() }).refine(withinPayment, {
  error: 'must not set more against invoices than the amount of the payment',
  path: ['allocate'],
  when: ({ value }) => z.object({ amount: d.money, allocate: d.allocation }).safeParse(value).success,
});

/**
 * The common vocabulary, every row in the order of the public contract. The order is the law of ties: at one instant
 * facts are read in this order.
 */
export const VOCABULARY: readonly FactType[] = rows([
  [
    'participant.registered',
    of({ eds: d.flag.optional(), phone: d.flag.optional(), kind: d.name.optional(), resident: d.flag.optional() }),
  ],
  ['agreement.signed · participant.added · link.followed · phone.registered', nothing],
  ['registration.confirmed · access.opened', nothing],
  ['tariff.chosen · tariff.closed', of({ ...tariff, tariff: d.name })],
  ['tariff.ended · limit.exhausted', of(tariff)],
  ['invoice.presented', of({ ...invoice, kind: invoiceKind })],
  ['invoice.received', of({ ...invoice, kind: invoiceKind.optional() })],
  ['payment.credited', allocated],
  ['payment.sent', of(someMoney)],
  ['payment.reversed', of({ payment: d.name, ...someMoney })],
  ['invoice.cancelled', of(reasons)],
  ['rate.published', of({ currency: d.currency, rate: d.rate, date: d.day })],
  ['act.received · act.signed · act.refused', of({ ...someMoney, ...reasons })],
  ['reconciliation.received · reconciliation.signed · reconciliation.refused', of({ ...someMoney, ...reasons })],
  ['claim.received', of({ ...someMoney, ...reasons })],
  ['claim.answered', of({ answer: d.oneOf('admitted', 'refused').optional(), ...someMoney, ...reasons })],
  ['conflict.discovered · conflict.notified · conflict.received · conflict.answered · conflict.objected', of(reasons)],
  ['loss.notified · loss.compensated', loss],
  ['breach.recorded · breach.cured', breach],
  ['doubt.raised · doubt.cleared · data.disproved · data.corrected', nothing],
  ['maintenance.planned', of({ starts: d.instant })],
  ['maintenance.announced · maintenance.began · maintenance.ended', maintenance],
  ['consent.requested · consent.given · consent.withdrawal.requested · consent.withdrawn', purpose],
  ['key.compromised · key.suspended · key.resumed · compromise.sent', key],
  ['sim.changed · sim.confirmed · credentials.failed · harm.suspected · authority.revoked', nothing],
  ['suspension.requested · suspension.revoked', suspension],
  ['emergency.began · emergency.declared · emergency.published · emergency.resumed', nothing],
  ['entity.indebted · entity.settled', of({ related: d.name })],
  ['certificate.registered · certificate.renewed', of({ expires: d.day })],
  [
    'document.received · document.verified · documents.destruction.requested',
    of({ key: d.name.optional(), valid: d.flag.optional() }),
  ],
  ['portal.visited', nothing],
  ['forcemajeure.began · forcemajeure.notified · forcemajeure.ended', forceMajeure],
  ['amendment.published', of({ ...change, edition: d.name.optional() })],
  ['amendment.objected', of(change)],
  ['details.changed · details.notified', nothing],
  ['termination.sent · termination.received · termination.withdrawn · termination.agreed', termination],
  ['withdrawal.notified', of({ effective: d.day })],
  ['court.decided · offer.withdrawn', of({ effective: d.day })],
  ['right.used · right.declined · right.released', choice],
  ['hold.placed · hold.lifted · review.requested · review.decided', hold],
  ['fact.voided', of({ fact: d.name, reason: d.text })],
]);

/** The engine's own types, by the order in which an effect lives; refused from outside. */
export const INTERNAL_TYPES = [
  'effect.claimed',
  'effect.sent',
  'effect.performed',
  'effect.confirmed',
  'effect.refused',
  'effect.failed',
  'effect.unknown',
  'edition.adopted',
  'policy.adopted',
] as const satisfies readonly (ReceiptType | 'edition.adopted' | 'policy.adopted')[];

/** The engine's own facts that an edition of the offer, or a policy, holds for the contract from their `at`; a scenario may tell them too. */
export const ADOPTIONS: Readonly<Record<string, z.ZodType>> = {
  'edition.adopted': of({ edition: d.name, ...reasons }),
  'policy.adopted': of({ policy: d.name, ...reasons }),
};

const byType: ReadonlyMap<string, FactType> = new Map(VOCABULARY.map((entry) => [entry.type, entry]));
const internal: ReadonlySet<string> = new Set(INTERNAL_TYPES);

/** The entry of a common type; undefined for a type that the vocabulary does not have. */
export const factType = (type: string): FactType | undefined => byType.get(type);

/** True for types that only the engine writes: everything under `effect.`, and what adopts law. */
export const isInternal = (type: string): boolean => internal.has(type) || type.startsWith('effect.');

function rows(table: readonly (readonly [names: string, data: z.ZodObject])[]): FactType[] {
  return table.flatMap(([names, data]) => names.split(' · ').map((type) => ({ type, data })));
}

function withinPayment(data: Readonly<Record<string, unknown>>): boolean {
  const payment = data as { amount: string; allocate?: readonly { amount: string }[] };
  const set = (payment.allocate ?? []).reduce((sum, part) => sum + d.tiynOf(part.amount), 0n);
  return set <= d.tiynOf(payment.amount);
}
