import { isAlias, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { Refusal } from '../law/types.js';
import { refuseScenario } from './refusal.js';

const MAX_CHARACTERS = 2_000_000;
const MAX_DEPTH = 100;

/** A document as plain data, and where each part of it stands in the file. */
export interface Yaml {
  readonly value: unknown;
  /** File, line and path of a part: `a.yaml:12 checks[0].asOf`. */
  where(path: readonly PropertyKey[]): string;
  /** A scalar as it was written: `5.10`, where plain data would say 5.1. Undefined for what is none. */
  source(path: readonly PropertyKey[]): string | undefined;
}

/** Reads one YAML document of bounded size and depth. Aliases are refused: a few lines of them can stand for gigabytes. */
export function readYaml(text: string, file: string): Yaml | Refusal {
  if (text.length > MAX_CHARACTERS) {
    return refuseScenario(
      'scenario.too_large',
      `it has ${text.length} characters, at most ${MAX_CHARACTERS} are read`,
      file,
    );
  }
  if (deeperThan(text, MAX_DEPTH))
    return refuseScenario('scenario.yaml', `it nests deeper than ${MAX_DEPTH} levels`, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const broken = document.errors[0];
  if (broken !== undefined) return refuseScenario('scenario.yaml', broken.message, at(broken.pos[0]));
  const alias = firstAlias(document);
  if (alias !== null) return refuseScenario('scenario.yaml', 'aliases are not taken here: write it out', at(alias));
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    where: (path) => `${at(offsetOf(document, path))}${path.length === 0 ? '' : ` ${placeOf(path)}`}`,
    source: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** `checks`, 0, `asOf` → `checks[0].asOf`. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`)).join('');

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { readonly range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) return node.range[0];
  }
  return 0;
}

function firstAlias(document: Document): number | null {
  const found: number[] = [];
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    found.push(node.range?.[0] ?? 0);
    return visit.BREAK;
  });
  return found[0] ?? null;
}

/** Bounds nesting without parsing: brackets, indentation, and the dashes that open lists within lists on one line. */
function deeperThan(text: string, limit: number): boolean {
  let open = 0;
  for (const line of text.split('\n')) {
    const lead = /^[\s?-]*/.exec(line)?.[0] ?? '';
    if (lead.length > limit * 2 && line.trim() !== '') return true;
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if (character === ']' || character === '}') open = Math.max(0, open - 1);
      if (open > limit) return true;
    }
  }
  return false;
}
