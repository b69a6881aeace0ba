import type { Consequence, EventSpec, Rule } from './types.js';

/**
 * Finds clauses that start each other with no time between: A at once by B, B at once by A. Such a circle could never be judged. Gives the
 * clauses of one circle in its order, the first named again at the end; null when there is none. Circles that take time are lawful.
 */
export function findCycle(rules: readonly Rule[]): readonly string[] | null {
  const next = edgesOf(rules);
  const done = new Set<string>();
  for (const first of next.keys()) {
    // A stack of our own: a file may chain thousands of clauses.
    const path: { readonly node: string; readonly rest: string[] }[] = [];
    const onPath = new Set<string>();
    const enter = (node: string): void => {
      path.push({ node, rest: [...(next.get(node) ?? [])] });
      onPath.add(node);
    };
    if (!done.has(first)) enter(first);
    while (path.length > 0) {
      const top = path[path.length - 1] as (typeof path)[number];
      const node = top.rest.pop();
      if (node === undefined) {
        done.add(top.node);
        onPath.delete(top.node);
        path.pop();
      } else if (onPath.has(node)) {
        const nodes = path.map((step) => step.node);
        return clausesOn([...nodes.slice(nodes.indexOf(node)), node]);
      } else if (!done.has(node)) enter(node);
    }
  }
  return null;
}

/** The clauses that the nodes of a circle belong to, each once in a row, the first again at the end. */
function clausesOn(nodes: readonly string[]): readonly string[] {
  const refs = nodes.flatMap((node) => /^(?:rule \d+|bound) (.+)$/.exec(node)?.[1] ?? []);
  const once = refs.filter((ref, position) => ref !== refs[position - 1]);
  return once.length > 1 && once[0] === once.at(-1) ? once : [...once, once[0] as string];
}

/** What follows what within one instant: from the start of a rule to what it brings, from there to what that starts. */
function edgesOf(rules: readonly Rule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  const add = (from: string, to: string): void =>
    void (edges.get(from) ?? edges.set(from, new Set()).get(from))?.add(to);
  for (const [position, rule] of rules.entries()) {
    const self = `rule ${position} ${rule.clause}`;
    for (const event of rule.on) for (const name of namesOf(event)) add(name, self);
    add(self, `opening ${rule.clause}`);
    const ended = endsAtOnce(rule);
    if (ended) add(self, `lapse ${rule.clause}`);
    if (rule.holder !== null && (rule.within === null || ended)) add(self, `use ${rule.clause}`);
    if (rule.within === null || ended)
      for (const one of rule.then) for (const name of bringsOf(rule, one)) add(self, name);
    if (rule.within?.form === 'earlier') add(`bound ${rule.clause}`, `bound ${rule.within.ref}`);
    if (rule.within?.form === 'earlier') add(self, `bound ${rule.clause}`);
  }
  return edges;
}

/** A term backward from a named day may be over when it begins. */
const endsAtOnce = (rule: Rule): boolean =>
  rule.within?.form === 'before' || (rule.within?.form === 'named' && rule.within.earlierToo);

const namesOf = ({ what }: EventSpec): readonly string[] => {
  if (what.on === 'performance') return [`performance ${what.ref} ${what.kind}`];
  if ('ref' in what) return [`${what.on} ${what.ref}`];
  return what.on === 'fact' ? [] : [what.on];
};

function bringsOf(rule: Rule, one: Consequence): readonly string[] {
  switch (one.do) {
    case 'conclude':
      return ['conclusion'];
    case 'end':
      return ['end'];
    case 'apply':
      return ['application'];
    case 'message':
      return [`performance ${rule.clause} ${one.kind}`];
    case 'restrict':
      return [`performance ${rule.clause} restrict`];
    default:
      return [];
  }
}
