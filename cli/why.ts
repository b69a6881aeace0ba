import './quick-schemas.js';
import { explain, liveOut, sayProof, type Language, type Proof } from '../rules/engine/index.js';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { call, pathOf } from './server.js';
import { load, viewOf, type Viewing } from './simulate.js';

interface Options extends Answering, Viewing {
  readonly lang: Language;
  readonly contract?: string;
}

/** A proof, and the same as sentences. */
type Told = Proof & { readonly language: Language; readonly sentences: readonly string[] };

/** `merzim why <scenario.yaml> <effect key>`, or `merzim why --contract <id> <effect key>`: the proof as sentences. */
export async function why(io: Io, options: Options, first: string, second?: string): Promise<Exit> {
  const told = await prove(io, options, first, second);
  if (isRefusal(told)) return refuse(io, told);
  answer(io, options, told, () => told.sentences);
  return 0;
}

async function prove(io: Io, options: Options, first: string, second: string | undefined): Promise<Told | Refusal> {
  if (options.contract !== undefined) {
    if (second !== undefined) return usage('with --contract give the key of an effect and no scenario');
    return proveLive(io, options, options.contract, first);
  }
  if (second === undefined) return usage('give a scenario and the key of an effect');
  const loaded = await load(io, first);
  if (isRefusal(loaded)) return loaded;
  const view = viewOf(options, loaded);
  if (isRefusal(view)) return view;
  const { law, facts, scenario } = loaded;
  const proof = explain(law, liveOut(law, facts, view, scenario.performance), view, second);
  if (proof !== null) return { ...proof, language: options.lang, sentences: sayProof(proof, options.lang) };
  return { code: 'effect.unknown', message: `there is no effect ${second} at ${law.offer.zone.format(view.asOf)}` };
}

async function proveLive(
  io: Io,
  { lang, asOf, knownAt }: Options,
  contract: string,
  key: string,
): Promise<Told | Refusal> {
  const path = pathOf('contracts', contract, 'effects', key, 'why');
  const told = await call<Told>(io, { method: 'GET', path, query: { lang, asOf, knownAt } });
  return isRefusal(told) ? told : told.value;
}

const usage = (message: string): Refusal => ({ code: 'cli.usage', message });
