import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical JSON: one text for one value. The same text as the reference implementation, which is asked about whatever is
 * not plain data; objects of one shape are sorted once and not each time. Throws on what JSON cannot say.
 */
export function canonical(value: unknown): string {
  const text = write(value, 0);
  // Only control characters and halves of surrogate pairs are written with \u, and the halves are refused.
  if (text !== undefined && !text.includes('\\ud')) return text;
  return reference(value);
}

function reference(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}

/** Deeper than this the reference implementation goes on, which needs no stack. */
const DEEPEST = 100;

/** Undefined for what JSON leaves out. */
function write(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : reference(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth === DEEPEST || !isPlain(value)) return canonicalize(value);
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value as Plain, depth);
    default:
      return canonicalize(value);
  }
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === Array.prototype || prototype === null) &&
    (value as { toJSON?: unknown }).toJSON === undefined
  );
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  for (let at = 0; at < values.length; at += 1) {
    if (at > 0) text += ',';
    text += write(values[at], depth + 1) ?? 'null';
  }
  return `${text}]`;
}

function writeObject(value: Plain, depth: number): string {
  let text = '{';
  for (const { key, name } of membersOf(Object.keys(value))) {
    const written = write(value[key], depth + 1);
    if (written !== undefined) text += text.length === 1 ? name + written : `,${name}${written}`;
  }
  return `${text}}`;
}

/** A member of an object, and how its name is written. */
interface Member {
  readonly key: string;
  readonly name: string;
}

/** Keys as they come, and the members in order. */
interface Shape {
  readonly keys: readonly string[];
  readonly members: readonly Member[];
}

/** Shapes by their first key. What people send may have any keys, so no more than this many are kept. */
const shapes = new Map<string, Shape[]>();
const MOST_SHAPES = 500;
let known = 0;

function membersOf(keys: readonly string[]): readonly Member[] {
  const first = keys[0];
  if (first === undefined) return [];
  const near = shapes.get(first);
  const found = near?.find((shape) => isSame(shape.keys, keys));
  if (found !== undefined) return found.members;
  const members = keys.toSorted().map((key) => ({ key, name: `${JSON.stringify(key)}:` }));
  if (known < MOST_SHAPES) {
    known += 1;
    if (near === undefined) shapes.set(first, [{ keys, members }]);
    else near.push({ keys, members });
  }
  return members;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
