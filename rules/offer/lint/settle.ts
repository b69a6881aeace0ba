import type { CompiledOffer, Reading } from '../types.js';
import { LINT_CODES, type Finding, type Raw } from './finding.js';

interface Placed {
  readonly clause: string;
  readonly reading: Reading;
}

/**
 * Holds findings against the recorded readings. A reading settles a finding about its own clause by naming the code, or by naming the
 * other clause; from any clause by naming `code:clause`. What a reading settles and lint does not find is a finding itself.
 */
export function settle(offer: CompiledOffer, raw: readonly Raw[]): readonly Finding[] {
  const readings = offer.clauses.flatMap((clause) =>
    clause.readings.map((reading) => ({ clause: clause.ref, reading })),
  );
  const findings = once(raw).map((one) => withReading(one, readings.find((placed) => settles(placed, one)) ?? null));
  return [...findings, ...idle(offer, readings, raw).map((one) => withReading(one, null))];
}

/** Rules of one clause often fail in the same way: that is one finding. */
const once = (raw: readonly Raw[]): readonly Raw[] =>
  [...new Map(raw.toReversed().map((one) => [`${one.code} ${one.message}`, one])).values()].toReversed();

function withReading(raw: Raw, placed: Placed | null): Finding {
  const reading = placed === null ? null : { clause: placed.clause, ...placed.reading };
  return { ...raw, severity: LINT_CODES[raw.code][0], silenced: reading !== null, reading };
}

const settles = (placed: Placed, raw: Raw): boolean =>
  (placed.reading.settles ?? []).some((entry) => entrySettles(entry, placed.clause, raw));

function entrySettles(entry: string, clause: string, raw: Raw): boolean {
  const colon = entry.indexOf(':');
  if (colon > 0) return entry.slice(0, colon) === raw.code && raw.clauses.includes(entry.slice(colon + 1));
  if (raw.clauses.length > 0 && !raw.clauses.includes(clause)) return false;
  return entry === raw.code || (entry !== clause && raw.clauses.includes(entry));
}

/** Entries that name neither a clause nor a finding that is there: a slip of the pen, or a finding that is gone. */
function idle(offer: CompiledOffer, readings: readonly Placed[], raw: readonly Raw[]): readonly Raw[] {
  return readings.flatMap(({ clause, reading }) =>
    (reading.settles ?? []).flatMap((entry): readonly Raw[] => {
      // The name of a clause says against which other one the reading decides; lint need not see that conflict.
      if (offer.clauses.some((one) => one.ref === entry) || raw.some((one) => entrySettles(entry, clause, one)))
        return [];
      const why = Object.hasOwn(LINT_CODES, entry.split(':')[0] as string)
        ? 'there is no such finding here'
        : 'there is no such code';
      return [
        {
          code: 'settles-nothing',
          clauses: [clause],
          message: `a reading of ${clause} settles "${entry}", and ${why}`,
        },
      ];
    }),
  );
}
