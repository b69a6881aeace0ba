import { z } from 'zod';
import { zoneOf } from '../../rules/law/zone.js';
import { isRefusal } from '../../rules/law/refusal.js';
import type { Change } from '../../prisma/index.js';
import type { Progress } from '../../workflows/messages.js';
import { loadOffer } from '../../compose/library.js';
import { canonical } from '../../rules/facts/canonical.js';
import { change as changeForm, pace as paceForm, plain, shippedName } from '../forms.js';
import { sendProblem } from '../problem.js';
import { refuse } from '../refusal.js';
import type { App, Area, Tools } from './area.js';

/** Changes of an offer that go to all of its contracts. */
export const amending: Area = {
  roles: ['legal-ops', 'admin'],
  routes(app, tools) {
    start(app, tools);
    progress(app, tools);
    pace(app, tools);
  },
};

const params = z.strictObject({ offer: shippedName });
const named = params.extend({ name: plain.min(1).max(100) });

function start(app: App, { record, clock, once }: Tools): void {
  const schema = { summary: 'Brings an edition to all contracts of an offer, at a set rate', params, body: changeForm };
  app.post('/offers/:offer/amendments', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const { tenant, role: by } = request.identity;
      const { perSecond, paused, publish, adopt, ...named } = request.body;
      const how =
        publish === undefined ? { as: 'adoption' as const, ...adopt! } : { as: 'amendment' as const, ...publish };
      const { offer } = request.params;
      // Through JSON, because there what is absent is absent and not undefined.
      const wanted = JSON.parse(JSON.stringify({ ...named, offer, by, how })) as Change;
      const fixed = await record.startAmending(tenant, wanted);
      if (!fixed.ok) return fixed.refusal;
      const fresh = await clock.amend(fixed.value, { perSecond, paused });
      const there = fresh ?? (await clock.amendment(fixed.value));
      if (there === null) return unknown(wanted.name);
      if (!same(there, wanted))
        return refuse('amendment.conflict', `a change "${wanted.name}" was started with other content`);
      return { status: fresh === null ? 200 : 202, body: view(there) };
    }),
  );
}

function progress(app: App, { clock }: Tools): void {
  const schema = { summary: 'How far a change of an offer has come', params: named };
  app.get('/offers/:offer/amendments/:name', { schema }, async (request, reply) => {
    const found = await clock.amendment({ tenant: request.identity.tenant, ...request.params });
    return found === null ? sendProblem(reply, unknown(request.params.name)) : reply.send(view(found));
  });
}

function pace(app: App, { clock, once }: Tools): void {
  const schema = {
    summary: 'Pauses a change of an offer, lets it go on, faster or slower',
    params: named,
    body: paceForm,
  };
  app.post('/offers/:offer/amendments/:name/pace', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const change = { tenant: request.identity.tenant, ...request.params };
      const wish = JSON.parse(JSON.stringify(request.body)) as { perSecond?: number; paused?: boolean };
      const taken = await clock.pace(change, wish);
      const found = await clock.amendment(change);
      if (found === null) return unknown(change.name);
      if (!taken) return refuse('amendment.done', `the change "${change.name}" has gone to all contracts`);
      return { status: 200, body: view({ ...found, ...wish }) };
    }),
  );
}

const unknown = (name: string) => refuse('amendment.unknown', `there is no change "${name}" of this offer`);

/** Whether a change that was started is the one that is asked for: the newest edition is any. */
function same({ amending: there }: Progress, { edition, by: _by, ...asked }: Change): boolean {
  const { tenant: _tenant, edition: fixed, at: _at, by: _who, ...begun } = there;
  return (edition === undefined || edition === fixed) && canonical(begun) === canonical(asked);
}

function view({
  amending: { offer, name, edition, at, by, how },
  state,
  paused,
  perSecond,
  told,
  refused,
  refusals,
}: Progress) {
  const { as, ...said } = how;
  const known = loadOffer(offer);
  const zone = isRefusal(known) ? zoneOf('UTC') : known.zone;
  const shown = 'from' in said && said.from !== undefined ? { ...said, from: zone.format(said.from) } : said;
  return {
    offer,
    name,
    edition,
    at: zone.format(at),
    by,
    publish: as === 'amendment' ? shown : null,
    adopt: as === 'adoption' ? shown : null,
    state: state === 'done' ? state : paused ? ('paused' as const) : state,
    perSecond,
    told,
    refused,
    refusals,
  };
}
