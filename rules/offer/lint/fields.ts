import type { z } from 'zod';
import { factType } from '../../facts/vocabulary.js';
import type { CompiledOffer, EventSpec, Happening, Rule } from '../types.js';

/** The values that a field may have; null where any may stand. */
export type Values = readonly unknown[] | null;
/** Fields of the data, with their values; null where they cannot be told. */
export type Fields = ReadonlyMap<string, Values> | null;

const merged = (all: readonly Fields[]): Fields => {
  const fields = new Map<string, Values>();
  for (const one of all) {
    if (one === null) return null;
    for (const [name, values] of one) {
      const known = fields.get(name);
      fields.set(name, known === undefined ? values : known === null || values === null ? null : [...known, ...values]);
    }
  }
  return fields;
};

/** The fields that the data of a fact may have, by the vocabulary or the offer's own schema; null for unknown types. */
export function fieldsOfFact(offer: CompiledOffer, type: string): Fields {
  const known = factType(type);
  if (known !== undefined)
    return new Map(Object.entries(known.data.shape).map(([name, schema]) => [name, optionsOf(schema as z.ZodType)]));
  const own = offer.declared.find((fact) => fact.type === type);
  if (own === undefined || own.schema['additionalProperties'] !== false) return null;
  const properties = (own.schema['properties'] ?? {}) as Readonly<Record<string, { enum?: readonly unknown[] }>>;
  return new Map([
    ['by', null],
    ...Object.entries(properties).map(([name, schema]) => [name, schema.enum ?? null] as const),
  ]);
}

function optionsOf(schema: z.ZodType): Values {
  const inner = schema as { options?: readonly unknown[]; unwrap?: () => z.ZodType };
  if (Array.isArray(inner.options) && inner.options.every((one) => typeof one === 'string')) return inner.options;
  return typeof inner.unwrap === 'function' ? optionsOf(inner.unwrap()) : null;
}

/** The fields that a happening carries: chains keep the data of their origin. Null where they cannot be told. */
export function fieldsOfHappening(offer: CompiledOffer, what: Happening, seen: ReadonlySet<Rule> = new Set()): Fields {
  switch (what.on) {
    case 'fact':
      return fieldsOfFact(offer, what.type);
    case 'use': {
      const origins = merged(rulesOf(offer, what.ref, seen));
      return origins === null ? null : merged([origins, fieldsOfFact(offer, 'right.used')]);
    }
    case 'lapse':
    case 'met':
    case 'opening':
    case 'performance':
      return merged(rulesOf(offer, what.ref, seen));
    default:
      return null;
  }
}

const rulesOf = (offer: CompiledOffer, ref: string, seen: ReadonlySet<Rule>): readonly Fields[] =>
  offer.rules
    .filter((rule) => rule.clause === ref && !seen.has(rule))
    .flatMap((rule) => rule.on.map((event) => fieldsOfHappening(offer, event.what, new Set([...seen, rule]))));

/** The fields of anything that starts a rule. */
export const fieldsOfStart = (offer: CompiledOffer, rule: Rule): Fields =>
  merged(rule.on.map((event: EventSpec) => fieldsOfHappening(offer, event.what, new Set([rule]))));
