import type { Fact, ReceiptData } from '../facts/fact.js';
import type { EffectKind, EffectState } from './outcome.js';
import { standingAfter } from './money/differences.js';
import type { Act } from './types.js';

/**
 * What became of one effect, generation by generation:
 *
 *     wanted → claimed → sent → done → (undoing → undone | undoRefused)
 *                          ↘ failed | unknown
 *
 * An act is the fold of its receipts and nothing else.
 */
export interface History {
  readonly key: string;
  readonly generations: readonly Act[];
}

const PROGRESS: Readonly<Record<string, 'claimed' | 'sent' | 'done' | 'failed' | 'refused' | 'unknown'>> = {
  'effect.claimed': 'claimed',
  'effect.sent': 'sent',
  'effect.performed': 'done',
  'effect.confirmed': 'done',
  'effect.refused': 'refused',
  'effect.failed': 'failed',
  'effect.unknown': 'unknown',
};

/** What the first receipt of a generation says of it. */
const begun = (data: ReceiptData, legalAt: number): Act => ({
  key: data.key,
  generation: data.generation,
  kind: data.kind as EffectKind,
  clause: data.clause,
  subject: data.subject,
  legalAt,
  performedAt: null,
  undoneAt: null,
  content: data.content,
  fingerprint: data.fingerprint,
  state: 'wanted',
  pending: null,
  corrections: NONE,
  unsettled: null,
});

/** States of what was done, whatever came after. */
const LIVED: readonly EffectState[] = ['done', 'undoing', 'undone', 'undoRefused'];

const NONE: Act['corrections'] = [];

function fold(act: Act | undefined, fact: Fact, data: ReceiptData, parse: (text: string) => number): Act {
  const progress = PROGRESS[fact.type] ?? 'unknown';
  const legalAt = parse(data.legalAt);
  const base = act ?? begun(data, legalAt);
  if (progress === 'claimed' || progress === 'sent') {
    const state: EffectState = data.operation === 'do' ? progress : data.operation === 'undo' ? 'undoing' : base.state;
    return { ...base, state, pending: data.operation, unsettled: null };
  }
  const { content, fingerprint } = data;
  const how = progress === 'unknown' ? 'unknown' : 'failed';
  switch (data.operation) {
    case 'do':
      if (progress === 'done') {
        // A confirmation comes late: what has been corrected or taken back since stays so.
        if (LIVED.includes(base.state)) return base.pending === 'do' ? { ...base, pending: null } : base;
        const performedAt = base.performedAt ?? fact.at;
        return { ...base, pending: null, state: 'done', performedAt, content, fingerprint, legalAt };
      }
      return { ...base, pending: null, state: how };
    case 'undo':
      if (progress === 'done') return { ...base, pending: null, state: 'undone', undoneAt: fact.at, unsettled: null };
      if (how === 'failed') return { ...base, pending: null, state: 'undoRefused', unsettled: null };
      return { ...base, pending: null, state: 'undoing', unsettled: { operation: 'undo', how, fingerprint } };
    case 'correct': {
      if (progress !== 'done') {
        const state = base.performedAt === null ? base.state : 'done';
        return { ...base, pending: null, state, unsettled: { operation: 'correct', how, fingerprint } };
      }
      // A confirmation of what stands already is no second document.
      if (base.state === 'done' && base.fingerprint === fingerprint) return { ...base, pending: null, unsettled: null };
      const corrections = [...base.corrections, { at: fact.at, content: base.content, said: content }];
      const standing = { content: standingAfter(content), fingerprint, corrections, unsettled: null };
      return { ...base, pending: null, state: 'done', ...standing };
    }
  }
}

const OPERATIONS: readonly string[] = ['do', 'correct', 'undo'];
const STAGES = Object.keys(PROGRESS);

/** The order in which receipts are folded: when they came; at one instant by effect, and of one effect as it lives; never by order of arrival. */
export function compareReceipts(left: Fact, right: Fact): number {
  if (left.at !== right.at) return left.at - right.at;
  const [a, b] = [left.data as unknown as ReceiptData, right.data as unknown as ReceiptData];
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (
    a.generation - b.generation ||
    OPERATIONS.indexOf(a.operation) - OPERATIONS.indexOf(b.operation) ||
    STAGES.indexOf(left.type) - STAGES.indexOf(right.type)
  );
}

/** Folds receipts (in order) to the history of each effect. */
export function foldActs(receipts: readonly Fact[], parse: (text: string) => number): ReadonlyMap<string, History> {
  const histories = new Map<string, { key: string; generations: Act[] }>();
  for (const fact of receipts) {
    const data = fact.data as unknown as ReceiptData;
    let history = histories.get(data.key);
    if (!history) histories.set(data.key, (history = { key: data.key, generations: [] }));
    const position = history.generations.findIndex((one) => one.generation === data.generation);
    const act = fold(history.generations[position], fact, data, parse);
    if (position < 0) history.generations.push(act);
    else history.generations[position] = act;
  }
  return histories;
}

/** The newest generation of an effect. */
export const latestOf = (history: History | undefined): Act | undefined =>
  history?.generations[history.generations.length - 1];

/** When the live generation was performed: done and not undone; null when none is. */
export function performedAtOf(history: History | undefined): number | null {
  const act = latestOf(history);
  if (!act || act.performedAt === null) return null;
  return act.state === 'done' || act.state === 'undoing' || act.state === 'undoRefused' ? act.performedAt : null;
}
