import type { Fact } from '../../rules/facts/fact.js';
import { creditedIn, daysOfDelay, debtsOf, unpaidAt, unpaidBefore, type Debt } from './debt.js';
import { dayOf, midnight, seenAt, turns } from './record.js';
import { count, plus, type ModelTerm, type ModelToll } from './terms.js';

/**
 * A second, slow model of payment, for tests only, written from the readings of the public contract and without the
 * engine's code. It knows the payment clauses of two offers under the policy `automatic`: edoc 5.4, 5.8, 5.9 and 4.2;
 * idocs 4.6 with its warning, 4.6/block and 9.20; tolling by force majeure in both. Every view is computed from nothing.
 */
export interface ModelClock {
  readonly state: 'running' | 'tolled' | 'met' | 'lapsed' | 'cancelled';
  /** Null while it is not known; of clocks that were met or cancelled it is not asked. */
  readonly lastDay: string | null;
  /** Of lapsed clocks: how many days stood still. */
  readonly tolledDays?: number;
}

export interface ModelOutcome {
  readonly clocks: Readonly<Record<string, ModelClock>>;
  /** `clause subject since` of what closes the function that non-payment closes, in order. */
  readonly causes: readonly string[];
  readonly suspended: boolean;
  /** Of each lapsed invoice, in tiyn. */
  readonly fines: Readonly<Record<string, bigint>>;
  readonly penalties: Readonly<Record<string, { readonly amount: bigint; readonly days: number }>>;
  readonly balance: bigint;
}

/** Two monthly calculation indices of 2026, in tiyn. */
const FINE = 865_000n;

interface Lapse {
  readonly debt: Debt;
  readonly lastDay: string;
  readonly due: number;
}

interface Judged {
  readonly facts: readonly Fact[];
  readonly debts: readonly Debt[];
  readonly clocks: Record<string, ModelClock>;
  readonly lapses: readonly Lapse[];
}

/** edoc as of T known at R. */
export function edocAt(life: readonly Fact[], asOf: number, knownAt: number): ModelOutcome {
  const facts = seenAt(life, asOf, knownAt);
  const term = (debt: Debt): ModelTerm =>
    debt.kind === 'credit' ? { n: 3, unit: 'working days' } : { n: 5, unit: 'bank days' };
  const judged = judged_(
    facts,
    asOf,
    'invoice.presented',
    term,
    eventsOf(facts, 'participant', () => true),
  );
  const causes = judged.lapses.flatMap((lapse) => {
    const suspends = opening({ n: 15, unit: 'calendar days', moreThan: true }, lapse.lastDay);
    const blocks = opening({ n: 3, unit: 'months', moreThan: true }, lapse.lastDay);
    return [
      cause('5.9', lapse, since(lapse.debt, lapse.due, asOf)),
      cause('4.2/suspend', lapse, missed(lapse, lapse.due, suspends, asOf) ? since(lapse.debt, suspends, asOf) : null),
      cause('4.2/block', lapse, missed(lapse, lapse.due, blocks, asOf) ? sinceAll(judged, lapse, blocks, asOf) : null),
    ].flat();
  });
  const own = eventsOf(facts, 'operator', () => true).filter((event) => event.endedAt === null);
  const penalties = Object.fromEntries(
    judged.lapses.map(({ debt, lastDay }) => {
      const days = BigInt(daysOfDelay(debt, plus(lastDay, 1), dayOf(asOf)).length);
      return [debt.subject, { amount: thousandths(debt.amount * (days < 50n ? days : 50n)), days: Number(days) }];
    }),
  );
  const fines = Object.fromEntries(judged.lapses.map(({ debt }) => [debt.subject, FINE]));
  return total(judged, {
    causes: [...causes, ...own.map((one) => `4.2/force-majeure ${one.subject} ${one.at}`)],
    fines,
    penalties,
  });
}

