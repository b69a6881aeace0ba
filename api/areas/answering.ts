import { z } from 'zod';
import { latestOf } from '../../rules/engine/index.js';
import type { Act } from '../../rules/engine/types.js';
import { contractPath, plain } from '../forms.js';
import { refuse } from '../refusal.js';
import type { App, Area, Tools } from './area.js';

/** What the world cannot say by itself, people and the operator's systems say: what became of an effect, and that a contract may go on. */
export const answering: Area = {
  roles: ['legal-ops', 'operator', 'admin'],
  routes(app, tools) {
    resolve(app, tools);
    release(app, tools);
  },
};

const reason = plain.min(1).max(10_000);
const resolution = z.strictObject({
  outcome: z.enum(['performed', 'confirmed', 'refused', 'failed']).describe('what became of it'),
  operation: z.enum(['do', 'undo', 'correct']).optional().describe('by default the one that waits for an answer'),
  reason,
});

function resolve(app: App, { record, once }: Tools): void {
  const params = contractPath.extend({ key: z.string() });
  const schema = { summary: 'What became of an effect that waits for an answer', params, body: resolution };
  app.post('/contracts/:id/effects/:key/resolution', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const { tenant, role } = request.identity;
      const { id, key } = request.params;
      const judged = await record.outcomeOf(tenant, id, {});
      if (!judged.ok) return judged.refusal;
      const act = latestOf(judged.value.acts.get(key));
      if (act === undefined) return refuse('effect.unknown', `nothing was done yet under the key ${key}`);
      const { outcome, operation = waitingOf(act), reason: why } = request.body;
      const item = { contract: id, key, generation: act.generation, operation, kind: act.kind, subject: act.subject };
      const resolved = await record.resolveAct(tenant, item, { outcome, receipt: { by: role, reason: why } });
      if (!resolved.ok) return resolved.refusal;
      return { status: 200, body: { key, generation: act.generation, operation, outcome } };
    }),
  );
}

/** What of an effect waits for an answer. */
const waitingOf = ({ pending, unsettled, state }: Act): 'do' | 'undo' | 'correct' =>
  pending ?? unsettled?.operation ?? (state === 'undoing' ? 'undo' : 'do');

function release(app: App, { record, once }: Tools): void {
  const summary = 'A person has looked at what is held: a contract by a drift, or undoings by a wave';
  const of = z.enum(['drift', 'wave']).optional().describe('by default a drift, and a wave where there is none');
  const schema = { summary, params: contractPath, body: z.strictObject({ reason, of }) };
  app.post('/contracts/:id/release', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const { tenant, role } = request.identity;
      const { reason: why, of: what } = request.body;
      const released = await record.release(tenant, request.params.id, `${role}: ${why}`, what);
      return released.ok ? { status: 200, body: released.value } : released.refusal;
    }),
  );
}
