import { LineCounter, parseDocument, isAlias, visit } from 'yaml';
import type { Refusal } from '../law/types.js';
import { offerSchema, type OfferFile } from './schema.js';

/** Files above this are refused unread: an offer of this size was never written by a person. */
const MAX_CHARACTERS = 2_000_000;

interface Read {
  readonly offer: OfferFile;
  /** Adds file and line to the place that a refusal names. */
  readonly locate: (refusal: Refusal) => Refusal;
}

const PATH = /\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** Reads the YAML of an offer and checks its form. Every refusal names file, line and place. */
export function readOfferFile(text: string, file: string): Read | { readonly refusal: Refusal } {
  const refuse = (code: string, message: string, where: string): { refusal: Refusal } => ({
    refusal: { code, message, where },
  });
  if (text.length > MAX_CHARACTERS)
    return refuse(
      'offer.too_large',
      `the file has ${text.length} characters; at most ${MAX_CHARACTERS} are read`,
      file,
    );
  if (depthOf(text) > 100) return refuse('offer.too_deep', 'the file nests deeper than 100 levels', file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) return refuse('offer.yaml', broken.message, `${file}:${lines.linePos(broken.pos[0]).line}`);
  let alias: number | null = null;
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined;
    alias = node.range?.[0] ?? 0;
    return visit.BREAK;
  });
  if (alias !== null)
    return refuse(
      'offer.alias',
      'aliases are not used in offer files: write it out',
      `${file}:${lines.linePos(alias).line}`,
    );
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
      if (node?.range) return lines.linePos(node.range[0] as number).line;
    }
    return 1;
  };
  const locate = (refusal: Refusal): Refusal => {
    const path = [...(refusal.where ?? '').matchAll(PATH)].map(
      (part) => part[1] ?? (part[2] === undefined ? (part[3] as string) : Number(part[2])),
    );
    return { ...refusal, where: `${file}:${lineOf(path)} ${refusal.where ?? ''}`.trim() };
  };
  const checked = offerSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (checked.success) return { offer: checked.data, locate };
  const issue = deepest(checked.error.issues as never);
  const path = issue.path
    .map((part) =>
      typeof part === 'number'
        ? `[${part}]`
        : /^[A-Za-z ]+$/.test(String(part))
          ? `.${String(part)}`
          : `["${String(part)}"]`,
    )
    .join('')
    .replace(/^\./, '');
  return { refusal: locate({ code: 'offer.form', message: issue.message, where: path }) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** Of the branches of a union, the one that came furthest says what is wrong. */
function deepest(issues: readonly Issue[]): Issue {
  const first = issues[0] as Issue;
  if (!first.errors || first.errors.length === 0) return first;
  const inner = first.errors.filter((one) => one.length > 0).map((one) => deepest(one));
  const best = inner.reduce((found, one) => (one.path.length > found.path.length ? one : found), inner[0] as Issue);
  return { path: [...first.path, ...best.path], message: best.message };
}

/** How deep brackets and indentation nest, without parsing. */
function depthOf(text: string): number {
  let flow = 0;
  let deepestFlow = 0;
  let indent = 0;
  for (const line of text.split('\n')) {
    // `- - - x` and `? ? x` nest without brackets and without new lines.
    const start = /^(?:\s|[-?:](?=\s))*/.exec(line)?.[0].length ?? 0;
    if (start > indent) indent = start;
  }
  for (const character of text) {
    if (character === '[' || character === '{') deepestFlow = Math.max(deepestFlow, ++flow);
    else if ((character === ']' || character === '}') && flow > 0) flow--;
  }
  return Math.max(deepestFlow, Math.floor(indent / 2));
}