/** idocs as of T known at R ≥ T, on a product whose carrier takes every warning at once. */
export function idocsAt(life: readonly Fact[], asOf: number, knownAt: number): ModelOutcome {
  const judged = idocsLaw(seenAt(life, asOf, knownAt), asOf);
  const causes = judged.lapses.flatMap((lapse) => {
    const warned = warnings(life, lapse.debt.subject, knownAt).findLast((one) => one.at <= asOf);
    if (warned === undefined || (warned.takenBackAt !== null && warned.takenBackAt <= asOf)) return [];
    // A warning that is older than the lapse, since the lapse has moved, warns from the lapse on.
    const from = Math.max(warned.at, lapse.due);
    const blocks = opening({ n: 3, unit: 'calendar days' }, dayOf(from));
    return missed(lapse, from, blocks, asOf) ? cause('4.6/block', lapse, sinceAll(judged, lapse, blocks, asOf)) : [];
  });
  const penalties = Object.fromEntries(
    judged.lapses.map(({ debt, lastDay }) => {
      const bases = daysOfDelay(debt, plus(lastDay, 1), dayOf(asOf));
      return [debt.subject, { amount: thousandths(bases.reduce((sum, one) => sum + one, 0n)), days: bases.length }];
    }),
  );
  const suspended = judged.lapses.some((lapse) => sinceAll(judged, lapse, lapse.due, asOf) !== null);
  return { ...total(judged, { causes, fines: {}, penalties }), suspended };
}

function idocsLaw(facts: readonly Fact[], asOf: number): Judged {
  const events = eventsOf(facts, 'participant', (began, notices) => {
    const due = opening({ n: 7, unit: 'calendar days' }, dayOf(began.at));
    return notices.some((one) => one.data['evidence'] === true && one.at < due);
  });
  return judged_(facts, asOf, 'invoice.received', () => ({ n: 7, unit: 'calendar days' }), events);
}

/** When warnings about a subject went out and were taken back, as the record grew. */
function warnings(life: readonly Fact[], subject: string, knownAt: number) {
  const sent: { at: number; takenBackAt: number | null }[] = [];
  const stops = turns(life).filter((at) => at <= knownAt);
  stops.forEach((from, position) => {
    const to = stops[position + 1] ?? knownAt + 1;
    // Between two turns the facts stay the same, so one look at the end of the span tells when the lapse comes in it.
    const due = idocsLaw(seenAt(life, from, from), to - 1).lapses.find((one) => one.debt.subject === subject)?.due;
    const last = sent.at(-1);
    const live = last !== undefined && last.takenBackAt === null;
    if (live && (due === undefined || due > from)) last.takenBackAt = from;
    if (due !== undefined && (!live || due > from)) sent.push({ at: Math.max(due, from), takenBackAt: null });
  });
  return sent;
}

interface Event {
  readonly subject: string;
  readonly at: number;
  readonly endedAt: number | null;
}

/** Force majeure that hit a party and counts for it. */
function eventsOf(
  facts: readonly Fact[],
  party: string,
  counts: (began: Fact, notices: readonly Fact[]) => boolean,
): readonly Event[] {
  const hits = (fact: Fact): boolean => [party, 'both'].includes(String(fact.data['by']));
  const about = (began: Fact, type: string) =>
    facts.filter((fact) => fact.type === type && fact.subject === began.subject && fact.at >= began.at && hits(fact));
  return facts
    .filter((fact) => fact.type === 'forcemajeure.began' && hits(fact))
    .filter((began) => counts(began, about(began, 'forcemajeure.notified')))
    .map((began) => ({
      subject: began.subject,
      at: began.at,
      endedAt: about(began, 'forcemajeure.ended')[0]?.at ?? null,
    }));
}

