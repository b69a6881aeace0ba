import type { Condition } from '../condition.js';

interface Leaf {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

/** What must hold whenever a condition holds: the leaves that no `any` and no `not` stands above. */
export function needs(source: unknown): readonly Leaf[] {
  if (typeof source !== 'object' || source === null) return [];
  const node = source as Condition;
  if ('all' in node) return node.all.flatMap(needs);
  if ('any' in node) return node.any.length === 1 ? needs(node.any[0]) : [];
  if ('not' in node) return [];
  return [node];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The values that a leaf allows, or those that it forbids; null where neither is a list. */
function valuesOf(leaf: Leaf): { readonly only: readonly unknown[] } | { readonly not: readonly unknown[] } | null {
  const constant = typeof leaf.value !== 'object' || leaf.value === null;
  if (leaf.operator === 'equal' && constant) return { only: [leaf.value] };
  if (leaf.operator === 'notEqual' && constant) return { not: [leaf.value] };
  if (leaf.operator === 'in') return { only: listOf(leaf.value) };
  if (leaf.operator === 'notIn') return { not: listOf(leaf.value) };
  return null;
}

function clash(left: Leaf, right: Leaf): boolean {
  if (left.fact !== right.fact) return false;
  const a = valuesOf(left);
  const b = valuesOf(right);
  if (a === null || b === null) return false;
  if ('only' in a && 'only' in b) return !a.only.some((value) => b.only.includes(value));
  if ('only' in a && 'not' in b) return a.only.every((value) => b.not.includes(value));
  if ('not' in a && 'only' in b) return b.only.every((value) => a.not.includes(value));
  return false;
}

/** True when the two lists of conditions, each of which must hold as a whole, can never hold together. */
export function apart(left: readonly unknown[], right: readonly unknown[]): boolean {
  const mine = left.flatMap(needs);
  const theirs = right.flatMap(needs);
  return mine.some((one) => theirs.some((other) => clash(one, other)));
}
