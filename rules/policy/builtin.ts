import type { Policy, PolicyQuestion } from './types.js';

const ENDS_OR_MOVES = new Set(['end', 'apply', 'consent', 'invoice']);

/** Uses by itself only rights that restrict access or claim money; to withdraw, to end, to move somebody is always put to a person (reading 10). */
const automatic = (right: PolicyQuestion): 'use' | 'ask' =>
  right.does.some((one) => one === 'restrict' || one === 'claim') && !right.does.some((one) => ENDS_OR_MOVES.has(one))
    ? 'use'
    : 'ask';

/** The policies that need no file: `automatic`, `ask` (every right is put to a person), `leave` (nothing is done). */
export const BUILT_IN: Readonly<Record<string, Policy>> = {
  automatic: { id: 'automatic', decide: automatic },
  ask: { id: 'ask', decide: () => 'ask' },
  leave: { id: 'leave', decide: () => 'leave' },
};
