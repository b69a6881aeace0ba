import type { Refusal } from '../law/types.js';
import { refuseScenario } from './refusal.js';
import type { Pattern } from './scenario.js';
import type { Shape } from './shape.js';
import type { Yaml } from './yaml.js';

/**
 * Checks that a pattern names only what an outcome can have: a misspelt name under `none` would hold for ever. A number
 * where the outcome has text is read as it was written, so that `clause: 5.10` is clause 5.10 and not 5.1.
 */
export function readPattern(value: unknown, shape: Shape, path: readonly PropertyKey[], yaml: Yaml): Pattern | Refusal {
  const wrong = (what: string): Refusal => refuseScenario('scenario.form', `must be ${what}`, yaml.where(path));
  if (shape.is === 'anything' || value === null) return value as Pattern;
  switch (shape.is) {
    case 'text':
      if (typeof value === 'number') return yaml.source(path) ?? String(value);
      return typeof value === 'string' ? value : wrong('text');
    case 'number':
      return typeof value === 'number' ? value : wrong('a number');
    case 'flag':
      return typeof value === 'boolean' ? value : wrong('true or false');
    case 'list':
      return Array.isArray(value) ? readList(value, shape.of, path, yaml) : wrong('a list');
    case 'map':
    case 'object':
      return isObject(value) ? readObject(value, shape, path, yaml) : wrong('an object');
  }
}

function readList(entries: readonly unknown[], of: Shape, path: readonly PropertyKey[], yaml: Yaml): Pattern | Refusal {
  const read: Pattern[] = [];
  for (const [index, entry] of entries.entries()) {
    const pattern = readPattern(entry, of, [...path, index], yaml);
    if (isRefusalOf(pattern)) return pattern;
    read.push(pattern);
  }
  return read;
}

type Named = Extract<Shape, { readonly is: 'map' | 'object' }>;

function readObject(
  value: Readonly<Record<string, unknown>>,
  shape: Named,
  path: readonly PropertyKey[],
  yaml: Yaml,
): Pattern | Refusal {
  const read: [string, Pattern][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const place = [...path, name];
    const own = shape.is === 'map' ? shape.of : Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (own === undefined) {
      const allowed = shape.is === 'map' ? '' : Object.keys(shape.fields).join(', ');
      return refuseScenario(
        'scenario.unknown_part',
        `checks do not name this; they may name: ${allowed}`,
        yaml.where(place),
      );
    }
    const pattern = readPattern(inner, own, place, yaml);
    if (isRefusalOf(pattern)) return pattern;
    read.push([name, pattern]);
  }
  return Object.fromEntries(read);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No part of an outcome has both a code and a message, so a pattern is never taken for a refusal. */
export const isRefusalOf = (value: Pattern | Refusal): value is Refusal =>
  isObject(value) && 'code' in value && 'message' in value;
