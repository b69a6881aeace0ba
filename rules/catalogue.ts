import { FACT_REFUSALS } from './facts/refusal.js';
import { LAW_REFUSALS } from './law/refusal.js';
import { SCENARIO_REFUSALS } from './scenario/refusal.js';

/** What reading an offer can refuse with. */
export const OFFER_REFUSALS = {
  'offer.unknown': 'There is no offer of this name.',
  'offer.too_large': 'The offer is longer than two million characters.',
  'offer.too_deep': 'The offer nests deeper than 100 levels.',
  'offer.yaml': 'The offer is not YAML.',
  'offer.alias': 'The offer uses YAML aliases.',
  'offer.form': 'The offer is not of the form that its schema describes.',
  'offer.no_rule': 'A clause has neither a rule nor a reason for having none.',
  'offer.no_start': 'A rule does not say what starts it.',
  'offer.happening': 'A rule waits for something that is not a happening.',
  'offer.condition': 'A condition is not in the language of conditions, or looks at a field that is not there.',
  'offer.percent': 'A rate is not a percentage.',
  'offer.fine': 'A fine is not a number of MCI.',
  'edition.cannot_follow':
    'A contract cannot come under this edition: it is of another offer, or counts by another calendar or in another zone.',
  'offer.cycle': 'Clauses start each other with no time between.',
  'offer.fact_schema': 'What an offer says about the data of a fact is not a JSON Schema.',
  'offer.unknown_clause': 'A rule refers to a clause that the offer does not have.',
} as const;

/** What reading a policy can refuse with. */
export const POLICY_REFUSALS = {
  'policy.unknown': 'There is no policy of this name.',
  'policy.yaml': 'The policy is not YAML.',
  'policy.form': 'The policy is not of the form { policy, decide, otherwise }.',
  'policy.unknown_fact': 'A condition of the policy looks at something that policies do not see.',
  'policy.condition': 'A condition of the policy is not in the language of conditions.',
} as const;

/** Every code that the rules can refuse with, and what it means. Statuses of any protocol are none of their business. */
export const RULES_CATALOGUE: Readonly<Record<string, string>> = {
  ...LAW_REFUSALS,
  ...OFFER_REFUSALS,
  ...POLICY_REFUSALS,
  ...FACT_REFUSALS,
  ...SCENARIO_REFUSALS,
};
