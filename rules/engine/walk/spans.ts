import type { Consequence, Rule } from '../../offer/types.js';
import { isMeant } from './editions.js';
import { endingOf, instantOf } from './named.js';
import { changed, type Cause } from './cause.js';
import { keyOf, type Machine, type Span } from './state.js';
import { cameBefore, waitFor } from './waiting.js';

type Closing = Extract<Consequence, { do: 'restrict' | 'suspend' }>;

/** Closes functions (or suspends the contract) from now, or from (since) the instant that the fact names, until what the clause names. Nothing is closed (null) where that has come already. */
export function openSpan(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  cause: Cause,
  closing: Closing,
): Span | null {
  if (closing.until.some((spec) => cameBefore(machine, spec, subject, run, cause))) return null;
  // After the end everything is closed already; only what the end itself closes is said beside it.
  if (machine.endedAt !== null && cause.type !== 'end') return null;
  const named = closing.from === null ? null : instantOf(machine, cause.data[closing.from.field]);
  const from =
    closing.from?.back === true
      ? Math.min(machine.now, named ?? machine.now)
      : Math.max(machine.now, named ?? machine.now);
  // What would be over before it begins closes nothing.
  if (closing.until.some((spec) => (endingOf(machine, cause, from, spec.what.on) ?? Infinity) <= from)) return null;
  const { functions, slot, key } = identify(machine, rule, subject, run, closing);
  const span: Span = {
    what: closing.do,
    rule,
    subject,
    run,
    functions,
    until: closing.until,
    origin: cause,
    slot,
    key,
    from,
    to: null,
    between: [],
    endedBy: null,
    settled: false,
  };
  begin(machine, span);
  return span;
}

/** A clause that closes twice over for one subject tells its spans apart by what they close. */
function identify(
  machine: Machine,
  rule: Rule,
  subject: string,
  run: string,
  closing: Closing,
): Pick<Span, 'functions' | 'slot' | 'key'> {
  if (closing.do === 'suspend') return { functions: [], slot: null, key: '' };
  const { functions } = closing;
  const key = keyOf(rule.provision, subject, run, 'restrict');
  if (!machine.closed.has(key)) {
    machine.closed.add(key);
    return { functions, slot: null, key };
  }
  const slot = functions.join('+');
  return { functions, slot, key: keyOf(rule.provision, subject, run, 'restrict', slot) };
}

/** The identity of the effect that tells of its lawful end. */
export const liftOf = (span: Span): string =>
  keyOf(span.rule.provision, span.subject, span.run, 'lift', ...(span.slot === null ? [] : [span.slot]));

function begin(machine: Machine, span: Span): void {
  machine.spans.push(span);
  machine.reached = true;
  if (span.from > machine.now)
    machine.agenda.add(span.from, span.rule.order, span.subject, { what: 'span starts', span });
  for (const spec of span.until) {
    const end = endingOf(machine, span.origin, span.from, spec.what.on);
    if (end !== null)
      machine.agenda.add(Math.max(end, machine.now), span.rule.order, span.subject, { what: 'span ends', span });
    else waitFor(machine, { what: 'end', spec, span }, span.subject);
  }
}

/** Ends a span now. `settled`: because debt was paid, so that a reversal of the money resumes it. `by`: the fact that ended it. */
export function endSpan(machine: Machine, span: Span, settled: boolean, by: string | null): void {
  if (span.to !== null) return;
  span.to = Math.max(machine.now, span.from);
  span.endedBy = by;
  span.settled = settled;
  machine.reached = true;
}

/** Money on this subject was reversed: what closed because of the debt and opened because it was paid closes again (reading 6). */
export function resumeSpans(machine: Machine, subject: string, reversal: string, cause: Cause): void {
  for (const span of [...machine.spans]) {
    if (span.subject !== subject || !span.settled || span.to === null) continue;
    const later = machine.spans.some(
      (one) =>
        one !== span &&
        one.rule.place === span.rule.place &&
        one.subject === subject &&
        one.what === span.what &&
        one.from > span.from,
    );
    if (
      later &&
      machine.spans.some(
        (one) =>
          one.rule.place === span.rule.place &&
          one.subject === subject &&
          one.what === span.what &&
          one.from >= (span.to as number),
      )
    )
      continue;
    const resumed: Span = {
      ...span,
      from: machine.now,
      to: null,
      between: [...span.between, ...(span.endedBy === null ? [] : [span.endedBy]), reversal],
      endedBy: null,
      settled: false,
      slot: reversal,
      key: keyOf(span.rule.provision, subject, span.run, 'restrict', reversal),
      origin: changed(span.origin, { at: cause.at }),
    };
    begin(machine, resumed);
  }
}

/** `right.released`: the holder opens again what a clause closed. */
export function releaseSpans(machine: Machine, clause: string, subject: string, by: string): void {
  for (const span of machine.spans)
    if (isMeant(machine, span.rule, clause) && span.to === null && (span.subject === subject || subject === 'contract'))
      endSpan(machine, span, false, by);
}
