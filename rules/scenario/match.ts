import { parseInstant } from '../law/instant.js';
import type { Pattern } from './scenario.js';

/** Where what is named differs from what there is. */
export interface Mismatch {
  /** Path into the outcome: `access.portal.causes[0]`. */
  readonly path: string;
  readonly expected: unknown;
  /** What stands there; of a list, the entries that come nearest. */
  readonly got: unknown;
}

/**
 * Everything in which a value differs from a pattern; empty when it holds. All fields that an object names must hold;
 * each entry that a list names must hold for some entry there; an empty list is held by an empty list only. Instants
 * are equal when they are the same moment, all else when it is the same text, number or truth.
 */
export function mismatches(pattern: Pattern, value: unknown, path = ''): readonly Mismatch[] {
  if (isList(pattern)) return listMismatches(pattern, value, path);
  if (!isObject(pattern)) return equal(pattern, value) ? [] : [{ path, expected: pattern, got: value ?? null }];
  if (!isObject(value)) return [{ path, expected: pattern, got: value ?? null }];
  return Object.entries(pattern).flatMap(([name, inner]) => mismatches(inner, value[name], join(path, name)));
}

/**
 * Everything that a pattern under `none` should not have met. The innermost patterns are the deepest objects that name a
 * value; objects and lists around them only say where to look.
 */
export function forbidden(pattern: Pattern, value: unknown, path = ''): readonly Mismatch[] {
  if (isList(pattern)) {
    const entries = Array.isArray(value) ? (value as readonly unknown[]) : [];
    return pattern.flatMap((inner) => entries.flatMap((entry, i) => forbidden(inner, entry, `${path}[${i}]`)));
  }
  if (isObject(pattern) && onlyLooksThrough(pattern)) {
    if (!isObject(value)) return [];
    return Object.entries(pattern).flatMap(([name, inner]) => forbidden(inner, value[name], join(path, name)));
  }
  return mismatches(pattern, value, path).length === 0 ? [{ path, expected: { none: pattern }, got: value }] : [];
}

function listMismatches(pattern: readonly Pattern[], value: unknown, path: string): readonly Mismatch[] {
  if (!Array.isArray(value)) return [{ path, expected: pattern, got: value ?? null }];
  const entries = value as readonly unknown[];
  if (pattern.length === 0) return entries.length === 0 ? [] : [{ path, expected: [], got: entries }];
  return pattern.flatMap((inner, i) => {
    const scores = entries.map((entry) => mismatches(inner, entry).length);
    if (scores.includes(0)) return [];
    const least = Math.min(...scores);
    const nearest = entries.filter((_entry, index) => scores[index] === least).slice(0, 3);
    return [{ path: `${path}[${i}]`, expected: inner, got: nearest }];
  });
}

/** An object that names no value itself; the empty one names every object. */
const onlyLooksThrough = (pattern: Readonly<Record<string, Pattern>>): boolean =>
  Object.keys(pattern).length > 0 && !Object.values(pattern).some(names);

/** A value, or a list of bare values: something that is compared and not only looked through. */
const names = (pattern: Pattern): boolean =>
  isList(pattern)
    ? pattern.length === 0 || pattern.some((inner) => !isList(inner) && !isObject(inner))
    : !isObject(pattern);

function equal(expected: Pattern, got: unknown): boolean {
  if (expected === got || (expected === null && got === undefined)) return true;
  if (typeof expected !== 'string' || typeof got !== 'string') return false;
  const [a, b] = [parseInstant(expected), parseInstant(got)];
  return typeof a === 'number' && a === b;
}

const isList = (value: Pattern): value is readonly Pattern[] => Array.isArray(value);
const isObject = (value: unknown): value is Readonly<Record<string, Pattern>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
