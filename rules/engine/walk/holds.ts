import type { Fact } from '../../facts/fact.js';
import type { Rule } from '../../offer/types.js';
import { isMeant, provisionsNamed } from './editions.js';
import type { Hold, Machine } from './state.js';

const clausesOf = (fact: Fact): readonly string[] | null => {
  const clauses = fact.data['clauses'];
  return Array.isArray(clauses) && clauses.length > 0 ? (clauses as string[]) : null;
};

const covers = (hold: Hold, provision: string, subject: string): boolean =>
  (hold.provisions === null ? !hold.except.includes(provision) : hold.provisions.includes(provision)) &&
  (hold.subject === 'contract' || hold.subject === subject);

/** Whether a hold freezes the rights and effects of this provision for this subject now (reading 20). */
export const heldNow = (machine: Machine, provision: string, subject: string): boolean =>
  machine.holds.some((hold) => hold.to === null && covers(hold, provision, subject));

/** Takes `hold.placed`, `hold.lifted` and `review.decided`; true when a hold has ended. */
export function takeHold(machine: Machine, fact: Fact): boolean {
  const provisions = clausesOf(fact)?.flatMap((ref) => provisionsNamed(machine, ref)) ?? null;
  if (fact.type === 'hold.placed') {
    machine.holds.push({ provisions, except: [], subject: fact.subject, from: fact.at, to: null });
    return false;
  }
  let ended = false;
  for (const hold of [...machine.holds]) {
    if (hold.to !== null || hold.subject !== fact.subject) continue;
    if (provisions !== null && hold.provisions !== null && !hold.provisions.some((one) => provisions.includes(one)))
      continue;
    hold.to = fact.at;
    ended = true;
    if (provisions === null) continue;
    // What names clauses takes only those away; the rest stays frozen.
    const left = hold.provisions?.filter((one) => !provisions.includes(one)) ?? null;
    if (left === null || left.length > 0)
      machine.holds.push({
        provisions: left,
        except: [...hold.except, ...(left === null ? provisions : [])],
        subject: hold.subject,
        from: fact.at,
        to: null,
      });
  }
  return ended;
}

/** Whether what starts this rule for this subject was contested and overturned: it counts as never having been (reading 20). */
export function overturned(machine: Machine, rule: Rule, subject: string, at: number): boolean {
  const { overturned: decisions } = machine.record;
  if (decisions.length === 0) return false;
  return decisions.some((one) => {
    if (one.subject !== subject || at > one.at) return false;
    const clauses = one.clauses ?? contested(machine, one.subject, one.at);
    return clauses === null ? one.subject !== 'contract' : clauses.some((ref) => isMeant(machine, rule, ref));
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
