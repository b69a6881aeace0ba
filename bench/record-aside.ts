import { auditChain, outcomeOf, type Rec } from '../prisma/index.js';
import { brokenAt } from '../prisma/chain.js';
import type { Row } from './measure.js';
export async function aside(_rec: Rec, _tenant: string, _facts: number): Promise<Row[]> { void auditChain; void outcomeOf; void brokenAt; return []; }
