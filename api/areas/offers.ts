import { z } from 'zod';
import { loadOffer, offerIds } from '../../compose/library.js';
import { clauseRows, offerRow } from '../../cli/offer-rows.js';
import { isRefusal } from '../../rules/law/refusal.js';
import type { CompiledOffer } from '../../rules/offer/types.js';
import { diffOffers } from '../../rules/offer/diff/index.js';
import { lintOffer } from '../../rules/offer/lint/index.js';
import { shippedName } from '../forms.js';
import { sendProblem } from '../problem.js';
import type { Area } from './area.js';

const params = z.strictObject({ offer: shippedName });

/** Offers are public. */
export const offers: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'participant', 'admin'],
  routes(app) {
    app.get('/offers', { schema: { summary: 'The offers' } }, async (_request, reply) => {
      const found = offerIds().map((id) => loadOffer(id));
      const wrong = found.find(isRefusal);
      if (wrong !== undefined) return sendProblem(reply, wrong);
      return reply.send({ offers: found.filter((offer): offer is CompiledOffer => !isRefusal(offer)).map(offerRow) });
    });
    app.get('/offers/:offer', { schema: { summary: 'One offer', params } }, async (request, reply) => {
      const offer = loadOffer(request.params.offer);
      if (isRefusal(offer)) return sendProblem(reply, offer);
      const { operator, zone, calendarId: calendar, languages, functions, declared } = offer;
      return reply.send({ ...offerRow(offer), operator, zone: zone.id, calendar, languages, functions, declared });
    });
    app.get('/offers/:offer/clauses', { schema: { summary: 'Its clauses', params } }, async (request, reply) => {
      const offer = loadOffer(request.params.offer);
      return isRefusal(offer) ? sendProblem(reply, offer) : reply.send({ clauses: clauseRows(offer) });
    });
    const both = params.extend({ other: shippedName });
    app.get(
      '/offers/:offer/diff/:other',
      { schema: { summary: 'What changes for a participant', params: both } },
      async (request, reply) => {
        const [from, to] = [loadOffer(request.params.offer), loadOffer(request.params.other)];
        if (isRefusal(from)) return sendProblem(reply, from);
        return isRefusal(to) ? sendProblem(reply, to) : reply.send(diffOffers(from, to));
      },
    );
    app.get(
      '/offers/:offer/lint',
      { schema: { summary: 'What a lawyer should look at', params } },
      async (request, reply) => {
        const offer = loadOffer(request.params.offer);
        return isRefusal(offer) ? sendProblem(reply, offer) : reply.send({ findings: lintOffer(offer) });
      },
    );
  },
};
