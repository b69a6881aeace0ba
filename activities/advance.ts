import type { Instant } from '../rules/law/types.js';
import type { Advanced, Result } from '../prisma/types.js';
import { crashPoint } from '../launch/crash-point.js';
import type { Hands } from './index.js';

/** Which contract is judged, and where its test clock is moved to. */
export interface AdvanceRequest {
  readonly tenant: string;
  readonly contract: string;
  readonly to?: Instant;
}

/**
 * Judges the record once and writes the differences, in one transaction of the record. Can run twice without harm: the
 * second finds nothing to write. A refusal (no such contract, a clock moved backward) is a value; a database that is
 * away is thrown and tried again by the server.
 */
export const advanceContract =
  ({ record }: Hands) =>
  async ({ tenant, contract, to }: AdvanceRequest): Promise<Result<Advanced>> => {
    const advanced = await record.advance(tenant, contract, to);
    crashPoint('activity.advanced');
    return advanced;
  };
