import { formatWorkHours } from '../../law/work-hours.js';
import type { CompiledOffer, Titles } from '../types.js';
import { CHANGES, type Change } from './change.js';

/** What the head of the file says about the law of the contract, part by part. */
const PARTS: readonly (readonly [name: string, of: (offer: CompiledOffer) => unknown])[] = [
  ['operator', (offer) => offer.operator.name],
  ['zone', (offer) => offer.zone.id],
  ['calendar', (offer) => offer.calendarId],
  ['hours of work', (offer) => formatWorkHours(offer.hours)],
  ['languages', (offer) => offer.languages],
  ['ways of formation', (offer) => offer.file.formation],
  ['functions of access', (offer) => offer.functions],
  ['force majeure', (offer) => offer.forceMajeure],
];

const HEAD: Titles = { kk: 'Офертаның басы', ru: 'Шапка оферты', en: 'Head of the offer' };

/** Changes of the head: who, where, by which calendar, how one accepts, what can be closed, what force majeure needs. */
export function header(from: CompiledOffer, to: CompiledOffer): readonly Change[] {
  return PARTS.flatMap(([name, of]): readonly Change[] => {
    const was = JSON.stringify(of(from));
    const is = JSON.stringify(of(to));
    if (was === is) return [];
    return [
      {
        code: 'head-other',
        what: CHANGES['head-other'],
        from: null,
        to: null,
        title: HEAD,
        says: `${name}: ${was} becomes ${is}`,
        favours: 'unclear',
        running: false,
      },
    ];
  });
}
