import type { Fact } from '../rules/facts/fact.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BIRTH = Date.UTC(2023, 0, 9, 5);

/** Three years on the EDOC offer in about `count` facts: invoices mostly paid in time, sometimes late or in parts; visits; a breach or two a year. 120 facts are an invoice a month; more are the same life, denser. */
export function edocLife(count: number): readonly Fact[] {
  const spacing = (30.4 * 120) / count;
  const facts: Fact[] = [fact(0, 'participant.registered', BIRTH, 'contract', {})];
  for (let month = 0; facts.length < count; month++) {
    const at = BIRTH + Math.round(month * spacing * 24) * HOUR + 2 * HOUR;
    const subject = `INV-${month + 1}`;
    const late = month % 6 === 4 ? 21 : 4;
    facts.push(
      fact(facts.length, 'invoice.presented', at, subject, {
        kind: 'subscription',
        amount: '100000.00',
        currency: 'KZT',
      }),
    );
    if (month % 5 === 2) {
      facts.push(
        fact(facts.length, 'payment.credited', at + 2 * DAY, subject, { amount: '40000.00', currency: 'KZT' }),
      );
      facts.push(
        fact(facts.length, 'payment.credited', at + late * DAY, subject, { amount: '60000.00', currency: 'KZT' }),
      );
    } else
      facts.push(
        fact(facts.length, 'payment.credited', at + late * DAY, subject, { amount: '100000.00', currency: 'KZT' }),
      );
    facts.push(fact(facts.length, 'portal.visited', at + 6 * DAY, 'contract', {}));
    if (month % 12 === 7) {
      facts.push(fact(facts.length, 'breach.recorded', at + 8 * DAY, `B-${month}`, {}));
      facts.push(fact(facts.length, 'breach.cured', at + 9 * DAY, `B-${month}`, {}));
    }
  }
  return facts.slice(0, count).sort((left, right) => left.at - right.at);
}

const fact = (position: number, type: string, at: number, subject: string, data: Record<string, unknown>): Fact => ({
  id: `f${position}`,
  type,
  at,
  recordedAt: at,
  subject,
  data,
});
