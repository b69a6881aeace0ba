import type { Titles } from '../types.js';

/** For whom a change is better. `both` and `neither` are said too; `unclear` where it depends on the case. */
export type Favours = 'participant' | 'operator' | 'both' | 'neither' | 'unclear';

/** What can change between two editions, in the three languages. */
export const CHANGES = {
  'clause-new': { en: 'new clause', ru: 'новый пункт', kk: 'жаңа тармақ' },
  'clause-gone': { en: 'clause is gone', ru: 'пункт исключён', kk: 'тармақ алынып тасталды' },
  'clause-renamed': { en: 'clause has another number', ru: 'пункт сменил номер', kk: 'тармақтың нөмірі өзгерді' },
  'term-shorter': { en: 'term is shorter', ru: 'срок короче', kk: 'мерзім қысқарды' },
  'term-longer': { en: 'term is longer', ru: 'срок длиннее', kk: 'мерзім ұзарды' },
  'term-in-other-unit': {
    en: 'term is counted otherwise',
    ru: 'срок считается иначе',
    kk: 'мерзім басқаша есептеледі',
  },
  'term-new': { en: 'a term is set', ru: 'установлен срок', kk: 'мерзім белгіленді' },
  'term-gone': { en: 'a term is dropped', ru: 'срок снят', kk: 'мерзім алынып тасталды' },
  'right-gained': { en: 'right is gained', ru: 'появилось право', kk: 'құқық пайда болды' },
  'right-lost': { en: 'right is lost', ru: 'право утрачено', kk: 'құқық жойылды' },
  'duty-new': { en: 'new duty', ru: 'новая обязанность', kk: 'жаңа міндет' },
  'duty-gone': { en: 'duty is gone', ru: 'обязанность снята', kk: 'міндет алынып тасталды' },
  'costs-more': { en: 'default costs more', ru: 'нарушение стоит дороже', kk: 'бұзушылық қымбаттады' },
  'costs-less': { en: 'default costs less', ru: 'нарушение стоит дешевле', kk: 'бұзушылық арзандады' },
  'closes-more': { en: 'more is closed', ru: 'закрывается больше', kk: 'көбірек жабылады' },
  'closes-less': { en: 'less is closed', ru: 'закрывается меньше', kk: 'азырақ жабылады' },
  'opens-otherwise': { en: 'opens again otherwise', ru: 'открывается иначе', kk: 'басқаша ашылады' },
  'silence-means-other': {
    en: 'silence means something else',
    ru: 'молчание значит другое',
    kk: 'үнсіздіктің мәні өзгерді',
  },
  'follows-otherwise': { en: 'something else follows', ru: 'следует другое', kk: 'салдары өзгерді' },
  'starts-otherwise': { en: 'starts otherwise', ru: 'начинается иначе', kk: 'басқаша басталады' },
  'met-otherwise': { en: 'is met otherwise', ru: 'исполняется иначе', kk: 'басқаша орындалады' },
  'party-other': { en: 'another party', ru: 'другая сторона', kk: 'басқа тарап' },
  'counts-otherwise': { en: 'is counted otherwise', ru: 'считается иначе', kk: 'басқаша есептеледі' },
  'head-other': { en: 'the head of the offer differs', ru: 'шапка оферты другая', kk: 'офертаның басы өзгерді' },
  reworded: { en: 'in other words', ru: 'другими словами', kk: 'басқа сөздермен' },
} as const satisfies Readonly<Record<string, Titles>>;

export type ChangeCode = keyof typeof CHANGES;

/** One difference between two editions, in legal terms. */
export interface Change {
  readonly code: ChangeCode;
  readonly what: Titles;
  /** The clause in the old edition and in the new one; null where it is not there. */
  readonly from: string | null;
  readonly to: string | null;
  readonly title: Titles;
  /** One sentence. */
  readonly says: string;
  readonly favours: Favours;
  /** A clock of this clause that runs when the edition changes keeps the old text. */
  readonly running: boolean;
}

/** What one rule changes: everything of a `Change` that does not come from its clause. */
export type RuleChange = Pick<Change, 'code' | 'says' | 'favours'>;

/** What changes from one edition to another. */
export interface OfferDiff {
  readonly from: { readonly id: string; readonly edition: string };
  readonly to: { readonly id: string; readonly edition: string };
  readonly changes: readonly Change[];
  readonly favours: Readonly<Record<Favours, number>>;
  /** What the new edition means for a contract that is in the middle of something. */
  readonly middle: readonly string[];
}
