import type { Language } from './say.js';
import { day } from './say-time.js';

type Content = Readonly<Record<string, unknown>>;

interface Row {
  readonly from: string;
  readonly to: string;
  readonly base: string;
}

/** How a sum of money came about: the sum, the indices of a fine, the days of delay of a penalty with the amount that each stretch is taken from. */
export function sayAmount(content: Content, language: Language): readonly string[] {
  const { amount } = content;
  if (typeof amount !== 'string') return [];
  const sum = `${{ en: 'Amount', ru: 'Сумма', kk: 'Сомасы' }[language]}: ${amount} ${String(content['currency'] ?? '')}.`;
  if (content['claim'] === 'fine') return [sum, sayIndices(Number(content['mci']), language)];
  if (content['claim'] === 'penalty') return [sum, sayDays(content, language)];
  return [sum];
}

const sayIndices = (mci: number, language: Language): string =>
  ({
    en: `The fine is ${mci} MCI; the MCI is that of the first late day.`,
    ru: `Штраф — ${mci} МРП; МРП берётся на первый день просрочки.`,
    kk: `Айыппұл — ${mci} АЕК; АЕК кешіктірілген бірінші күнгі мөлшерінде алынады.`,
  })[language];

function sayDays(content: Content, language: Language): string {
  const currency = String(content['currency'] ?? '');
  const rows = (content['table'] as readonly Row[])
    .map(({ from, to, base }) => `${from === to ? day(from) : `${day(from)}–${day(to)}`} (${base} ${currency})`)
    .join(', ');
  const days = Number(content['days']);
  return {
    en: `Days of delay, with what they are taken from: ${rows}. Of them ${days} ${days === 1 ? 'is' : 'are'} claimed here.`,
    ru: `Дни просрочки и сумма, с которой они считаются: ${rows}. Здесь предъявлено дней: ${days}.`,
    kk: `Кешіктірілген күндер және олар есептелетін сома: ${rows}. Осы талаптағы күндер саны: ${days}.`,
  }[language];
}
