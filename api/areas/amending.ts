import { z } from 'zod';
import { zoneOf } from '../../rules/law/zone.js';
import { isRefusal } from '../../rules/law/refusal.js';
import type { AmendmentProgress, Change } from '../../prisma/index.js';
import { loadOffer } from '../../compose/library.js';
import { change as changeForm, defined, pace as paceForm, plain, shippedName } from '../forms.js';
import { sendProblem } from '../problem.js';
import { isClockAway } from '../clock.js';
import type { ApiClock } from '../ports.js';
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
      // Through JSON, because there what is absent is absent and not undefined.
      const change = JSON.parse(JSON.stringify({ ...named, offer: request.params.offer, by, how })) as Change;
      const started = await record.startAmending(tenant, change, { perSecond, paused });
      if (!started.ok) return started.refusal;
      const { progress: begun, fresh } = started.value;
      await look(clock, begun);
      return { status: fresh ? 202 : 200, body: view(begun) };
    }),
  );
}

function progress(app: App, { record }: Tools): void {
  const all = { summary: 'The changes of an offer, the newest first', params };
  app.get('/offers/:offer/amendments', { schema: all }, async (request, reply) => {
    const found = await record.listAmendments(request.identity.tenant, request.params.offer);
    return reply.send({ amendments: found.map(view) });
  });
  const schema = { summary: 'How far a change of an offer has come', params: named };
  app.get('/offers/:offer/amendments/:name', { schema }, async (request, reply) => {
    const found = await record.amendmentOf({ tenant: request.identity.tenant, ...request.params });
    return found === null ? sendProblem(reply, unknown(request.params.name)) : reply.send(view(found));
  });
}

function pace(app: App, { record, clock, once }: Tools): void {
  const schema = {
    summary: 'Pauses a change of an offer, lets it go on, faster or slower',
    params: named,
    body: paceForm,
  };
  app.post('/offers/:offer/amendments/:name/pace', { schema }, (request, reply) =>
    once(request, reply, async () => {
      const change = { tenant: request.identity.tenant, ...request.params };
      const paced = await record.paceAmendment(change, defined(request.body));
      if (!paced.ok) return paced.refusal;
      await look(clock, paced.value);
      return { status: 200, body: view(paced.value) };
    }),
  );
}

/** While Temporal is away the record keeps the change, and the sweep lets it go on. */
async function look(clock: ApiClock, { amending: { tenant, offer, name } }: AmendmentProgress): Promise<void> {
  try {
    await clock.pokeAmendment({ tenant, offer, name });
  } catch (error) {
    if (!isClockAway(error)) throw error;
  }
}

const unknown = (name: string) => ({
  code: 'amendment.unknown',
  message: `there is no change "${name}" of this offer`,
});

function view({
  amending: { offer, name, edition, at, by, how },
  state,
  perSecond,
  told,
  refused,
  refusals,
}: AmendmentProgress) {
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
    state,
    perSecond,
    told,
    refused,
    refusals,
  };
}
