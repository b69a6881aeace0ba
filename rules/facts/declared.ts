import { z } from 'zod';
import { factType } from './vocabulary.js';

/** A type of facts that an offer adds, with a JSON Schema for its data. */
export interface DeclaredFact {
  readonly type: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const compiled = new WeakMap<DeclaredFact['schema'], z.ZodType>();

/** The schemas for the data of a type, one of which they must pass: of the common vocabulary, else those that editions of the offer declare; none for a type that is unknown. */
export function schemasOf(type: string, declared: readonly DeclaredFact[]): readonly z.ZodType[] {
  const known = factType(type);
  if (known !== undefined) return [known.data];
  return declared.filter((entry) => entry.type === type).map(({ schema }) => compileSchema(schema));
}

/**
 * A JSON Schema (draft 2020-12) as a check. Throws on one that is none, so an offer with a wrong schema does not load.
 */
export function compileSchema(schema: DeclaredFact['schema']): z.ZodType {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  compiled.set(schema, check);
  return check;
}
