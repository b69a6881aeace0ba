import type { Outcome } from '../rules/engine/outcome.js';
import type { Fact } from '../rules/facts/fact.js';
import { digestOf, hashOf } from './chain.js';
import { factsOf, type FullRow } from './journal.js';
import type { Stored } from './locked.js';
import type { Standing } from './read-models.js';

/** What a process remembers of a contract that it has advanced. */
export interface Remembered {
  /** The facts up to `seq`, where the chain's hash is `headHash`. */
  readonly seq: number;
  readonly headHash: string;
  readonly facts: readonly Fact[];
  /** What stands in the read models of this outcome. */
  readonly outcomeHash: string;
  readonly standing: Standing;
  /** That outcome itself, so that what is equal in the next one need not be written out again. */
  readonly outcome: Outcome;
}

/**
 * What was read before and need not be read again. Nothing in it is believed: facts hold as long as the row of the contract, which is
 * read anew under its lock, says that the chain is at (or goes on from) the hash they were read at; the read models as long as it says
 * that their outcome is the one that was written last. So it may be lost, be old, or come from a transaction that was rolled back.
 */
export interface Memory {
  of(contract: Named): Remembered | null;
  keep(contract: Named, remembered: Remembered): void;
  /** Forgets one contract, or everything. */
  forget(contract?: Named): void;
}

type Named = Pick<Stored, 'tenant' | 'id'>;

/** A memory for contracts of this many facts together; those that were not used for longest go first. */
export function memoryOf(mostFacts: number): Memory {
  const kept = new Map<string, Remembered>();
  let facts = 0;
  const nameOf = ({ tenant, id }: Named): string => JSON.stringify([tenant, id]);
  const drop = (name: string): void => {
    facts -= kept.get(name)?.facts.length ?? 0;
    kept.delete(name);
  };
  return {
    of(contract) {
      const name = nameOf(contract);
      const found = kept.get(name);
      if (found === undefined) return null;
      kept.delete(name);
      kept.set(name, found); // the newest is the last
      return found;
    },
    keep(contract, remembered) {
      const name = nameOf(contract);
      drop(name);
      kept.set(name, remembered);
      facts += remembered.facts.length;
      for (const oldest of kept.keys()) {
        if (facts <= mostFacts) break;
        drop(oldest);
      }
    },
    forget(contract) {
      if (contract !== undefined) drop(nameOf(contract));
      else {
        kept.clear();
        facts = 0;
      }
    },
  };
}

/** What is remembered with what came since; null when the chain does not lead from there to the contract's head. */
export function joined(known: Remembered, since: readonly FullRow[], contract: Stored): readonly Fact[] | null {
  let hash = known.headHash;
  for (const row of since) {
    if (row.salt === null || row.body === null || digestOf(row.salt, row.body) !== row.digest) return null;
    hash = hashOf(hash, row);
    if (hash !== row.hash) return null;
  }
  if (hash !== contract.headHash || known.seq + since.length !== contract.head) return null;
  const facts = factsOf(since);
  return facts === null ? null : since.length === 0 ? known.facts : [...known.facts, ...facts];
}
