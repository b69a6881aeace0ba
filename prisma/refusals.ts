import type { Refusal } from '../rules/law/types.js';
import type { Result } from './types.js';

/** Every "no" that the record says, with what it means. */
export const RECORD_REFUSALS = {
  'contract.unknown': 'No contract of this tenant has this id.',
  'contract.conflict': 'A contract with this external id was made with other content.',
  'contract.unstorable': 'What the contract is made of holds text that cannot be kept.',
  'contract.erased': 'What this contract’s record says was erased: it cannot be judged any more.',
  'contract.otherwise':
    'This engine, or the law of today, judges otherwise what the last advance found: what stands stays until the contract is brought up, or a drift released.',
  'contract.no_test_clock': 'Only a contract that was made with a test clock can be moved through time.',
  'clock.backward': 'A clock moves forward only.',
  'edition.unknown': 'This edition of the offer is neither shipped nor stored.',
  'amendment.text':
    'An amendment of this subject was published with another text: one that brings a new text has a name of its own.',
  'amendment.unknown': 'No change of this name was started for this offer.',
  'amendment.conflict': 'A change of this name was started with other content.',
  'amendment.done': 'The change has gone to all contracts; its pace is no matter any more.',
  'amendment.broken': 'The change could not be told to this contract: the server made a mistake, and it is in its log.',
  'edition.ahead':
    'An edition is adopted from now or an earlier instant on; one that comes later is published with an amendment.',
  'fact.conflict': 'A fact with this id and other content is in the journal.',
  'fact.engine_only': 'Facts of this type are written by the engine only.',
  'act.unknown': 'There is no such act.',
  'act.lease_lost': 'Another hand holds this act.',
  'act.settled': 'This act was settled by another hand, or otherwise.',
  'answer.conflict': 'This idempotency key was used for another request.',
} as const;

/** A code of the record. */
export type RecordCode = keyof typeof RECORD_REFUSALS;

/** A refusal of the record, as a result. */
export function refuse(
  code: RecordCode,
  message?: string,
  where?: string,
): { readonly ok: false; readonly refusal: Refusal } {
  const text = message ?? RECORD_REFUSALS[code];
  return { ok: false, refusal: where === undefined ? { code, message: text } : { code, message: text, where } };
}

/** An answer. */
export function answer<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Tells a refusal from what it stands in for. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && !Array.isArray(value);
}
