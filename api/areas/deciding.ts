import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RightView } from '../../rules/engine/outcome.js';
import type { Refusal } from '../../rules/law/types.js';
import { contractPath, decision } from '../forms.js';
import type { Identity } from '../identity.js';
import type { Judged } from '../ports.js';
import { refuse } from '../refusal.js';
import type { Answered } from '../once.js';
import type { App, Area, Tools } from './area.js';

/** Rights are used or declined by people: the operator's by its lawyers, the participant's by the participant. */
export const deciding: Area = {
  roles: ['legal-ops', 'participant', 'admin'],
  routes: decide,
};

/** What is said of a contract that is not there, or is another tenant's. */
export const unknownContract: Refusal = {
  code: 'contract.unknown',
  message: 'No contract of this tenant has this id.',
};

type Decision = z.infer<typeof decision>;

function decide(app: App, { record, once }: Tools): void {
  const params = contractPath.extend({ key: z.string() });
  const schema = { summary: "A person's choice about a right", params, body: decision };
  app.post('/contracts/:id/rights/:key/decision', { schema }, (request, reply) =>
    once(request, reply, async (attempt): Promise<Answered> => {
      const { tenant } = request.identity;
      const { id, key } = request.params;
      const judged = await record.outcomeOf(tenant, id, {});
      if (!judged.ok) return judged.refusal;
      const { zone } = judged.value.law.offer;
      const factId = attempt === null ? undefined : `decision-${createHash('sha256').update(attempt).digest('hex')}`;
      const there = judged.value.facts.findIndex((fact) => fact.id === factId);
      const before = judged.value.facts[there];
      if (before !== undefined) {
        const fact = { id: before.id, seq: there + 1, recordedAt: zone.format(before.recordedAt) };
        return { status: 200, body: { fact } };
      }
      const right = openRight(judged.value, key, request.identity);
      if ('code' in right) return right;
      const fact = {
        ...choiceOf(right, request.body, zone.format(judged.value.asOf)),
        ...(factId === undefined ? {} : { id: factId }),
      };
      const added = await record.appendFacts(tenant, id, [fact]);
      if (!added.ok) return added.refusal;
      const [row] = added.value.facts;
      if (row === undefined) throw new Error('a fact was appended and no row answered');
      return { status: 200, body: { fact: { ...row, recordedAt: zone.format(row.recordedAt) } } };
    }),
  );
}

/** The right of a key, when it waits for a decision and whoever asks may make it. */
function openRight({ outcome }: Judged, key: string, { role }: Identity): RightView | Refusal {
  const right = outcome.rights.find((each) => each.key === key);
  if (right === undefined) return refuse('right.unknown', `there is no right ${key} at ${outcome.asOf}`);
  if (role !== 'admin' && (role === 'participant') !== (right.holder === 'participant')) {
    return refuse('right.not_yours', `the right ${key} is the ${right.holder}'s`);
  }
  if (right.state === 'open' || right.state === 'asked') return right;
  return refuse('right.not_open', `the right ${key} is ${right.state}; there is nothing to decide`);
}

/** The fact that a decision is. */
function choiceOf(right: RightView, { decision: made, effective, reason }: Decision, at: string) {
  const { clause, subject, holder } = right;
  const data = { clause, holder, reason, ...(effective === undefined ? {} : { effective }) };
  return { type: made === 'used' ? 'right.used' : 'right.declined', at, by: holder, subject, data };
}
