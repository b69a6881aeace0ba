import { latestOf } from './acts.js';
import { differenceOf, isOfOneCurrency, sentFor } from './money/differences.js';
import type { EffectKind } from './outcome.js';
import type { Act, Judgement, Step, Wanted } from './types.js';

/** How an effect of each kind is taken back. Level: a newer version. Compensable: a credit. Irrevocable: a correction. Will: a person only. */
export type Undoing = 'level' | 'compensable' | 'irrevocable' | 'will';

/** The class of undoing of a kind. */
export function undoingOf(kind: EffectKind): Undoing {
  switch (kind) {
    case 'restrict':
    case 'lift':
      return 'level';
    case 'claim':
    case 'invoice':
      return 'compensable';
    case 'notify':
    case 'prepare':
    case 'register':
    case 'credit':
    case 'correct':
      return 'irrevocable';
    case 'request-signature':
      return 'will';
  }
}

/** What goes out when an effect of this kind is undone. Undoing keeps the key and changes the kind. */
export function undoneBy(kind: EffectKind): EffectKind {
  switch (kind) {
    case 'restrict':
      return 'lift';
    case 'lift':
      return 'restrict';
    case 'claim':
    case 'invoice':
      return 'credit';
    default:
      return 'correct';
  }
}

const fromWanted = (wanted: Wanted, generation: number, operation: 'do' | 'correct', sends: EffectKind): Step => ({
  key: wanted.key,
  generation,
  operation,
  kind: wanted.kind,
  sends,
  clause: wanted.clause,
  subject: wanted.subject,
  at: wanted.at,
  content: wanted.content,
  fingerprint: wanted.fingerprint,
});

/** What the new content makes of an act that stands. */
function corrected(wanted: Wanted, act: Act): Step {
  const { generation, content: before } = act;
  if (wanted.kind !== 'claim')
    return fromWanted(
      wanted,
      generation,
      'correct',
      undoingOf(wanted.kind) === 'irrevocable' ? 'correct' : wanted.kind,
    );
  const step = fromWanted(wanted, generation, 'correct', sentFor(before, wanted.content));
  return { ...step, content: differenceOf(before, wanted.content) };
}

const inDoubt = ({ unsettled }: Act): boolean => unsettled?.how === 'unknown';

const undo = (act: Act): Step => ({
  key: act.key,
  generation: act.generation,
  operation: 'undo',
  kind: act.kind,
  sends: undoneBy(act.kind),
  clause: act.clause,
  subject: act.subject,
  at: act.legalAt,
  content: act.content,
  fingerprint: act.fingerprint,
});

/** A step for what is wanted, given what was done; null when nothing is to be done (or a person has to). */
function toward(wanted: Wanted, act: Act | undefined): Step | null {
  if (!act) return wanted.past ? null : fromWanted(wanted, 1, 'do', wanted.kind);
  switch (act.state) {
    case 'undone':
      return wanted.past ? null : fromWanted(wanted, act.generation + 1, 'do', wanted.kind);
    case 'done':
      if (act.pending !== null || act.fingerprint === wanted.fingerprint || undoingOf(wanted.kind) === 'will')
        return null;
      // Whether the last correction went out nobody knows, or it could not be made: a person has to say.
      if (inDoubt(act) || act.unsettled?.fingerprint === wanted.fingerprint) return null;
      return isOfOneCurrency(act.content, wanted.content) ? corrected(wanted, act) : undo(act);
    case 'wanted':
    case 'claimed':
    case 'sent':
    case 'failed':
    case 'unknown':
    case 'undoing':
    case 'undoRefused':
      return null;
  }
}

/**
 * Compares what is wanted with what was done, by identity and generation. The steps are in order of legal instant, then key.
 * A hold freezes what burdens, not what opens again or takes back; what was claimed and has no answer yet is waited for.
 */
export function reconcile(judgement: Omit<Judgement, 'outcome'>): readonly Step[] {
  const steps: Step[] = [];
  for (const wanted of judgement.wanted.values()) {
    if (wanted.kind !== 'lift' && judgement.held(wanted.clause, wanted.subject)) continue;
    const step = toward(wanted, latestOf(judgement.acts.get(wanted.key)));
    if (step) steps.push(step);
  }
  for (const history of judgement.acts.values()) {
    const act = latestOf(history) as Act;
    if (judgement.wanted.has(act.key) || act.state !== 'done' || act.pending !== null || inDoubt(act)) continue;
    if (undoingOf(act.kind) === 'will' || (act.kind === 'lift' && judgement.held(act.clause, act.subject))) continue;
    steps.push(undo(act));
  }
  return steps.sort(
    (left, right) =>
      left.at - right.at || (left.key < right.key ? -1 : left.key > right.key ? 1 : left.generation - right.generation),
  );
}
