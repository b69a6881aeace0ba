import type { Clause, CompiledOffer } from '../types.js';
import type { Change } from './change.js';

/** What a new edition means for a contract that is in the middle of something. A timeline keeps the edition in force when it opened. */
export function middleOf(
  from: CompiledOffer,
  changes: readonly Change[],
  apart: readonly { readonly old: Clause | null; readonly now: Clause | null }[],
): readonly string[] {
  if (changes.length === 0) return [];
  const refs = (wanted: (change: Change) => boolean): string =>
    [...new Set(changes.filter(wanted).map((change) => change.from ?? change.to ?? ''))].filter(Boolean).join(', ');
  const found: string[] = [];
  const running = refs((change) => change.running && change.code !== 'reworded' && change.code !== 'clause-renamed');
  if (running !== '')
    found.push(
      `A clock or a right of ${running} that is open when the edition is adopted keeps the old text until it closes; those that start afterwards, the next run of a recurring one too, follow the new one.`,
    );
  const gone = refs((change) => change.to === null && change.from !== null && change.running);
  if (gone !== '') found.push(`${gone}: nothing new starts; what runs, runs out with its old consequences.`);
  const fresh = refs((change) => change.from === null && change.to !== null);
  if (fresh !== '')
    found.push(
      `${fresh}: nothing is made up for what happened before the edition was adopted; what counts from the conclusion counts from the adoption.`,
    );
  for (const { old, now } of apart)
    if (old !== null && now !== null)
      found.push(
        `${now.ref} is not taken for ${old.ref}: it starts by something else or has another number. What runs under ${old.ref} is not carried on; if it is the same provision, write was: '${old.ref}' in it.`,
      );
  const how = applying(from);
  if (how.length > 0) found.push(`The old edition itself says when the change applies: ${how.join('; ')}.`);
  return found;
}

/** The clauses by which a published change comes into a running contract. */
const applying = (from: CompiledOffer): readonly string[] =>
  from.rules
    .filter((rule) => rule.then.some((one) => one.do === 'apply'))
    .map((rule) => `${rule.clause} (${rule.withinText ?? 'at once, or at the instant it names'})`);
