import { isRefusal } from '../rules/law/refusal.js';
import { keyOf } from './contract.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { call, pathOf, type Call } from './server.js';

interface Amend extends Answering {
  readonly name: string;
  readonly edition?: string;
  readonly effective?: string;
  readonly kind?: string;
  readonly law?: boolean;
  readonly adopt?: string;
  readonly from?: string;
  readonly perSecond?: string;
  readonly idempotencyKey?: string;
}

interface Shown {
  readonly offer: string;
  readonly name: string;
  readonly edition: string;
  readonly state: string;
  readonly perSecond: number;
  readonly told: number;
  readonly refused: number;
  readonly refusals: readonly { readonly contract: string; readonly code: string }[];
}

/** `merzim offer amend <offer>`: brings an edition to all contracts of an offer, by an amendment or by decision. */
export async function amend(io: Io, options: Amend, offer: string): Promise<Exit> {
  const { name, edition, effective, kind, law, adopt: reason, from, perSecond } = options;
  if (from !== undefined && reason === undefined)
    return refuse(io, { code: 'cli.usage', message: '--from stands with --adopt: an amendment is published now' });
  const published = [effective, kind, law].some((one) => one !== undefined);
  if (published && reason !== undefined)
    return refuse(io, {
      code: 'cli.usage',
      message: '--effective, --kind and --law are of an amendment, and stand without --adopt',
    });
  const body = {
    name,
    edition,
    ...(reason === undefined ? { publish: { effective, kind, law } } : { adopt: { reason, from } }),
    perSecond: perSecond === undefined ? undefined : Number(perSecond),
  };
  return tell(io, options, { method: 'POST', path: pathOf('offers', offer, 'amendments'), body, ...keyOf(options) });
}

interface Pacing extends Answering {
  readonly pause?: boolean;
  readonly resume?: boolean;
  readonly perSecond?: string;
}

/** `merzim offer amendment <offer> <name>`: how far a change has come; pauses it, lets it go on, faster or slower. */
export async function amendment(io: Io, options: Pacing, offer: string, name: string): Promise<Exit> {
  const { pause, resume, perSecond } = options;
  const path = pathOf('offers', offer, 'amendments', name);
  const paused = pause === true ? true : resume === true ? false : undefined;
  if (paused === undefined && perSecond === undefined) return tell(io, options, { method: 'GET', path });
  const body = { paused, perSecond: perSecond === undefined ? undefined : Number(perSecond) };
  return tell(io, options, { method: 'POST', path: `${path}/pace`, body });
}

async function tell(io: Io, options: Answering, request: Call): Promise<Exit> {
  const made = await call<Shown>(io, request);
  if (isRefusal(made)) return refuse(io, made);
  const { offer, name, edition, state, perSecond, told, refused, refusals } = made.value;
  answer(io, options, made.value, () => [
    `${name} of ${offer}, edition ${edition.slice(0, 12)}: ${state}, ${perSecond} contracts a second`,
    `${told} told, ${refused} refused`,
    ...refusals.map(({ contract, code }) => `  ${contract}  ${code}`),
  ]);
  return 0;
}
