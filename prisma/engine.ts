import { existsSync, readFileSync } from 'node:fs';
import type { Judge, Law, Reconcile } from '../rules/engine/types.js';
import { ENGINE_VERSION, forecast, judge, reconcile } from '../rules/engine/index.js';
import type { Fact, FactInput } from '../rules/facts/fact.js';
import { readFacts } from '../rules/facts/read.js';
import { declaredIn } from '../rules/offer/declared.js';
import type { Instant, Refusal } from '../rules/law/types.js';
import type { ContractRow } from './types.js';

/** Reads facts of a request: all of them, or why none. `hashId` names what comes without an id, by its canonical content. */
export type ReadFacts = (
  inputs: readonly FactInput[],
  context: { readonly law: Law; readonly now: Instant; readonly hashId: (content: string) => string },
) => readonly Fact[] | Refusal;

/** The law as functions: what the record asks and never decides itself. */
export interface Engine {
  /** Changes whenever the same record could be judged otherwise. */
  readonly version: string;
  readonly judge: Judge;
  /** Judges beyond what is known: as the contract would go on if nothing more were heard. */
  readonly forecast: Judge;
  readonly reconcile: Reconcile;
  readonly readFacts: ReadFacts;
}

/** The product's own. */
export const ENGINE: Engine = {
  version: engineVersion(),
  judge,
  forecast,
  reconcile,
  readFacts: (inputs, { law, now, hashId }) =>
    readFacts(inputs, { zone: law.offer.zone, declared: declaredIn(law.offer), mode: 'server', now, hashId }),
};

/** The number that is kept by hand, and in a build the digest of the compiled rules: no change of judgement can go without another version. */
function engineVersion(): string {
  const built = new URL('../engine-digest', import.meta.url);
  return existsSync(built) ? `${ENGINE_VERSION}-${readFileSync(built, 'utf8').trim()}` : ENGINE_VERSION;
}

/** What names a law: its offer's edition (of several that a contract may come under, all, with a plus between; of policies likewise), the calendar with all rates, and the policy. Equal names mean equal law. */
export interface LawName {
  readonly edition: string;
  readonly calendar: string;
  readonly policy: string;
}

/** Where laws come from. Editions are immutable and named by content hash; one that this build does not ship is learned from its stored text. */
export interface LawSource {
  /** The newest edition of an offer, with its text. */
  current(offer: string): { readonly edition: string; readonly text: string } | Refusal;
  /** True when `lawFor` can answer for this edition. */
  has(edition: string): boolean;
  /** Takes the stored text of an edition in; refuses one that does not give that edition. */
  learn(edition: string, text: string): Refusal | null;
  /** Null when the policy is known, else why it is not. */
  policy(id: string): Refusal | null;
  /** The law of a contract; `adopted` and `policies`: what its facts bring, in the order in which it became known. */
  lawFor(
    contract: Pick<ContractRow, 'offer' | 'edition' | 'policy' | 'participant'> &
      Partial<Pick<ContractRow, 'adopted' | 'policies'>>,
  ): Law | Refusal;
  nameOf(law: Law): LawName;
}
