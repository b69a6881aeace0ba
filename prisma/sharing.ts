import type { Outcome } from '../rules/engine/outcome.js';

/**
 * The same outcome, made of the very views of an earlier one wherever they are equal. Most of a contract's past is: what was worked out
 * for a view (its text, its row, its digest) is then found by identity and not worked out again.
 */
export function sharing(earlier: Outcome | null, outcome: Outcome): Outcome {
  if (earlier === null) return outcome;
  return {
    ...outcome,
    timelines: shared(earlier.timelines, outcome.timelines),
    rights: shared(earlier.rights, outcome.rights),
    restrictions: shared(earlier.restrictions, outcome.restrictions),
    presumptions: shared(earlier.presumptions, outcome.presumptions),
    effects: shared(earlier.effects, outcome.effects),
    cases: shared(earlier.cases, outcome.cases),
    ledger: { ...outcome.ledger, entries: shared(earlier.ledger.entries, outcome.ledger.entries) },
  };
}

/** How far to look for a view when some before it came or went. Missing one costs time and nothing else. */
const NEAR = 4;

function shared<V extends object>(earlier: readonly V[], views: readonly V[]): readonly V[] {
  let from = 0;
  return views.map((view) => {
    for (let at = from; at < earlier.length && at < from + NEAR; at += 1) {
      if (!isSame(earlier[at], view)) continue;
      from = at + 1;
      return earlier[at]!;
    }
    return view;
  });
}

/** Equal as JSON. `for … in`, because it makes no list of names for each of hundreds of views. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  // Members that are undefined are none in JSON.
  let more = 0;
  for (const name in one) {
    const value = (one as Plain)[name];
    if (!isSame(value, (other as Plain)[name])) return false;
    if (value !== undefined) more += 1;
  }
  for (const name in other) if ((other as Plain)[name] !== undefined) more -= 1;
  return more === 0;
}

type Plain = Readonly<Record<string, unknown>>;

/** Works `make` out once for each object, and once more only when nobody holds the object any longer. */
export function onceFor<V extends object, M>(make: (view: V) => M): (view: V) => M {
  const made = new WeakMap<V, { readonly of: M }>();
  return (view) => {
    let found = made.get(view);
    if (found === undefined) made.set(view, (found = { of: make(view) }));
    return found.of;
  };
}
