import type { Refusal } from '../law/types.js';

/** The facts' part of the one catalogue of errors: every code that reading a fact can refuse with, and when it does. */
export const FACT_REFUSALS = {
  'fact.invalid': 'The fact is not of the form { id?, type, at | on, by?, subject?, data? }.',
  'fact.unknown_type': 'Neither the common vocabulary nor the offer has a fact of this type.',
  'fact.invalid_data': 'The data of the fact fail the schema of its type.',
  'fact.invalid_instant':
    'The fact does not say when it happened: exactly one of `at`, an instant with an offset, and `on`, a day.',
  'fact.recorded_at_forbidden': 'A server sets `recordedAt` by itself and takes it from nobody.',
  'fact.in_future': 'The fact is said to have happened more than 5 minutes after it became known.',
  'fact.internal_type': 'Only the engine writes facts of this type.',
  'fact.duplicate_id': 'Two facts of one list have the same id.',
  'fact.id_required': 'A fact about a payment must carry the id that its sender knows it by.',
  'fact.conflict': 'A fact with this id and other content is in the journal.',
} as const;

export type FactCode = keyof typeof FACT_REFUSALS;

/** A refusal from the catalogue; `where` is the path into what was sent: `facts[3].data.amount`. */
export function refuseFact(code: FactCode, message: string, where: string): Refusal {
  return { code, message: `${where}: ${message}`, where };
}
