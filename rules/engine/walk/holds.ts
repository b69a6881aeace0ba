import type { Fact } from '../../facts/fact.js';
import type { Hold, Machine } from './state.js';

const clausesOf = (fact: Fact): readonly string[] | null => {
  const clauses = fact.data['clauses'];
  return Array.isArray(clauses) && clauses.length > 0 ? (clauses as string[]) : null;
};

const covers = (hold: Hold, clause: string, subject: string): boolean =>
  (hold.clauses === null ? !hold.except.includes(clause) : hold.clauses.includes(clause)) &&
  (hold.subject === 'contract' || hold.subject === subject);

/** Whether a hold freezes the rights and effects of this clause for this subject now (reading 20). */
export const heldNow = (machine: Machine, clause: string, subject: string): boolean =>
  machine.holds.some((hold) => hold.to === null && covers(hold, clause, subject));

/** Takes `hold.placed`, `hold.lifted` and `review.decided`; true when a hold has ended. */
export function takeHold(machine: Machine, fact: Fact): boolean {
  const clauses = clausesOf(fact);
  if (fact.type === 'hold.placed') {
    machine.holds.push({ clauses, except: [], subject: fact.subject, from: fact.at, to: null });
    return false;
  }
  let ended = false;
  for (const hold of [...machine.holds]) {
    if (hold.to !== null || hold.subject !== fact.subject) continue;
    if (clauses !== null && hold.clauses !== null && !hold.clauses.some((one) => clauses.includes(one))) continue;
    hold.to = fact.at;
    ended = true;
    if (clauses === null) continue;
    // What names clauses takes only those away; the rest stays frozen.
    const left = hold.clauses?.filter((one) => !clauses.includes(one)) ?? null;
    if (left === null || left.length > 0)
      machine.holds.push({
        clauses: left,
        except: [...hold.except, ...(left === null ? clauses : [])],
        subject: hold.subject,
        from: fact.at,
        to: null,
      });
  }
  return ended;
}

/** Whether what starts this clause for this subject was contested and overturned: it counts as never having been (reading 20). */
export function overturned(machine: Machine, clause: string, subject: string, at: number): boolean {
  const { overturned: decisions } = machine.record;
  if (decisions.length === 0) return false;
  return decisions.some((one) => {
    if (one.subject !== subject || at > one.at) return false;
    const clauses = one.clauses ?? contested(machine, one.subject, one.at);
    return clauses === null ? one.subject !== 'contract' : clauses.includes(clause);
  });
}

/** The clauses that the holds and requests for review about this subject named before the decision. */
function contested(machine: Machine, subject: string, before: number): readonly string[] | null {
  const named = machine.record.facts
    .filter(
      (fact) =>
        (fact.type === 'hold.placed' || fact.type === 'review.requested') &&
        fact.subject === subject &&
        fact.at <= before,
    )
    .flatMap((fact) => clausesOf(fact) ?? []);
  return named.length > 0 ? named : null;
}
