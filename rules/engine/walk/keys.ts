import type { Fact } from '../../facts/fact.js';
import { instantOf } from './named.js';
import type { Cause } from './cause.js';
import type { Machine } from './state.js';

/**
 * Whether the key with which a document was signed was compromised when the document came, and nobody had asked to resume it since. It looks at the
 * whole record and not at what was walked, because a notice names an earlier hour of compromise and so reaches back to documents that came before it.
 */
export function signedWithCompromisedKey(machine: Machine, { subject, data, at }: Cause): boolean {
  const { facts } = machine.record;
  const received =
    subject === 'contract'
      ? undefined
      : facts.find((fact) => fact.type === 'document.received' && fact.subject === subject);
  const key = data['key'] ?? received?.data['key'];
  if (typeof key !== 'string') return false;
  const came = received?.at ?? at;
  const about = facts.filter((fact) => fact.subject === key);
  return about.some(
    (fact) =>
      fact.type === 'key.compromised' &&
      sinceOf(machine, fact) <= came &&
      !about.some((later) => later.type === 'key.resumed' && later.at > fact.at && later.at <= came),
  );
}

const sinceOf = (machine: Machine, notice: Fact): number => instantOf(machine, notice.data['since']) ?? notice.at;
