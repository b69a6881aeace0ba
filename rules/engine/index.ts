export { ENGINE_VERSION, judge, judgeBare } from './judge.js';
export { reconcile, undoingOf, undoneBy } from './reconcile.js';
export { forecast, liveOut, receiptOf, simulate, type Performance } from './driver.js';
export { explain, type Proof, type ProofStep } from './explain.js';
export { sayProof, type Language } from './say.js';
export { foldActs, latestOf, performedAtOf, type History } from './acts.js';
export { keyOf } from './state.js';
export type { Act, Choice, Judge, Judgement, Law, Participant, Reconcile, Step, View, Wanted } from './types.js';
export type * from './outcome.js';
