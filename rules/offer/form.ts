import { z } from 'zod';
import { offerSchema } from './schema.js';

/** `schemas/offer.schema.json`: the form of an offer file as a JSON Schema (draft 2020-12), by which editors complete and check it. */
export function offerJsonSchema(): string {
  const schema = {
    title: 'An offer of Merzim',
    ...z.toJSONSchema(offerSchema, { io: 'input' }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
