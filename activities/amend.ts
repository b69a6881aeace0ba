import type { AmendmentPage, NamedChange } from '../prisma/types.js';
import type { Hands } from './index.js';

/** Brings a change to one page of contracts. Can run twice without harm: each contract is told once. */
export const amendNext =
  ({ record }: Hands) =>
  (change: NamedChange): Promise<AmendmentPage> =>
    record.amend(change);
