import './quick-schemas.js';
import { loadOffer } from '../compose/library.js';
import { isRefusal } from '../rules/law/refusal.js';
import { diffOffers, type Change, type Favours } from '../rules/offer/diff/index.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';

const BETTER: Readonly<Record<Favours, string>> = {
  participant: 'better for the participant',
  operator: 'better for the operator',
  both: 'better for both',
  neither: 'no better for anybody',
  unclear: 'for whom it is better depends on the case',
};

/** `merzim offer diff <a> <b>`: what changes for a participant between two editions, each an id or a file. */
export async function diff(io: Io, options: Answering, from: string, to: string): Promise<Exit> {
  const old = loadOffer(from);
  if (isRefusal(old)) return refuse(io, old);
  const now = loadOffer(to);
  if (isRefusal(now)) return refuse(io, now);
  const found = diffOffers(old, now);
  answer(io, options, found, () => [
    `${found.from.id} ${found.from.edition.slice(0, 12)} > ${found.to.id} ${found.to.edition.slice(0, 12)}`,
    ...found.changes.flatMap(linesOf),
    ...(found.middle.length === 0
      ? []
      : ['', 'In the middle of a contract:', ...found.middle.map((one) => `  ${one}`)]),
    '',
    `${found.changes.length} changes${summary(found.favours)}`,
  ]);
  return 0;
}

function linesOf({ from, to, title, what, says, favours }: Change): string[] {
  const clause = from === to ? (from ?? 'head') : `${from ?? '-'} > ${to ?? '-'}`;
  return ['', `${clause}  ${title.en}`, `  ${what.en}: ${says}`, `  ${BETTER[favours]}`];
}

const summary = (favours: Readonly<Record<Favours, number>>): string =>
  (Object.keys(BETTER) as Favours[])
    .filter((one) => favours[one] > 0)
    .map((one) => `, ${favours[one]} ${BETTER[one].replace('for whom it is better depends', 'depending')}`)
    .join('');
