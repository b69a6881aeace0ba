/** Numbers of a document: `7.1`, `7.1-7.5`, `4.4/16.2`, `4.2/suspend`. */

const NUMBER = /^\d+(?:\.\d+)*$/;

const partsOf = (number: string): readonly number[] => number.split('.').map(Number);

const compare = (left: readonly number[], right: readonly number[]): number => {
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const difference = (left[place] ?? -1) - (right[place] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Numbers and ranges of numbers that a reference covers; a word after a slash names a part and covers nothing more. */
function spansOf(ref: string): readonly (readonly [from: readonly number[], to: readonly number[]])[] {
  return ref.split('/').flatMap((part) => {
    const [from = '', to = from] = part.split('-');
    return NUMBER.test(from) && NUMBER.test(to) ? [[partsOf(from), partsOf(to)] as const] : [];
  });
}

/** True when the provision of this number stands in the clause, or is a section that holds it. */
export function standsIn(number: string, ref: string): boolean {
  if (number === ref) return true;
  if (!NUMBER.test(number)) return false;
  const wanted = partsOf(number);
  return spansOf(ref).some(
    ([from, to]) =>
      (compare(from, wanted) <= 0 && compare(wanted, to) <= 0) || compare(from.slice(0, wanted.length), wanted) === 0,
  );
}

/** True when the number is a part of the last number that a clause covers: 4.1.2 of 4.1. */
export function isPartOf(number: string, ref: string): boolean {
  if (!NUMBER.test(number)) return false;
  const wanted = partsOf(number);
  return spansOf(ref).some(([, to]) => compare(wanted.slice(0, to.length), to) === 0);
}

/** Pairs of references that cover the same number and that no word parts, in the order in which they come. */
export function overlaps(refs: readonly string[]): readonly (readonly [one: string, other: string])[] {
  const worded = (ref: string): boolean => ref.split('/').some((part) => !NUMBER.test(part.split('-')[0] as string));
  const covering = refs.filter((ref) => !worded(ref)).map((ref) => ({ ref, spans: spansOf(ref) }));
  return covering.flatMap((one, position) =>
    covering
      .slice(position + 1)
      .filter((other) =>
        one.spans.some(([from, to]) =>
          other.spans.some(([first, last]) => compare(from, last) <= 0 && compare(first, to) <= 0),
        ),
      )
      .map((other) => [one.ref, other.ref] as const),
  );
}

/** The number at the beginning of a text: `4.2.3, for the second time` is 4.2.3. */
export const numberAt = (text: string): string => /^\d+(?:\.\d+)*/.exec(text.trim())?.[0] ?? text.trim();
