import type { Judgement, Law } from '../rules/engine/types.js';
import type { Outcome } from '../rules/engine/outcome.js';
import type { Fact } from '../rules/facts/fact.js';
import type { Instant } from '../rules/law/types.js';
import { factsOf, readJournal } from './journal.js';
import { readAccess } from './access.js';
import { opened } from './held.js';
import { lawOf } from './law-of.js';
import { clockOf, readContract, type Stored } from './locked.js';
import { ownCases } from './own-case.js';
import type { Rec } from './record.js';
import { answer, isRefusal, refuse } from './refusals.js';
import { snapshot, type Tx } from './transact.js';
import { heldBack, withoutHeld } from './waves.js';
import type { Result } from './types.js';

/** A judgement, with the sequence of the last fact that was read and what it was judged from. */
export type Judged = Judgement & {
  readonly seq: number;
  readonly law: Law;
  readonly facts: readonly Fact[];
  readonly asOf: Instant;
};

/**
 * Judges a contract without writing anything: now, or as of another instant, as it was known then or later. Takes no lock. What the record itself
 * asks a person stands among the cases of the present; while a drift holds the contract, so does the access that stood, with what opened since, and
 * while a wave is held back nothing is shut by it.
 */
export async function outcomeOf(
  rec: Rec,
  tenant: string,
  id: string,
  view: { readonly asOf?: Instant; readonly knownAt?: Instant } = {},
): Promise<Result<Judged>> {
  return snapshot<Result<Judged>>(rec, tenant, async (tx) => {
    const contract = await readContract(tx, tenant, id);
    if (contract === null) return refuse('contract.unknown');
    if (contract.erasedAt !== null) return refuse('contract.erased');
    const law = await lawOf(rec, tx, contract);
    if (isRefusal(law)) return { ok: false, refusal: law };
    const facts = factsOf(await readJournal(tx, tenant, id));
    if (facts === null) return refuse('contract.erased');
    const now = Math.max(await clockOf(tx, contract), contract.asOf ?? -Infinity);
    const asOf = view.asOf ?? now;
    // Nothing is known of what is to come: an instant beyond is a forecast from what is known.
    const knownAt = Math.min(view.knownAt ?? asOf, Math.max(now, contract.asOf ?? now));
    const judgement =
      knownAt < asOf
        ? rec.engine.forecast(law, facts, { asOf, knownAt })
        : rec.engine.judge(law, facts, { asOf, knownAt: view.knownAt ?? asOf });
    const present = view.asOf === undefined && view.knownAt === undefined;
    const outcome = present ? await asItStands(tx, contract, judgement.outcome, law) : judgement.outcome;
    return answer({ ...judgement, outcome, seq: contract.head, law, facts, asOf });
  });
}

async function asItStands(tx: Tx, contract: Stored, outcome: Outcome, { offer }: Law): Promise<Outcome> {
  if (!contract.held && !contract.paused) return outcome;
  const cases = [...outcome.cases, ...(await ownCases(tx, contract, offer.zone))];
  if (!contract.held) return { ...outcome, cases, access: withoutHeld(outcome.access, await heldBack(tx, contract)) };
  const standing = await readAccess(tx, contract.tenant, contract.id);
  return { ...outcome, cases, access: opened(standing?.functions ?? {}, outcome.access) };
}