function judged_(
  facts: readonly Fact[],
  asOf: number,
  presented: string,
  term: (debt: Debt) => ModelTerm,
  events: readonly Event[],
): Judged {
  const debts = debtsOf(facts, presented);
  const tolls = events.map((one): ModelToll => ({
    from: dayOf(one.at),
    to: one.endedAt === null ? null : dayOf(one.endedAt),
  }));
  const clocks: Record<string, ModelClock> = {};
  const lapses: Lapse[] = [];
  for (const debt of debts) {
    const counted = count(term(debt), dayOf(debt.at), tolls);
    const last = counted?.last ?? null;
    const due = last === null ? Infinity : midnight(plus(last, 1));
    const settled = debt.steps.find((step) => step.unpaid === 0n && step.at < due);
    if (settled)
      clocks[debt.subject] = {
        state: settled.at === debt.cancelledAt && settled.by === 'invoice.cancelled' ? 'cancelled' : 'met',
        lastDay: null,
      };
    else if (due <= asOf && counted !== null && last !== null) {
      clocks[debt.subject] = { state: 'lapsed', lastDay: last, tolledDays: counted.tolled };
      lapses.push({ debt, lastDay: last, due });
    } else clocks[debt.subject] = { state: last === null ? 'tolled' : 'running', lastDay: last };
  }
  return { facts, debts, clocks, lapses };
}

/** The first late instant of a term that counts from a day. */
const opening = (term: ModelTerm, from: string): number => midnight(plus(count(term, from)?.last ?? '', 1));

/** Whether the invoice was unpaid just before `from`, and nothing settled it from then until an opening that has come. */
const missed = ({ debt }: Lapse, from: number, opens: number, asOf: number): boolean =>
  opens <= asOf &&
  unpaidBefore(debt, from) > 0n &&
  !debt.steps.some((step) => step.unpaid === 0n && step.at >= from && step.at < opens);

const cause = (clause: string, lapse: Lapse, since: number | null): readonly string[] =>
  since === null ? [] : [`${clause} ${lapse.debt.subject} ${since}`];

/** Since when, from an opening on, this invoice has been unpaid without a break; null when it is paid. */
function since(debt: Debt, opens: number, asOf: number): number | null {
  if (unpaidAt(debt, asOf) === 0n) return null;
  const paid = debt.steps.findLastIndex((step) => step.at >= opens && step.unpaid === 0n);
  return paid < 0 ? opens : (debt.steps[paid + 1]?.at ?? null);
}

/** The same, ended only when all invoices that have lapsed are paid; what brings it back is this invoice's own debt. */
function sinceAll(judged: Judged, lapse: Lapse, opens: number, asOf: number): number | null {
  const unpaid = new Map<Debt, bigint>();
  const lapsed = new Set<Debt>();
  const moves = judged.lapses.flatMap((one) => [
    { at: one.due, rank: 0, nth: 0, debt: one.debt, unpaid: null as bigint | null },
    ...one.debt.steps.map((step) => ({ ...step, rank: 1, debt: one.debt, unpaid: step.unpaid as bigint | null })),
  ]);
  moves.push({ at: opens, rank: 0.5, nth: 0, debt: lapse.debt, unpaid: null });
  let from: number | null = null;
  for (const move of moves.sort((a, b) => a.at - b.at || a.rank - b.rank || a.nth - b.nth)) {
    if (move.at > asOf) break;
    const before = unpaid.get(move.debt) ?? 0n;
    if (move.rank === 0) lapsed.add(move.debt);
    if (move.unpaid !== null) unpaid.set(move.debt, move.unpaid);
    if (move.rank === 0.5) from = move.at;
    const resumes = move.debt === lapse.debt && before === 0n && (move.unpaid ?? 0n) > 0n;
    if (from === null && move.at >= opens && resumes) from = move.at;
    if ([...lapsed].every((debt) => (unpaid.get(debt) ?? 0n) === 0n) && move.rank === 1) from = null;
  }
  return from;
}

/** Half up to the tiyn, once. */
const thousandths = (sum: bigint): bigint => (sum + 500n) / 1000n;

function total(judged: Judged, what: Pick<ModelOutcome, 'causes' | 'fines' | 'penalties'>): ModelOutcome {
  const owed = judged.debts.reduce((sum, debt) => sum + (debt.cancelledAt === null ? debt.amount : 0n), 0n);
  const fines = Object.values(what.fines).reduce((sum, one) => sum + one, 0n);
  const penalties = Object.values(what.penalties).reduce((sum, one) => sum + one.amount, 0n);
  return {
    clocks: judged.clocks,
    suspended: false,
    ...what,
    causes: [...what.causes].sort(),
    balance: owed + fines + penalties - creditedIn(judged.facts),
  };
}
