import { latestOf } from '../acts.js';
import { sentFor } from '../money/differences.js';
import type { EffectState, EffectView } from '../outcome.js';
import { undoingOf, undoneBy } from '../reconcile.js';
import type { Machine } from '../walk/state.js';
import type { Act, Wanted } from '../types.js';

/** Wanted and done effects as documents, in order of time: undone ones stay, with what undid them beside them. */
export function effectsOf(machine: Machine, wanted: ReadonlyMap<string, Wanted>): readonly EffectView[] {
  const { zone } = machine.law.offer;
  const at = (instant: number): string => zone.format(instant);
  const maybe = (instant: number | null): string | null => (instant === null ? null : zone.format(instant));
  const views: { readonly order: number; readonly view: EffectView }[] = [];
  const add = (order: number, view: EffectView): void => void views.push({ order, view });

  for (const one of wanted.values()) {
    const act = latestOf(machine.acts.get(one.key));
    if ((act && act.state !== 'undone') || one.past) continue;
    add(one.at, {
      key: one.key,
      generation: (act?.generation ?? 0) + 1,
      kind: one.kind,
      clause: one.clause,
      subject: one.subject,
      at: at(one.at),
      performedAt: null,
      undoes: null,
      undoneBy: null,
      data: one.content,
      state: 'wanted',
    });
  }

  for (const history of machine.acts.values())
    for (const act of history.generations) {
      const live = wanted.get(act.key);
      // Seen from later knowledge a document that will be taken back, and is not yet, is left out.
      if (!live && act.undoneAt === null && act.state === 'done' && machine.view.asOf < machine.view.knownAt) continue;
      const legalAt = live && latestOf(history) === act && act.corrections.length === 0 ? live.at : act.legalAt;
      add(legalAt, viewOf(act, at(legalAt), maybe(act.performedAt), live !== undefined));
      for (const [position, correction] of act.corrections.entries()) {
        const after = act.corrections[position + 1]?.content ?? act.content;
        add(correction.at, {
          key: act.key,
          generation: act.generation,
          kind: act.kind === 'claim' ? sentFor(correction.content, after) : 'correct',
          clause: act.clause,
          subject: act.subject,
          at: at(correction.at),
          performedAt: at(correction.at),
          undoes: act.key,
          undoneBy: null,
          data: correction.said,
          state: 'done',
        });
      }
      if (act.undoneAt !== null)
        add(act.undoneAt, {
          key: act.key,
          generation: act.generation,
          kind: undoneBy(act.kind),
          clause: act.clause,
          subject: act.subject,
          at: at(act.undoneAt),
          performedAt: at(act.undoneAt),
          undoes: act.key,
          undoneBy: null,
          data: act.content,
          state: 'done',
        });
    }
  return views.sort((left, right) => left.order - right.order || byKey(left.view, right.view)).map((one) => one.view);
}

/** Ties of time: by key, generation, and what was done before what undid it; never by order of arrival. */
function byKey(left: EffectView, right: EffectView): number {
  if (left.key !== right.key) return left.key < right.key ? -1 : 1;
  if (left.generation !== right.generation) return left.generation - right.generation;
  return Number(left.undoes !== null) - Number(right.undoes !== null);
}

function viewOf(act: Act, at: string, performedAt: string | null, live: boolean): EffectView {
  const state: EffectState = act.state === 'done' && !live ? 'undoing' : act.state;
  return {
    key: act.key,
    generation: act.generation,
    kind: act.kind,
    clause: act.clause,
    subject: act.subject,
    at,
    performedAt,
    undoes: null,
    undoneBy: act.state === 'undone' ? act.key : null,
    // A document says what it said; a closing is what it is by now.
    data: undoingOf(act.kind) === 'level' ? act.content : (act.corrections[0]?.content ?? act.content),
    state,
  };
}
