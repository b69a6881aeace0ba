import type { Amended, Amending } from '../prisma/types.js';
import type { Hands } from './index.js';

/** Which change goes to the contracts after which one, and to how many of them. */
export interface AmendRequest {
  readonly amending: Amending;
  readonly after: string | null;
  readonly limit: number;
}

/** Brings a change to one page of contracts. Can run twice without harm: each contract is told once. */
export const amendContracts =
  ({ record }: Hands) =>
  ({ amending, after, limit }: AmendRequest): Promise<Amended> =>
    record.amend(amending, after, limit);
