import type { Refusal } from '../law/types.js';
import type { Predicate } from './types.js';

/** A condition in json-rules-engine's language: `all`, `any`, `not` over `{ fact, operator, value }`. No JSONPath, no named conditions. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: string; readonly operator: string; readonly value: unknown };

type Compare = (left: unknown, right: unknown) => boolean;

const isNumber = (value: unknown): boolean => !Number.isNaN(Number.parseFloat(String(value)));

/** Looking into a text by `in` is the library's way, too; it throws on anything else. */
const isList = (value: unknown): value is readonly unknown[] & string =>
  Array.isArray(value) || typeof value === 'string';

const OPERATORS: Readonly<Record<string, Compare>> = {
  equal: (left, right) => left === right,
  notEqual: (left, right) => left !== right,
  in: (left, right) => isList(right) && right.indexOf(left as string) > -1,
  notIn: (left, right) => isList(right) && right.indexOf(left as string) === -1,
  contains: (left, right) => Array.isArray(left) && left.includes(right),
  doesNotContain: (left, right) => Array.isArray(left) && !left.includes(right),
  lessThan: (left, right) => isNumber(left) && (left as number) < (right as number),
  lessThanInclusive: (left, right) => isNumber(left) && (left as number) <= (right as number),
  greaterThan: (left, right) => isNumber(left) && (left as number) > (right as number),
  greaterThanInclusive: (left, right) => isNumber(left) && (left as number) >= (right as number),
};

/** The operators a condition may use, for errors and for the schema. */
export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS);

const refuse = (where: string, message: string): Refusal => ({ code: 'offer.condition', message, where });

/**
 * Compiles a condition to a synchronous predicate that gives what json-rules-engine gives for the same fields.
 * Refuses unknown operators and forms, with the place.
 */
export function compileCondition(source: unknown, where: string): Predicate | Refusal {
  if (typeof source !== 'object' || source === null || Array.isArray(source))
    return refuse(where, 'a condition is an object with all, any, not or fact');
  const node = source as Record<string, unknown>;
  if ('all' in node || 'any' in node) {
    const word = 'all' in node ? 'all' : 'any';
    if (Object.keys(node).length !== 1) return refuse(where, `beside "${word}" nothing else may stand`);
    const parts = node[word];
    if (!Array.isArray(parts)) return refuse(`${where}.${word}`, `"${word}" holds a list of conditions`);
    const compiled: Predicate[] = [];
    for (const [position, part] of parts.entries()) {
      const one = compileCondition(part, `${where}.${word}[${position}]`);
      if (typeof one !== 'function') return one;
      compiled.push(one);
    }
    // The library takes an empty list, of either word, as true.
    if (compiled.length === 0) return () => true;
    return word === 'all'
      ? (field) => compiled.every((one) => one(field))
      : (field) => compiled.some((one) => one(field));
  }
  if ('not' in node) {
    const inner = compileCondition(node['not'], `${where}.not`);
    return typeof inner === 'function' ? (field) => !inner(field) : inner;
  }
  const { fact, operator, value } = node;
  if (typeof fact !== 'string')
    return refuse(where, 'a condition names a fact, e.g. { fact: kind, operator: equal, value: credit }');
  const compare = typeof operator === 'string' ? OPERATORS[operator] : undefined;
  if (!compare) return refuse(where, `unknown operator "${String(operator)}"; there are ${OPERATOR_NAMES.join(', ')}`);
  if (!('value' in node)) return refuse(where, 'a condition has a value');
  const extra = Object.keys(node).filter((name) => name !== 'fact' && name !== 'operator' && name !== 'value');
  if (extra.length > 0)
    return refuse(where, `"${extra[0]}" is not part of a condition (there is no path language here)`);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const other = (value as Record<string, unknown>)['fact'];
    if (typeof other !== 'string') return refuse(where, 'a value is a constant, a list, or { fact: name }');
    return (field) => compare(field(fact), field(other));
  }
  if ((operator === 'in' || operator === 'notIn') && !Array.isArray(value))
    return refuse(where, `"${operator}" looks into a list, e.g. [subscription, credit]`);
  return (field) => compare(field(fact), value);
}

/** Every field that a condition looks at. */
export function fieldsOf(source: unknown): readonly string[] {
  if (typeof source !== 'object' || source === null) return [];
  if (Array.isArray(source)) return source.flatMap(fieldsOf);
  return Object.entries(source).flatMap(([name, value]) =>
    name === 'fact' && typeof value === 'string' ? [value] : fieldsOf(value),
  );
}
