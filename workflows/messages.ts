import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ContractState } from '../rules/engine/outcome.js';
import type { Instant } from '../rules/law/types.js';
import type { NamedChange, Result } from '../prisma/types.js';

/** The task queue that workers listen on when nobody names another. */
export const TASK_QUEUE = 'merzim';

/** The registered name of the contract workflow: what `signalWithStart` starts. */
export const CONTRACT_WORKFLOW = 'contract';

/** What one run is told. Everything else is read from the record, so that continuing as new carries nothing. */
export interface ContractInput {
  readonly tenant: string;
  readonly contract: string;
}

/** The id under which a contract runs: one workflow per contract, and at most one open at a time. */
export const workflowIdOf = (tenant: string, contract: string): string => `contract/${tenant}/${contract}`;

/** "Look again": something was written to the record. It carries nothing, so many are as good as one. */
export const poke = defineSignal('poke');

/** Where a test clock shall go. */
export interface MoveClock {
  readonly to: Instant;
}

/** Where a test clock has come to, and how the contract stands there. */
export interface ClockMoved {
  readonly asOf: Instant;
  readonly seq: number;
  readonly state: ContractState;
}

/**
 * Moves a test-clock contract through every instant at which something happens, and answers when it is there and all
 * that was wanted on the way has been performed. A refusal (`clock.backward`, not a test-clock contract …) is a value.
 * The update's id is the idempotency key: the same id is the same move.
 */
export const moveClock = defineUpdate<Result<ClockMoved>, [MoveClock]>('moveClock');

/** The registered name of the workflow that brings a change of an offer to its contracts. */
export const AMENDMENT_WORKFLOW = 'amendment';

/** The id under which a change runs: one for each name that an operator gives. */
export const amendmentIdOf = ({ tenant, offer, name }: NamedChange): string =>
  `amendment/${[tenant, offer, name].map(encodeURIComponent).join('/')}`;

/** The three search attributes; each change is an event of the history, so they are written only when they change. */
export const OPERATOR = defineSearchAttributeKey('Operator', SearchAttributeType.KEYWORD);
/** The offer's id. */
export const OFFER = defineSearchAttributeKey('Offer', SearchAttributeType.KEYWORD);
/** The state of the contract. */
export const STATE = defineSearchAttributeKey('State', SearchAttributeType.KEYWORD);
