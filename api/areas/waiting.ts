import { z } from 'zod';
import { zoneOf } from '../../rules/law/zone.js';
import { caseCursor, cursorOf } from '../cursor.js';
import { page } from '../forms.js';
import type { Area } from './area.js';

/** What waits for a person of the operator. */
export const waiting: Area = {
  roles: ['legal-ops', 'billing', 'auditor', 'operator', 'admin'],
  routes(app, { record }) {
    const querystring = z.strictObject({ contract: z.string().optional(), after: caseCursor.optional(), ...page });
    app.get('/cases', { schema: { summary: 'Open cases, oldest first', querystring } }, async (request, reply) => {
      const { contract, after, limit } = request.query;
      const asked = {
        limit: limit + 1,
        ...(contract === undefined ? {} : { contract }),
        ...(after === undefined ? {} : { after }),
      };
      const found = await record.listCases(request.identity.tenant, asked);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const cases = shown.map((each) => ({ ...each, openedAt: ZONE.format(each.openedAt) }));
      return reply.send({ cases, next: found.length > limit && last !== undefined ? cursorOf(last) : null });
    });
  },
};

/** Cases of many contracts stand in one list, so their instants are written in one zone. */
const ZONE = zoneOf('Asia/Almaty');
